"""Finds where a message points at a coffee that was offered: by its place, by what it is, by its name, or as "it"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.fuzz import partial_ratio_alignment

from coffeebot.domain.folding import plain
from coffeebot.domain.reference import LAST, Reference
from coffeebot.domain.taste import Trait
from coffeebot.domain.understanding.aspects import aspect_of
from coffeebot.domain.understanding.cues import FacetWord
from coffeebot.domain.understanding.reading import Mention, Reading
from coffeebot.domain.understanding.revision import meant_by
from coffeebot.domain.understanding.wish import Stance, Wish

SAME_NAME = 86.0  # of 100: a slip of the pen in one word
SHORTEST, LONG = 3, 8  # characters: what is shorter than LONG must be spelt as it is
_ORDINALS = {
    1: r"first|1st|erste[nrs]?|primer[oa]?|premiere?|former",
    2: r"second|2nd|zweite[nrs]?|segund[oa]|deuxieme|seconde?",
    3: r"third|3rd|dritte[nrs]?|tercer[oa]?|troisieme",
    4: r"fourth|4th|vierte[nrs]?",
    LAST: r"latter|last(?: one| coffee| of (?:these|those|them|the three)|(?=\W*$))|letzte[nrs]?|ultim[oa]|derniere?",
}
_NUMBERS = {1: "one|1", 2: "two|2", 3: "three|3", 4: "four|4"}
_NO_PLACE = r"(?! (?:time|of all|thing|place|off|timer|impression|crack|sip|cup|bag|visit|order)\b)"
_JAPANESE = {
    1: r"(?:一|1|ひと)(?:番目|つ目|つめ|個目)|最初の|はじめの",
    2: r"(?:二|2|ふた)(?:番目|つ目|つめ|個目)|真ん中の",
    3: r"(?:三|3|みっ)(?:番目|つ目|つめ|個目)",
    LAST: r"最後の|一番下の",
}
_PLACES: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (place, re.compile(rf"(?<!my )(?<!at )(?<!one )(?<!\d )\b(?:{words})\b{_NO_PLACE}"))
    for place, words in _ORDINALS.items()
) + tuple(
    (place, re.compile(rf"(?:\b(?:number|no\.?|option|pick|coffee) ?|#)(?:{words})\b")) for place, words in _NUMBERS.items()
) + tuple((place, re.compile(words)) for place, words in _JAPANESE.items())  # fmt: skip
_PAIR = re.compile(
    r"\b(?:(?P<first>first|top|former)|last|bottom|latter) (?:two|couple|pair|2)\b|"
    r"(?:(?P<ue>最初の|はじめの|上の)|最後の|下の)(?:二つ|ふたつ|2つ)"
)
_ALL = re.compile(
    r"\b(?:these|those|them|they|both|all (?:of )?(?:three|two|them|these)|the (?:two|three)|each of|"
    r"the others?|which (?:one|coffee|of|is|has|would|should|do|will))\b|"
    r"これら|それら|どれ|どちら|どっち|両方|二つの|三つの|この(?:二|三|2|3)つ|全部"
)
_TWO = re.compile(r"\b(?:(?:these|those|the|of) two|both|them both)\b|二つ|両方")
_IT = re.compile(
    r"\b(?:it|this|that|this one|that one|este|ese|celui-ci|dieser?)\b(?! (?:is|was|be) (?:useless|rubbish))|"
    r"(?:これ|それ|この豆|その豆|こちら|そちら)(?!ら)"
)
_COUNTED = re.compile(r"(?:\btwo|\bthree|\bboth|二つの|三つの|2つの)\s*$")
_BEFORE = re.compile(r"\b(?:the|that|your|this|those|these|two|three|both)\s+$")
_AFTER = re.compile(r"\W{0,1}(?:ones?|coffees?|bags?|picks?)\b|の(?:もの|やつ|ほう|方|豆|コーヒー|は|を|が|について)")
_SUPERLATIVE = re.compile(
    r"\b(?:the|that) (?:one (?:that|which) is )?(?P<what>(?:least|most|less|more) \w+|\w{3,}(?:er|est))(?= (?:one|coffee|bag|pick|"
    r"of)\b|\W*$)|"
    r"一番(?P<ja>\S{1,4})"
)


@dataclass(frozen=True, slots=True)
class Pointed:
    """A reference and the piece of the folded text that it is read from."""

    reference: Reference
    start: int
    end: int


def references_in(reading: Reading, found: Sequence[Wish], offered: Sequence[str], *, loose: bool = False) -> list[Pointed]:
    """What a message points at, in reading order, nothing twice. `loose` takes "Kenyan" alone for "the Kenyan one"."""
    text = reading.folded.text
    told = [*_names(text, offered), *_pairs(text, len(offered))]
    for others in (_places(text), _superlatives(text), _described(reading, found, loose=loose)):
        told += [p for p in others if not any(p.start < known.end and known.start < p.end for known in told)]
    told = told or list(_bare(text))
    return sorted(told, key=lambda pointed: pointed.start)


def _pairs(text: str, many: int) -> Iterator[Pointed]:
    """ "The first two", "the last two"."""
    for match in _PAIR.finditer(text):
        first = 1 if match["first"] or match["ue"] else max(1, many - 1)
        yield from (Pointed(Reference(place=place), match.start(), match.end()) for place in (first, first + 1))


def _places(text: str) -> Iterator[Pointed]:
    for place, pattern in _PLACES:
        for match in pattern.finditer(text):
            yield Pointed(Reference(place=place), match.start(), match.end())


def _names(text: str, offered: Sequence[str]) -> Iterator[Pointed]:
    """A name may be misspelt, but all of it must be there."""
    for name in dict.fromkeys(offered):
        wanted = plain(name)
        near = partial_ratio_alignment(wanted, text) if SHORTEST < len(wanted) <= len(text) else None
        if near and near.score >= (SAME_NAME if len(wanted) >= LONG else 100):
            yield Pointed(Reference(name=name), near.dest_start, near.dest_end)


def _superlatives(text: str) -> Iterator[Pointed]:
    for match in _SUPERLATIVE.finditer(text):
        aspect = aspect_of(match["what"] or match["ja"])
        if aspect:
            yield Pointed(Reference(aspect=aspect), match.start(), match.end())


def _described(reading: Reading, found: Sequence[Wish], *, loose: bool) -> Iterator[Pointed]:
    """ "the Kenyan", "the washed one", "the two Ethiopians"."""
    text = reading.folded.text
    for wish in found:
        start, end = wish.mention.start, wish.mention.end
        before, after = text[max(0, start - 12) : start], text[end : end + 12]
        if not (loose or _BEFORE.search(before) or _AFTER.match(after)):
            continue
        if traits := _meant(reading, wish):
            several = bool(_COUNTED.search(before)) or after.startswith(("s ", " ones", " coffees")) or text[start:end].endswith("s")
            yield Pointed(Reference(traits=traits, several=several and _plural(wish.mention, text)), start, end)


def _plural(mention: Mention, text: str) -> bool:
    return text[mention.start : mention.end].endswith("s") or text[mention.end :].startswith((" ones", " coffees"))


def _meant(reading: Reading, wish: Wish) -> tuple[Trait, ...]:
    if isinstance(wish.mention.meaning, FacetWord):
        return ()
    return tuple(meant_by(reading, [replace(wish, stance=Stance.FORGET)], Stance.FORGET))


def _bare(text: str) -> Iterator[Pointed]:
    if match := _ALL.search(text):
        yield Pointed(Reference(several=True, two=_TWO.search(text) is not None), match.start(), match.end())
    elif match := _IT.search(text):
        yield Pointed(Reference(), match.start(), match.end())
