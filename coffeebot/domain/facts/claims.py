"""What a coffee claims to be: decaf, organic, for espresso, a blend."""

import re
from collections.abc import Iterator, Sequence

from coffeebot.domain.coffee import Flag
from coffeebot.domain.facts.processing import process_flags
from coffeebot.domain.facts.reading import Reading
from coffeebot.domain.process_names import says_decaf, says_half_caf
from coffeebot.domain.vocabulary import find_flags

_FILTER = re.compile(
    r"\b(?:roasted|roast|profiled|intended|ideal|best|made|suited) (?:for|as) (?:a )?(?:filter|pour[- ]?over|drip)\b|\bfilter roast\b|"
    r"\bomni[- ]?roast\b|フィルター用|ドリップ用",
    re.IGNORECASE,
)
# Barrels that something else was in: "hints of barrel-aged rum" says nothing of the beans
_BARRELLED_DRINK = re.compile(
    r"\b(?:barrel|cask)[- ]aged (?:\w+ )?(?:rum|whiske?y|bourbon|tequila|gin|beer|stout|wine|port|sherry|brandy|spirits?)\b"
)
_NO_BLEND = re.compile(
    r"\bfield[- ]blends?\b|\bblends\b|\bblends? of (?!(?:[\w’'-]+,? ){0,7}?(?:coffees?|beans|lots|origins|arabicas?|robustas?)\b)",
    re.IGNORECASE,
)
_METHODS: tuple[tuple[Flag, re.Pattern[str]], ...] = (
    (Flag.SWISS_WATER, re.compile(r"swiss[- ]water|\bswp\b|スイス(?:・)?ウォーター|瑞士水|스위스 ?워터", re.IGNORECASE)),
    (Flag.MOUNTAIN_WATER, re.compile(r"mountain[- ]water|\bmwp\b|マウンテン(?:・)?ウォーター|山泉水|마운틴 ?워터", re.IGNORECASE)),
    (
        Flag.SUGARCANE_DECAF,
        re.compile(r"sugar ?-?cane|ethyl[- ]acetate|\bEA\b(?= ?(?:process|decaf|method|sugar))|サトウキビ|甘蔗", re.IGNORECASE),
    ),
    (Flag.CO2_DECAF, re.compile(r"\bco(?:2|₂)\b|carbon dioxide|液体二酸化炭素|超臨界", re.IGNORECASE)),
    (Flag.SOLVENT_DECAF, re.compile(r"methylene chloride|dichloromethane", re.IGNORECASE)),
)

DECAF_METHODS = tuple(flag for flag, _ in _METHODS)


def flags(reading: Reading) -> tuple[Flag, ...]:
    """Every claim of columns, name and prose, each once."""
    coffee = reading.coffee
    found: list[Flag] = []
    for text in coffee.flags:
        for flag in [Flag(text)] if text in set(Flag) else find_flags(text):
            reading.keep(f"flags.{flag}", text)
            found.append(flag)
    part = says_half_caf(coffee.name)
    for passage in reading.told:
        found += (flag for flag in _claimed(reading, passage) if not (part and flag is Flag.DECAF))
    found += _as_espresso(reading)
    found += process_flags(reading)
    if Flag.DECAF in found:
        reading.keep("decaf", reading.evidence[f"flags.{Flag.DECAF}"])
        found += _methods(reading)
    return tuple(dict.fromkeys(found))


def _claimed(reading: Reading, passage: str) -> Iterator[Flag]:
    for flag in _flags_in(passage):
        reading.keep(f"flags.{flag}", passage)
        yield flag


def _flags_in(passage: str) -> list[Flag]:
    told = set(find_flags(passage)) - {Flag.DECAF}
    if says_decaf(passage):
        told.add(Flag.DECAF)
    if Flag.BARREL_AGED in told and Flag.BARREL_AGED not in find_flags(_BARRELLED_DRINK.sub(" ", passage.lower())):
        told.remove(Flag.BARREL_AGED)
    blend = re.search(
        r"\bblend\b", _NO_BLEND.sub(" ", passage), re.IGNORECASE
    )  # "espresso blend" is one word of the trade with two meanings
    if blend:
        told.add(Flag.BLEND)
    elif re.search(r"blend", passage, re.IGNORECASE):
        told.discard(Flag.BLEND)
    if _FILTER.search(passage):
        told.add(Flag.FILTER)
    return sorted(told)


def _as_espresso(reading: Reading) -> Iterator[Flag]:
    """A coffee that was judged as espresso, or prepared cold, is meant for it."""
    for passage in reading.tasted() if reading.coffee.tasting else ():
        for flag in set(find_flags(passage)) & {Flag.ESPRESSO, Flag.COLD_BREW}:
            reading.keep(f"flags.{flag}", passage)
            yield flag


def decaf_methods(text: str) -> Iterator[Flag]:
    """How caffeine is taken out, where a text about decaf says so."""
    return (flag for flag, pattern in _METHODS if pattern.search(text))


def _methods(reading: Reading) -> Iterator[Flag]:
    """How the caffeine was taken out, where the coffee's own texts or columns say so."""
    for passage in (*reading.coffee.flags, *reading.coffee.process.split("; "), *reading.told, *reading.kind):
        for flag in decaf_methods(passage):
            reading.keep(f"flags.{flag}", passage)
            yield flag


def blend(reading: Reading, flags: Sequence[Flag], origins: Sequence[str]) -> bool | None:
    """Whether it is a blend: it says so, or one country is named (no), or several in a text that speaks of blending."""
    if Flag.BLEND in flags:
        reading.keep("blend", reading.evidence.get(f"flags.{Flag.BLEND}", ""))
        return True
    if len(origins) == 1:
        reading.keep("blend", reading.evidence.get("origins", ""))
        return False
    several = re.search(r"[^.!?\n]*\bblend[^.!?\n]*", reading.coffee.description, re.IGNORECASE) if len(origins) > 1 else None
    if several:
        reading.keep("blend", several[0].strip())
    return True if several else None
