"""The measure of understanding, and the mark it must keep on the bench where that is at hand."""

from argparse import Namespace
from decimal import Decimal
from pathlib import Path

import pytest

from coffeebot.domain.taste import Facet, Polarity, Trait
from evals.profile import converse, run, slots
from evals.scorer import bench

BENCH = bench()


def test_slots_of_a_profile() -> None:
    profile = [
        Trait(Facet.FLAVOUR, "berry", group="g"),
        Trait(Facet.FLAVOUR, "citrus", group="g"),
        Trait(Facet.FLAVOUR, "nutty"),
        Trait(Facet.FLAVOUR, "fermented", Polarity.AVOID),
        Trait(Facet.NOTE, "jasmine", Polarity.AVOID),
        Trait(Facet.DECAF, "decaf"),
        Trait(Facet.REGION, "sidama", evidence="Sidamo"),
        Trait(Facet.REGION, "yirgacheffe", evidence="yirgachefe"),
        Trait(Facet.BREW_METHOD, "v60", Polarity.WANT),
        Trait(Facet.BUDGET, "max", amount=Decimal(20), currency="USD", grams=Decimal(250)),
        Trait(Facet.SCORE, "min", amount=Decimal(95)),
    ]
    assert slots(profile) == {
        "fam_any": ["berry", "citrus"],
        "fam": ["nutty"],
        "not_note": ["jasmine"],
        "flag": ["decaf"],
        "region": ["sidamo", "yirgacheffe"],
        "max100": 8.0,
        "min_rating": 95,
    }


def test_a_conversation_is_one_profile() -> None:
    assert slots(converse(["fruity", "actually not fruity, nutty"])) == {"not_fam": ["fruity"], "fam": ["nutty"]}


def test_the_bench(tmp_path: Path) -> None:
    cases, scorer = BENCH / "dev" / "profile_extraction.jsonl", BENCH / "score.py"
    if not cases.exists():
        pytest.skip(f"no bench at {BENCH}")
    told = run(Namespace(cases=cases, run=tmp_path / "run.jsonl", scorer=scorer))
    assert told["f1"] >= 0.95
    assert told["joint"] >= 0.9
