"""Measures what is read out of a catalogue's prose alone, against what its columns state."""

import argparse
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tqdm import tqdm

from coffeebot.domain.coffee import CoffeeFacts, RoastLevel
from coffeebot.domain.facts import facts_of
from coffeebot.services.columns import loose_coffee
from evals.scorer import require

# Hidden columns by the fact that is then read from the rest of the row. A "dark roast" is the roaster's word where the column is measured.
HIDDEN = {"origins": ("origin_1", "origin_2"), "roast": ("roast",)}
_STEPS = tuple(RoastLevel)
_KNOWN = ("origins", "regions", "processes", "varieties", "roast", "notes", "families", "acidity", "body", "sweetness")


@dataclass(slots=True)
class Tally:
    """How often a fact was known with its column, and how it was read without."""

    known: int = 0
    right: int = 0
    near: int = 0  # one step of roast away
    wrong: int = 0
    examples: list[dict[str, Any]] = field(default_factory=list)

    def count(self, row: Mapping[str, Any], want: object, got: object) -> None:
        self.known += 1
        if got == want:
            self.right += 1
        elif isinstance(want, RoastLevel) and isinstance(got, RoastLevel) and abs(_STEPS.index(want) - _STEPS.index(got)) == 1:
            self.near += 1
        elif got:
            self.wrong += 1
            self.examples.append({"id": row.get("id"), "name": row.get("name"), "column": want, "prose": got})

    def told(self, shown: int) -> dict[str, Any]:
        read = self.right + self.near + self.wrong
        return {
            "known": self.known,
            "read": read,
            "right": self.right,
            "one_step_off": self.near,
            "precision": round(self.right / read, 3) if read else None,
            "recall": round(self.right / self.known, 3) if self.known else None,
            "wrong": self.examples[:shown],
        }


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--catalogue", type=Path, required=True, help="JSON Lines with the columns of an import file")
    parser.add_argument("--show", type=int, default=0, help="how many wrong readings of each fact to show")


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    require(arguments.catalogue)
    rows = [json.loads(line) for line in arguments.catalogue.read_text("utf-8").splitlines() if line.strip()]
    coffees = [(row, _facts(row)) for row in tqdm(rows, desc="facts", unit=" coffees")]
    return {
        "coffees": len(rows),
        "coverage": {name: round(sum(bool(getattr(facts, name)) for _, facts in coffees) / len(coffees), 3) for name in _KNOWN},
        "evidence_not_verbatim": sum(_unfounded(row, facts) for row, facts in coffees),
        "without_evidence": {
            name: sum(bool(getattr(facts, name)) and name not in facts.evidence for _, facts in coffees) for name in _KNOWN
        },
        "hidden": {name: _hidden(name, coffees).told(arguments.show) for name in HIDDEN},
    }


def _facts(row: Mapping[str, Any], *, without: Iterable[str] = ()) -> CoffeeFacts:
    return facts_of(loose_coffee({name: value for name, value in row.items() if name not in set(without)}, currencies=frozenset({"USD"})))


def _hidden(name: str, coffees: list[tuple[dict[str, Any], CoffeeFacts]]) -> Tally:
    """One country and no blend: what a blend's columns name and leave out is its own matter."""
    tally = Tally()
    for row, facts in coffees:
        if getattr(facts, name) and facts.blend is False:
            tally.count(row, getattr(facts, name), getattr(_facts(row, without=HIDDEN[name]), name))
    return tally


def _unfounded(row: Mapping[str, Any], facts: CoffeeFacts) -> int:
    """How many of a coffee's quotations do not stand in its row."""
    texts = [str(value) for value in row.values()]
    return sum(not any(words in text for text in texts) for words in facts.evidence.values())
