"""Many replies at once: errors, gaps between words, time to the first word, memory and processor of everybody who takes part."""

import argparse
import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from itertools import accumulate
from typing import Any

from sqlmodel import col, select

from coffeebot.models import LlmUsage, Message
from coffeebot.models.database import Database
from coffeebot.settings import Settings
from evals import stage
from evals.baseline import against, store
from evals.load_tab import LoadTab
from evals.processor import Backends, Stopwatch, Worker
from evals.script import PER_SECOND
from evals.sentences import said
from evals.served import Process, Server
from evals.spoken import HOUSE, WIRED
from evals.spread import milliseconds

AT_ONCE = 10  # pages being opened
SETTLING = 2.0  # seconds before memory and processor are read
PATIENCE = 120.0  # seconds over the length of a reply after which one counts as lost
SAMPLED = 5  # errors that are quoted


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--provider", choices=(*WIRED, HOUSE), required=True, help="who speaks; house is without a model")
    parser.add_argument("--tabs", type=int, default=200, metavar="N", help="replies at once")
    parser.add_argument("--within", type=float, default=1.5, metavar="SECONDS", help="how long it takes until all have said something")
    stage.add_options(parser, coffees=2000)
    parser.add_argument(
        "--tokens",
        type=int,
        default=800,
        metavar="N",
        help="length of a model's reply; by default all speak at once",
    )
    parser.add_argument("--store", action="store_true", help="keep the figures in evals/results/ to compare with")


def run(given: argparse.Namespace) -> dict[str, Any]:
    figures = asyncio.run(measure(given, Settings()))
    name = f"load-{given.provider}"
    compared = against(name, figures)
    if given.store:
        store(name, figures)
    return {**figures, "before_and_now": compared}


async def measure(given: argparse.Namespace, settings: Settings) -> dict[str, Any]:
    before = os.getloadavg()[0]
    async with stage.stocked(given, settings) as database:
        async with stage.on_stage(database, given.provider, tokens=given.tokens) as (app, wire):
            expected = 0 if wire is None else given.tokens
            await _one_reply(app.port, expected)
            workers: dict[str, Worker] = {"app": app, "database": Backends(database.engine.url), **({"wire": wire} if wire else {})}
            measured = await _load(given, app, workers, expected)
        answered = await _answers(database)
    return {
        "provider": given.provider, "tabs": given.tabs, "coffees": given.coffees, "tokens": expected or None,
        "tokens_per_second": PER_SECOND, "reply_seconds": expected / PER_SECOND or None,
        "load_average_before": round(before, 2), **measured, **answered,
    }  # fmt: skip


async def _one_reply(port: int, expected: int) -> None:
    """So that what a process loads once is not counted for those who come after."""
    tab = LoadTab(port, expected)
    await tab.open()
    tab.say(said(0)[1])
    await tab.heard_out(PATIENCE)
    tab.socket.close()


async def _load(given: argparse.Namespace, app: Server, workers: Mapping[str, Worker], expected: int) -> dict[str, Any]:
    tabs = [LoadTab(app.port, expected) for _ in range(given.tabs)]
    await _open(tabs)
    print(f"{len(tabs)} pages are open", file=sys.stderr, flush=True)
    await asyncio.sleep(SETTLING)
    idle = app.memory_kb()
    watch = Stopwatch(workers, own="tabs")
    async with _peak_of(app) as peak:
        await _all_say(tabs, given.within)
        await asyncio.gather(*(tab.heard_out(PATIENCE + expected / PER_SECOND) for tab in tabs))
    spent = watch.read()
    for tab in tabs:
        tab.socket.close()
    return {**_heard(tabs), "memory": _memory(idle, max(peak), len(tabs)), "cpu_seconds": spent}


async def _open(tabs: Sequence[LoadTab]) -> None:
    gate = asyncio.Semaphore(AT_ONCE)

    async def opened(tab: LoadTab) -> None:
        async with gate:
            await tab.open()

    await asyncio.gather(*(opened(tab) for tab in tabs))


async def _all_say(tabs: Sequence[LoadTab], within: float) -> None:
    begun = time.monotonic()
    for number, tab in enumerate(tabs):
        await asyncio.sleep(max(0.0, begun + within * number / len(tabs) - time.monotonic()))
        tab.say(said(number)[1])


def _heard(tabs: Sequence[LoadTab]) -> dict[str, Any]:
    errors = Counter(tab.error for tab in tabs if tab.error)
    begun = [tab.reply for tab in tabs if tab.reply.updates]
    gaps = [gap for reply in begun for gap in reply.gaps]
    return {
        "errors": sum(errors.values()),
        "error_sample": [f"{count} × {error}" for error, count in errors.most_common(SAMPLED)],
        "gaps_ms": milliseconds(gaps),
        "gaps": len(gaps),
        "first_word_ms": milliseconds(reply.updates[0] - reply.sent for reply in begun),
        "speaking_at_once": _at_once([(reply.updates[0], reply.updates[-1]) for reply in begun]),
    }


def _at_once(spans: Sequence[tuple[float, float]]) -> int:
    """The most replies that were under way at one moment."""
    steps = sorted([(begin, 1) for begin, _ in spans] + [(end, -1) for _, end in spans])
    return max(accumulate(step for _, step in steps), default=0)


def _memory(idle: int, peak: int, tabs: int) -> dict[str, float]:
    """Private memory of the app, once every page is open and at its greatest."""
    return {"idle_mb": round(idle / 1024, 1), "peak_mb": round(peak / 1024, 1), "per_conversation_kb": round((peak - idle) / tabs, 1)}


@asynccontextmanager
async def _peak_of(app: Process) -> AsyncIterator[list[int]]:
    """The app's private memory, looked at every half second while the block runs."""
    seen: list[int] = []

    async def look() -> None:
        while True:
            seen.append(app.memory_kb())
            await asyncio.sleep(0.5)

    looking = asyncio.create_task(look())
    try:
        yield seen
    finally:
        looking.cancel()
        seen.append(app.memory_kb())


async def _answers(database: Database) -> dict[str, Any]:
    """Who answered how many replies, how those ended, and how the calls to models ended; the one before the load is among them."""
    async with database.session() as session:
        replies = await session.execute(select(Message.answered_by, Message.status).where(col(Message.role) == "barista"))
        calls = await session.execute(select(LlmUsage.purpose, LlmUsage.outcome))
        counted = [Counter(f"{one}: {other}" for one, other in rows) for rows in (replies, calls)]
    return {"answered_by": dict(counted[0]), "calls": dict(counted[1])}
