"""The barista's eval: its cases are sound, its rules bite, and a sample of the conversations passes."""

from uuid import uuid4

import pytest
from pydantic import SecretStr

from coffeebot.domain.turn import Pick, Reason
from coffeebot.embedded import Connection
from coffeebot.settings import Settings
from evals.barista import CASES, cases_in, measure, summary, transcript
from evals.manners import Exchange, faults

SAMPLE = ("fruity for the V60", "why not, by name", "my last one was too sour", "フルーティーで", "prompt injection")
NAMES = frozenset({"Midnight Jam", "Red Umbrella"})


def exchange(prose: str, *, picks: tuple[Pick, ...] = (), **turn: object) -> Exchange:
    return Exchange({"say": "fruity", **turn}, prose, picks, (), None, 12)


def broken(told: Exchange, *before: Exchange, language: str = "en") -> set[str]:
    return {fault["what"] for fault in faults(told, before, language=language, names=NAMES)}


FINE = "Here is a reply of a good length that says what was asked for and names no coffee, in twenty words or a few more."


def test_there_are_sixty_conversations_in_both_languages() -> None:
    cases = cases_in(CASES)
    assert len(cases) == 60 == len({case.name for case in cases})
    assert sum(case.language == "ja" for case in cases) >= 14
    assert all(1 <= len(case.turns) <= 5 for case in cases)


def test_a_proper_reply_has_no_fault() -> None:
    assert broken(exchange(FINE)) == set()


@pytest.mark.parametrize(
    ("prose", "what"),
    [
        (FINE + " **Red Umbrella** is one.", "names"),
        (FINE + " Red Umbrella is one.", "names"),
        ("Too short.", "length"),
        (FINE + " Great choice!", "manners"),
        (FINE + " One? Two?", "manners"),
        (FINE + " こんにちは、これは日本語です。", "language"),
    ],
)
def test_rules_bite(prose: str, what: str) -> None:
    assert what in broken(exchange(prose))


def test_the_same_sentence_twice_is_noticed() -> None:
    assert "repeated" in broken(exchange(FINE), exchange(FINE))


def test_an_answer_must_have_what_the_case_states() -> None:
    assert "answer" in broken(exchange(FINE, expect=["washed"]))
    assert "answer" in broken(exchange(FINE, cards=[1, 3]))


def test_a_reason_must_point_to_a_trait() -> None:
    facts = {"image": "", "origin": "Kenya", "process": "washed", "roast": "Light", "notes": ("grapefruit",), "family": "fruity"}
    prices = {"price": None, "price_per_100g": None, "price_seen_at": None, "in_stock": True, "sample": True}
    reasons = (Reason("You will find blueberry here.", uuid4(), "fruity"),)
    pick = Pick(uuid4(), "1", "red-umbrella", "Red Umbrella", "Nine Lamps", **facts, **prices, reasons=reasons)  # type: ignore[arg-type]
    found = [fault["why"] for fault in faults(exchange(FINE, picks=(pick,)), (), language="en", names=NAMES)]
    assert any("no trait" in why for why in found) and any("blueberry is none of its notes" in why for why in found)


async def test_a_sample_passes(database_server: Connection) -> None:
    settings = Settings(database_url=SecretStr(database_server.database_url), _env_file=None)  # type: ignore[call-arg]
    cases = [case for case in cases_in(CASES) if case.name.startswith(SAMPLE)]
    held = await measure(cases, settings=settings)
    assert len(held) == len(SAMPLE) and summary(held)["failures"] == []
    assert "> **fruity for my V60" in transcript(held[0])
