"""Measures how well messages are understood: profiles after whole conversations, as the bench's slots."""

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA

from coffeebot.domain.flavour import FAMILIES, GROUPS
from coffeebot.domain.folding import plain
from coffeebot.domain.places import regions_in
from coffeebot.domain.taste import Facet, Polarity, Trait, apply
from coffeebot.domain.understanding import understand
from evals.scorer import add_scorer, require, score

_OWN = {"herbal", "roasted", "fermented"}  # families of ours that the bench does not know
_SLOTS = {
    Facet.NOTE: "note",
    Facet.ORIGIN: "origin",
    Facet.REGION: "region",
    Facet.PROCESS: "process",
    Facet.VARIETY: "variety",
    Facet.ROAST: "roast",
    Facet.ROASTER_COUNTRY: "roaster_country",
    Facet.FLAG: "flag",
    Facet.DECAF: "flag",
}
Slots = dict[str, Any]


def slots(traits: Iterable[Trait]) -> Slots:
    """A profile as the slots of the bench: {"fam": [...], "not_note": [...], "max100": 4.41, ...}."""
    told: dict[str, list[str]] = {}
    limits: Slots = {}
    lines = list(traits)
    for trait in lines:
        if trait.facet is Facet.BUDGET and trait.per_100g is not None:
            limits["max100" if trait.value == "max" else "min100"] = float(trait.per_100g)
        elif trait.facet is Facet.SCORE and trait.value == "min":
            limits["min_rating"] = float(trait.amount or 0) if (trait.amount or 0) % 1 else int(trait.amount or 0)
        elif trait.facet is Facet.FLAVOUR:
            _flavour(trait, lines, told)
        elif name := _SLOTS.get(trait.facet):
            _add(told, _sided(trait, name), _value(trait))
    return {**told, **limits}


def _flavour(trait: Trait, lines: Sequence[Trait], told: dict[str, list[str]]) -> None:
    if trait.value in _OWN or (trait.value not in FAMILIES and trait.value not in GROUPS):
        return
    together = [other for other in lines if other.group and other.group == trait.group and other.facet is Facet.FLAVOUR]
    _add(told, "fam_any" if len(together) > 1 and trait.polarity is not Polarity.AVOID else _sided(trait, "fam"), trait.value)


def _sided(trait: Trait, name: str) -> str:
    return f"not_{name}" if trait.polarity is Polarity.AVOID else name


def _add(told: dict[str, list[str]], name: str, value: str) -> None:
    if value not in told.setdefault(name, []):
        told[name].append(value)


def _value(trait: Trait) -> str:
    """A region is told in the shopper's own spelling ("sidamo"), unless that is a slip of the pen."""
    said = plain(trait.evidence)
    if trait.facet is not Facet.REGION or not said.isascii() or len(said.split()) > len(trait.value.split()):
        return trait.value
    slip = len(said) >= 8 and OSA.distance(said, trait.value) <= 2
    return said if trait.value in regions_in(said) and not slip else trait.value


def converse(turns: Iterable[str]) -> tuple[Trait, ...]:
    """The profile after a conversation, each turn understood in the light of those before it."""
    profile: tuple[Trait, ...] = ()
    for turn in turns:
        profile = apply(profile, understand(turn, profile=profile).change)
    return profile


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cases", type=Path, required=True, metavar="F", help='JSONL lines {"pid", "turns"}')
    parser.add_argument("--run", type=Path, required=True, metavar="OUT", help='where the lines {"pid", "slots"} go')
    add_scorer(parser)


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Understands every case and says what the scorer thinks of it."""
    require(given.scorer)
    with given.cases.open(encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines]
    written = (json.dumps({"pid": case["pid"], "slots": slots(converse(case["turns"]))}, ensure_ascii=False) for case in cases)
    given.run.write_text("".join(f"{line}\n" for line in written), encoding="utf-8")
    return score(given.scorer, "profile", given.run, cases=given.cases)
