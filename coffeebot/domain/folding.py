"""Text reduced to what matters for matching, with the way back to the shopper's own words."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_APOSTROPHES = frozenset("'’‘ʻʼ`´＇‘")
_QUOTE = re.compile("['`]")  # the apostrophes that ASCII has
LONGEST_NAME = 120
_VOICING = {"ﾞ": "\u3099", "ﾟ": "\u309a"}
_ROMAN = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """One character in lower case without accents; kana, Han and Hangul keep their marks."""
    compat = unicodedata.normalize("NFKC", character).casefold()
    if any(ch >= "\u2e80" for ch in compat):
        return compat
    plain = "".join(ch for ch in unicodedata.normalize("NFKD", compat) if not unicodedata.combining(ch))
    return {"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "œ": "oe", "æ": "ae"}.get(
        plain, plain
    )


@dataclass(frozen=True, slots=True)
class Token:
    """A Roman word of a folded text: `start` and `end` are offsets into the folded text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is the folded form of `source`; `origin[i]` is where folded character i stood, `origin[len(text)]` the end."""

    source: str
    text: str
    origin: tuple[int, ...]
    tokens: tuple[Token, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in `source` of a piece of the folded text."""
        return (self.origin[start], self.origin[end - 1] + 1) if end > start else (self.origin[start], self.origin[start])

    def quote(self, start: int, end: int) -> str:
        """The shopper's own words, verbatim, behind a piece of the folded text."""
        first, last = self.span(start, end)
        while last < len(self.source) and unicodedata.combining(self.source[last]):
            last += 1
        return self.source[first:last]


@lru_cache(maxsize=64)  # the sentence at hand is asked about one fact after another
def fold(source: str) -> Folded:
    """Lower case, no accents, no apostrophes (don’t is dont), every kind of hyphen the same."""
    text, origin = _ascii(source) if source.isascii() else _any_script(source)
    return Folded(source, text, origin, tuple(Token(m[0], m.start(), m.end()) for m in _ROMAN.finditer(text)))


def _ascii(source: str) -> tuple[str, tuple[int, ...]]:
    """As `_any_script`, in a tenth of the time."""
    kept = (
        [place for place, character in enumerate(source) if character not in _APOSTROPHES] if _QUOTE.search(source) else range(len(source))
    )
    return _QUOTE.sub("", source).lower(), (*kept, len(source))


def _any_script(source: str) -> tuple[str, tuple[int, ...]]:
    """The folded text and the places its characters come from."""
    pieces: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(source):
        if character in _APOSTROPHES or unicodedata.combining(character):
            continue
        if character in _VOICING:
            voiced = unicodedata.normalize("NFC", (pieces[-1] if pieces else "") + _VOICING[character])
            if len(voiced) == 1 and pieces:
                pieces[-1] = voiced
            continue
        for ch in _fold_character(character):
            pieces.append(ch)
            origin.append(place)
    return "".join(pieces), (*origin, len(source))


def plain(text: str) -> str:
    """Folded words with single spaces, for comparing names: "Ka’ū Growing Region" is "kau growing region"."""
    return _plain_name(text) if len(text) <= LONGEST_NAME else _plain(text)


def _plain(text: str) -> str:
    folded = fold(text)
    return " ".join(token.text for token in folded.tokens) or folded.text.strip()


_plain_name = lru_cache(maxsize=32768)(_plain)  # the same names and words are compared all day


_NOT_PLURAL = re.compile(r"(?:ss|us|is|as|os)$")


_IE = frozenset({"cookies", "brownies", "smoothies", "magpies"})  # their singular ends in -ie


@lru_cache(maxsize=16384)
def singular(word: str) -> str:
    """An English word without its plural ending; other words as they are."""
    if len(word) < 4 or not word.endswith("s") or (_NOT_PLURAL.search(word) and not word.endswith("oes")):
        return word
    if word.endswith("ies") and len(word) > 4:
        if word in _IE:
            return word[:-1]
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "oes")):
        return word[:-2]
    return word[:-1]
