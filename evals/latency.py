"""What the app adds to a provider's own time: from a shopper's message to the request, and from the first token to the page.

One shopper after another, each in a tab of their own, each with something else to say.
"""

import argparse
import asyncio
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from coffeebot.models import LlmUsage, Message
from coffeebot.models.database import Database
from coffeebot.settings import Settings
from evals import stage
from evals.load_tab import LoadTab
from evals.sentences import said
from evals.spoken import WIRED
from evals.spread import milliseconds

WARMING = 3  # turns that are not counted
TOKENS = 12
PATIENCE = 30.0  # seconds for one reply
PAUSE = 0.2  # seconds between two shoppers


@dataclass(frozen=True, slots=True)
class Turn:
    """All in the machine's time.monotonic(). `stored` is when the reply's row was made, `reserved` when that of the call was."""

    kind: str
    sent: float
    first_word: float
    stored: float
    reserved: float
    asked: float
    first_token: float


_STRETCHES: dict[str, Callable[[Turn], float]] = {
    "send_to_request_ms": lambda turn: turn.asked - turn.sent,
    "first_token_to_page_ms": lambda turn: turn.first_word - turn.first_token,
}
_PARTS: dict[str, Callable[[Turn], float]] = {
    "socket_and_storing_ms": lambda turn: turn.stored - turn.sent,
    "understanding_and_search_ms": lambda turn: turn.reserved - turn.stored,
    "reserving_and_request_ms": lambda turn: turn.asked - turn.reserved,
}


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--provider", choices=WIRED, required=True, help="who is asked")
    parser.add_argument("--turns", type=int, default=40, metavar="N", help="shoppers, one after another")
    stage.add_options(parser, coffees=10_000)
    parser.add_argument("--delay", type=float, default=0.4, metavar="SECONDS", help="what the provider takes to its first token")


def run(given: argparse.Namespace) -> dict[str, Any]:
    return asyncio.run(measure(given, Settings()))


async def measure(given: argparse.Namespace, settings: Settings) -> dict[str, Any]:
    before = os.getloadavg()[0]
    async with stage.stocked(given, settings) as database:
        async with stage.on_stage(database, given.provider, tokens=TOKENS, delay=given.delay) as (app, wire):
            assert wire is not None  # all who can be chosen have one
            heard = [await _turn(app.port, number) for number in range(WARMING + given.turns)]
        rows = await _rows(database)
    turns = [Turn(*seen, *row, *times) for seen, row, times in zip(heard, rows, wire.times, strict=True)]
    return {
        "provider": given.provider, "coffees": given.coffees, "turns": given.turns, "provider_delay_ms": round(1000 * given.delay),
        "load_average_before": round(before, 2), **_figures(turns[WARMING:]),
    }  # fmt: skip


async def _turn(port: int, number: int) -> tuple[str, float, float]:
    """One shopper: what kind of thing was said, when, and when the first word of the answer came."""
    kind, sentence = said(number)
    tab = LoadTab(port, TOKENS)
    await tab.open()
    tab.say(sentence)
    await tab.heard_out(PATIENCE)
    tab.socket.close()
    if tab.error:
        raise SystemExit(f"turn {number} ({kind}): {tab.error}")
    await asyncio.sleep(PAUSE)
    return kind, tab.reply.sent, tab.reply.updates[0]


async def _rows(database: Database) -> list[tuple[float, float]]:
    """When each reply's row was made, and when that of its call, the clock on the wall brought to time.monotonic()."""
    ahead = time.time() - time.monotonic()
    async with database.session() as session:
        made = select(Message.created_at, LlmUsage.at).join(LlmUsage, col(LlmUsage.message_id) == col(Message.id))
        found = await session.execute(made.where(col(LlmUsage.purpose) == "reply").order_by(col(LlmUsage.at)))
        return [(stored.timestamp() - ahead, reserved.timestamp() - ahead) for stored, reserved in found]


def _figures(turns: Sequence[Turn]) -> dict[str, Any]:
    kinds = dict.fromkeys(turn.kind for turn in turns)
    return {
        **{name: milliseconds(map(stretch, turns)) for name, stretch in _STRETCHES.items()},
        "parts": {name: milliseconds(map(part, turns)) for name, part in _PARTS.items()},
        "send_to_request_by_kind_ms": {kind: milliseconds(t.asked - t.sent for t in turns if t.kind == kind)["median"] for kind in kinds},
    }
