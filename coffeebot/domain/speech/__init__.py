"""The house's own sentences, by language: reasons, trade-offs, questions and what the house barista says."""

from collections.abc import Iterable, Sequence
from typing import Any

from coffeebot.domain.places import japanese_country
from coffeebot.domain.speech import bar_english, bar_japanese, english, japanese
from coffeebot.domain.speech.japanese_notes import japanese_note

PHRASES = {"en": {**english.PHRASES, **bar_english.PHRASES}, "ja": {**japanese.PHRASES, **bar_japanese.PHRASES}}
NUMBERS = {
    "en": {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"},
    "ja": {1: "一つ", 2: "二つ", 3: "三つ", 4: "四つ", 5: "五つ"},
}
TERMS = {"en": english.TERMS, "ja": japanese.TERMS}
ASPECTS = {"en": bar_english.ASPECTS, "ja": bar_japanese.ASPECTS}  # of two, of several
MORE = {"en": bar_english.MORE, "ja": bar_japanese.MORE}  # in the middle of a list, at its end


def spoken(language: str) -> str:
    """The language in which the house answers: the shopper's where it has one, else English."""
    return language if language in PHRASES else "en"


def say(key: str, language: str = "en", *, variant: int = 0, **fields: Any) -> str:
    """One of a sentence's wordings, filled in; `variant` chooses among them so that a reply need not repeat another."""
    wordings = PHRASES[spoken(language)][key]
    return wordings[variant % len(wordings)].format(**fields)


def term(value: str, language: str = "en") -> str:
    """A canonical value ("wet_hulled", "Medium-Dark", "v60") as it is written in running text."""
    known = TERMS[spoken(language)].get(value)
    return known or (japanese_country(value) if spoken(language) == "ja" else value).replace("_", " ")


def note(value: str, language: str = "en") -> str:
    """A tasting note, in katakana or kanji where there is a word for it."""
    return japanese_note(value) if spoken(language) == "ja" else value


def listed(items: Iterable[str], language: str = "en") -> str:
    """ "a, b and c"."""
    words: Sequence[str] = list(items)
    if spoken(language) == "ja":
        return "、".join(words)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def sentence(text: str) -> str:
    """With a capital at its start."""
    return text[:1].upper() + text[1:]
