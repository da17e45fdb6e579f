"""What a shop's tags say of a coffee: origin__colombia, roastlevel__dark-roast, "Washed"."""

import re
from collections.abc import Sequence

from coffeebot.domain.folding import plain
from coffeebot.domain.places import canonical_country, country_of, origins_in, regions_in
from coffeebot.domain.process_names import process_label
from coffeebot.domain.vocabulary import find_roast
from scrapers.normaliser.labels import field_of

_KEYED = re.compile(r"^(?P<key>[^_:=]+?)\s*(?:__|[:=_])\s*(?P<value>.+)$")
_RUN_TOGETHER = {
    "roastlevel": "roast",
    "roastprofile": "roast",
    "processmethod": "process",
    "processingmethod": "process",
    "cupnotes": "notes",
}
_BARE_PROCESSES = frozenset(["washed", "natural"])  # "honey" alone may be a note
_ROAST = re.compile(r"\broast", re.IGNORECASE)


def stated_by_tags(tags: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Origin, process and roast by the tags: those with a key before those without. Tags that disagree say nothing."""
    keyed: dict[str, list[str]] = {}
    bare: dict[str, list[str]] = {}
    for tag in tags:
        told = _KEYED.match(tag)
        key = told["key"].strip().lower() if told else ""
        if told and (field := field_of(key) or _RUN_TOGETHER.get(key)):
            keyed.setdefault(field, []).append(told["value"])
        elif field := _bare(tag):
            bare.setdefault(field, []).append(tag)
    return {
        field: tuple(values)
        for field, agree in (("origin", _any), ("process", _one_process), ("roast", _one_roast))
        if (values := keyed.get(field) or bare.get(field)) and agree(values)
    }


def _bare(tag: str) -> str | None:
    words = plain(tag)
    if (canonical_country(tag) and origins_in(tag)) or (country_of(tag) and regions_in(tag) == (words,)):
        return "origin"
    if words in _BARE_PROCESSES or (words.endswith(" process") and process_label(tag).kinds):
        return "process"
    return "roast" if _ROAST.search(words) and find_roast(words) else None


def _any(values: Sequence[str]) -> bool:
    return any(origins_in(value) or country_of(value) for value in values)


def _one_process(values: Sequence[str]) -> bool:
    return len({process_label(value).kinds for value in values}) == 1 and bool(process_label(values[0]).kinds)


def _one_roast(values: Sequence[str]) -> bool:
    return len({find_roast(value) for value in values}) == 1 and find_roast(values[0]) is not None
