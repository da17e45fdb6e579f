"""What a roaster's label for a process means: "Double Ferment Anoxic Honey" is anaerobic and honey."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from coffeebot.domain.coffee import Flag
from coffeebot.domain.flavour import FAMILIES, find_notes
from coffeebot.domain.folding import fold
from coffeebot.domain.vocabulary import Topic, find_flags, find_words


class Kind(StrEnum):
    """A process, or something done in its course. Carbonic maceration stands for itself: it is anaerobic too."""

    WASHED = "washed"
    NATURAL = "natural"
    HONEY = "honey"
    WET_HULLED = "wet_hulled"
    ANAEROBIC = "anaerobic"
    CARBONIC_MACERATION = "carbonic_maceration"
    COFERMENT = "coferment"


@dataclass(frozen=True, slots=True)
class ProcessLabel:
    """The kinds that a label names, each once and in reading order, and whether it says that the caffeine was taken out."""

    kinds: tuple[Kind, ...] = ()
    decaf: bool = False


CARBONIC = re.compile(r"carbonic|carbonique|carbonica|\bc\.?m\.?(?![a-z])|カーボニック|二氧化碳|카보닉")
COFERMENT = re.compile(r"\bco[- ]?ferm|cofermen|\bco[- ]?infus|共発酵|コ[・ー]?ファーメント|共同发酵|共發酵|코퍼먼트")
_ANAEROBIC = re.compile(r"\ban(?:n?a|n?e|ae)r?o?e?robi|\banox|\boxygen[- ](?:free|less)|(?:absence|lack) of oxygen|\basd\b")
_AIRLESS = re.compile(rf"(?:{_ANAEROBIC.pattern}|{CARBONIC.pattern})\w*")
# What is left in its pulp and then called natural is a honey
_PULPED_NATURAL = re.compile(r"\b(?:de-?)?pulp(?:ed)?\b[^,;/+&|]{0,24}?\bnaturals?\b")
_WASHING = re.compile(r"^washing$")
_SUMATRAN = re.compile(r"^sumatran?(?: (?:process|method|style|way))?$")
_WITH = re.compile(
    r"\b(?:fermented|fermentation|macerated|maceration) (?:together |along )?(?:with|on) "
    r"(?P<what>(?:(?!yeast|and\b|redolent)[a-z]+ ?){1,4})(?!yeast)"
)
_ADDED = re.compile(
    r"(?P<what>[a-z]+(?: [a-z]+){0,3}) (?:is|are|was|were) added to the (?:\w+ )?(?:tank|ferment)|"
    r"\baddition of (?P<more>[a-z]+(?: [a-z]+){0,2}) to the (?:\w+ )?(?:tank|ferment)"
)
_FRUIT_FERMENTATION = re.compile(r"(?P<what>[a-z ]+?) fermentation")
# A washed coffee is called by a fruit only when it fermented with it; a cherry is the coffee's own
_FRUIT_WASHED = re.compile(r"(?P<what>(?!cherry)[a-z]+(?: [a-z]+)?) washed")
_DECAF = re.compile(
    r"decaf|deca(?:$|\b)|descafe|entkoffein|sugar ?-?cane|ethyl[- ]acetate|\be\.?a\.?d?\b(?= (?:process|decaf|sugar))|"
    r"(?:swiss|mountain|sparkling|crystal) (?:mountain )?water|methylene|\bmwp\b|\bswp\b|"
    r"\bco2\b.{0,12}decaf|ディカフェ|デカフェ|カフェインレス"
)
_HALF = re.compile(r"\b(?:half|low|less|lower|partial(?:ly)?)[- ]?(?:de)?caf\w*")
_FRUITS = frozenset(key for key, family in FAMILIES.items() if family.plate in ("fruity", "citrus"))


def process_label(text: str) -> ProcessLabel:
    """What a label of a few words means; a label of nothing known ("Interstellar", "Thermal Shock") means nothing."""
    folded = fold(text)
    pulped = _PULPED_NATURAL.search(folded.text)
    found = [(place, kind) for place, kind in _named(folded.text) if not (pulped and kind is Kind.NATURAL and _within(place, pulped))]
    if pulped:
        found.append((pulped.start(), Kind.HONEY))
    found += [(match.start(), kind) for pattern, kind in _PATTERNS if (match := pattern.search(folded.text))]
    if _is_fruit_ferment(folded.text):
        found.append((len(folded.text), Kind.COFERMENT))
    return ProcessLabel(tuple(dict.fromkeys(kind for _, kind in sorted(found, key=lambda item: item[0]))), says_decaf(text))


_PATTERNS = (
    (_WASHING, Kind.WASHED),
    (_SUMATRAN, Kind.WET_HULLED),
    (_ANAEROBIC, Kind.ANAEROBIC),
    (CARBONIC, Kind.CARBONIC_MACERATION),
    (COFERMENT, Kind.COFERMENT),
)


def says_decaf(text: str) -> bool:
    """Whether a name or label claims that a coffee has no caffeine; half of it, or an address such as decaf.example, is no claim."""
    told = re.sub(r"\S*(?:\.[a-z]{2,}/|https?:|www\.)\S*|\b[\w-]+\.(?:com|net|org|coffee|example|co|io|jp|tw)\b\S*", " ", fold(text).text)
    whole = _HALF.sub(" ", told)
    return bool(_DECAF.search(whole)) or Flag.DECAF in find_flags(whole)


def says_half_caf(text: str) -> bool:
    """Whether a name says that only a part of the caffeine was taken out."""
    return _HALF.search(fold(text).text) is not None


def _named(folded: str) -> Iterator[tuple[int, Kind]]:
    """The kinds that the trade's words name. Words about oxygen are taken out: they would make one phrase with their neighbours."""
    aired = _AIRLESS.sub(lambda match: "," * len(match[0]), folded)
    for start, piece in _pieces(aired):
        yield from ((start + hit.span[0], Kind(hit.word.value)) for hit in find_words(piece, Topic.PROCESS) if not hit.word.bare)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """What stands between signs, and where: "Honey & Washed" names two processes, "honey washed" one."""
    return ((match.start(), match[0]) for match in re.finditer(r"[^,;/+&|]+", text))


def _within(place: int, match: re.Match[str]) -> bool:
    return match.start() <= place < match.end()


def ferments_with_something(text: str) -> bool:
    """Whether prose says that a coffee was fermented with something that is not coffee."""
    folded = fold(text).text
    if COFERMENT.search(folded):
        return True
    beside, added = _WITH.search(folded), _ADDED.search(folded)
    if beside is not None and _is_fruit(beside["what"], whole=False):
        return True
    what = (added["what"] or added["more"]) if added else ""
    return "fruit" in what.split() or _is_fruit(what, whole=False)


def _is_fruit_ferment(folded: str) -> bool:
    """ "Fermented with mango", "Nectarine Fermentation", or nothing but a fruit's name."""
    washed = _FRUIT_WASHED.fullmatch(folded)
    if washed is not None:
        return _is_fruit(washed["what"], whole=True)
    beside = _WITH.search(folded) or _FRUIT_FERMENTATION.fullmatch(folded)
    return _is_fruit(folded if beside is None else beside["what"], whole=beside is None)


def _is_fruit(words: str, *, whole: bool) -> bool:
    notes = [(span, families) for note, families, span in find_notes(words) if note != "fruity" and set(families) & _FRUITS]
    return bool(notes) and (not whole or notes[0][0] == (0, len(words.strip())))
