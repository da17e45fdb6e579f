"""The trade's other words: processes, roasts, varieties, certificates, brewers and milk, in several languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from coffeebot.domain.coffee import Flag, Process, RoastLevel
from coffeebot.domain.flavour import find_notes
from coffeebot.domain.folding import Folded, fold, plain
from coffeebot.domain.lexicon import Lexicon
from coffeebot.domain.words import listed, table


class Topic(StrEnum):
    """What a word of the trade is about."""

    PROCESS = "process"
    ROAST = "roast"
    VARIETY = "variety"
    FLAG = "flag"
    BREW_METHOD = "brew_method"
    MILK = "milk"
    BODY = "body"
    ACIDITY = "acidity"
    SWEETNESS = "sweetness"
    BITTERNESS = "bitterness"
    NOVELTY = "novelty"


@dataclass(frozen=True, slots=True)
class Word:
    """`value` is canonical: a Process, a RoastLevel's name, a variety, a Flag, a brewer. `bare` needs company to count: of a process it
    only suggests one.
    """

    topic: Topic
    value: str
    bare: bool = False


@dataclass(frozen=True, slots=True)
class WordFound:
    """A word of the trade in a text and where it stands there."""

    word: Word
    span: tuple[int, int]


DARK_LEVELS = (RoastLevel.MEDIUM_DARK.value, RoastLevel.DARK.value)
BITTERNESS = {
    "low": tuple(level.value for level in RoastLevel if level.value not in DARK_LEVELS),
    "high": DARK_LEVELS,
}  # roasts that have it


def _words() -> Iterator[tuple[str, Word]]:
    told = table("trade")
    for topic in (Topic.VARIETY, Topic.PROCESS, Topic.ROAST, Topic.FLAG, Topic.BREW_METHOD, *_FEELS):
        for value, spellings in told[topic].items():
            for spelling in listed(spellings):
                yield spelling, Word(topic, value)
    for topic, table_name in ((Topic.ROAST, "bare_roast"), (Topic.PROCESS, "suggested_process")):
        for value, spellings in told[table_name].items():
            for spelling in listed(spellings):
                yield spelling, Word(topic, value, bare=True)
    for spelling in listed(told["single_origin"]["words"]):
        yield spelling, Word(Topic.FLAG, "single_origin")


_FEELS = (Topic.MILK, Topic.ACIDITY, Topic.BODY, Topic.SWEETNESS, Topic.BITTERNESS, Topic.NOVELTY)


@lru_cache(maxsize=1)
def entries() -> tuple[tuple[str, Word], ...]:
    """(phrase, meaning) of every word of the trade, the surest meaning of a phrase first."""
    return tuple(_words())


@lru_cache(maxsize=1)
def lexicon() -> Lexicon[Word]:
    return Lexicon(entries())


def find_words(text: str | Folded, *topics: Topic, typos: bool = False) -> list[WordFound]:
    """The words of the trade in a text, of these topics or of all."""
    found = _all_words(text, typos) if isinstance(text, str) else _words_of(text, typos)
    return [hit for hit in found if not topics or hit.word.topic in topics]


@lru_cache(maxsize=64)
def _all_words(text: str, typos: bool) -> tuple[WordFound, ...]:
    return _words_of(fold(text), typos)


def _words_of(folded: Folded, typos: bool) -> tuple[WordFound, ...]:
    return tuple(WordFound(match.meaning, folded.span(match.start, match.end)) for match in lexicon().find(folded, typos=typos))


def _values(text: str, topic: Topic, typos: bool) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.word.value for found in find_words(text, topic, typos=typos) if not found.word.bare))


_BETWEEN = re.compile(r"[,/&•;+]|\band\b")
_DRIED = re.compile(r"\bdried (?:in|inside) the (?:whole )?(?:coffee )?(?:fruit|cherry)|\bdried inside the fruit")
_SKIN_OFF = re.compile(r"(?:fruit )?(?:skin|pulp)s?(?: and (?:pulp|flesh|skin))? (?:is|are|were|was) removed .{0,40}before drying")


_HONEY_PROCESS = re.compile(
    r"honey (?:process|prep|method|washed|natural|anaerobic|cof|co f|lot)|(?:black|red|yellow|white|gold(?:en)?|orange|hydro) honey"
)


def _honey_is_a_note(text: str, folded: str) -> bool:
    """Whether a bare "honey" stands in prose, or among other tasting notes."""
    if "honey" not in folded or _HONEY_PROCESS.search(folded) or len(lexicon().find(text)) > 1:
        return False
    return len(folded.split()) > 6 or "note" in folded or any(note != "honey" for note, _, _ in find_notes(text))


def find_processes(text: str, *, typos: bool = False) -> tuple[Process, ...]:
    """The processes that a text names, each once, in reading order. "Pulped natural" is honey, "carbonic maceration" anaerobic."""
    folded = plain(text)
    found = [Process(value) for value in _values(text, Topic.PROCESS, typos)]
    if Process.HONEY in found and _honey_is_a_note(text, folded):
        found.remove(Process.HONEY)
    if not found and _DRIED.search(folded):
        found.append(Process.NATURAL)
    if not found and _SKIN_OFF.search(folded):
        found.append(Process.WASHED)
    return tuple(found)


def find_varieties(text: str, *, typos: bool = False) -> tuple[str, ...]:
    """The varieties that a text names, canonical and lower case ("gesha", "sl28", "pink bourbon"), in reading order."""
    found = _values(text, Topic.VARIETY, typos)
    items = {item.removeprefix("var ").removeprefix("v ") for item in map(plain, _BETWEEN.split(text))}
    return (*found, *(name for name in ("colombia", "java") if found and name in items and name not in found))


def find_roast(text: str, *, typos: bool = False) -> RoastLevel | None:
    """The one roast level that a text names; None when it names none or several. A bare "dark" counts only alone."""
    found = find_words(text, Topic.ROAST, typos=typos)
    levels = {hit.word.value for hit in found if not hit.word.bare}
    if not levels and plain(text) in {"light", "dark", "light roast", "dark roast"}:
        levels = {hit.word.value for hit in found}
    return RoastLevel(levels.pop()) if len(levels) == 1 else None


def find_flags(text: str, *, typos: bool = False) -> tuple[Flag, ...]:
    """The flags that a text claims; "single origin" is none of them."""
    return tuple(Flag(value) for value in _values(text, Topic.FLAG, typos) if value != "single_origin")


def canonical_variety(name: str) -> str:
    """The usual name of a variety in lower case; an unknown name as it is, plain."""
    word = lexicon().get(name)
    return word.value if word and word.topic is Topic.VARIETY else plain(name)
