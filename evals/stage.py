"""The product as it is served, over a catalogue, with somebody to speak: where measurements of whole turns begin."""

import argparse
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from coffeebot.models.database import Database
from coffeebot.providers.embedding import MiniLM
from coffeebot.settings import Settings
from evals.scratch import scratch_database
from evals.served import Server, served
from evals.spoken import HOUSE, Wire, house_alone, led_to, wire_process
from evals.stock import stock

APP = "coffeebot.coffeebot:app"


def add_options(parser: argparse.ArgumentParser, *, coffees: int) -> None:
    parser.add_argument("--catalogue", type=Path, metavar="F", help="CSV or JSONL; without it the starter catalogue")
    parser.add_argument("--coffees", type=int, default=coffees, metavar="N", help="the catalogue is grown to this size")


@asynccontextmanager
async def stocked(given: argparse.Namespace, settings: Settings) -> AsyncIterator[Database]:
    """A database with the coffees that were asked for, dropped afterwards."""
    async with scratch_database(settings) as database:
        await stock(database, MiniLM(), settings.exchange_rates, size=given.coffees, catalogue=given.catalogue)
        yield database


@asynccontextmanager
async def on_stage(database: Database, provider: str, *, tokens: int, delay: float = 0.0) -> AsyncIterator[tuple[Server, Wire | None]]:
    """The app in a process of its own, and the wire that its provider is led to; the house speaks without one."""
    async with AsyncExitStack() as stack:
        wire = None if provider == HOUSE else await stack.enter_async_context(wire_process(tokens=tokens, delay=delay))
        leading = led_to(provider, wire.port) if wire else house_alone()
        environment = {"DATABASE_URL": database.engine.url.render_as_string(hide_password=False), **leading}
        yield await stack.enter_async_context(served(APP, environment)), wire
