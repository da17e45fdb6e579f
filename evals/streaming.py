"""What a streamed reply costs: bytes a byte of text, time to the first word, lag of each word, processor; beside the plain recipe."""

import argparse
import asyncio
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from coffeebot.domain.shopper import COOKIE
from coffeebot.models import Message
from coffeebot.models.database import Database
from coffeebot.services.transcript import Transcript
from coffeebot.settings import Settings
from evals.scratch import scratch_database
from evals.script import PER_SECOND, TOKENS, numbers, token
from evals.served import Server, event_name, served
from evals.socket_tab import Tab, open_tab

EARLIER = 20  # messages in the conversation before the reply
LENGTH = 450  # characters of each
TEXT = sum(len(token(n)) for n in range(TOKENS))


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--skip-plain", action="store_true", help="measure the product only")


def run(options: argparse.Namespace) -> dict[str, Any]:
    return asyncio.run(_measure(plain=not options.skip_plain))


async def _measure(*, plain: bool) -> dict[str, Any]:
    product = await _product()
    result: dict[str, Any] = {"text_bytes": TEXT, "tokens_per_second": PER_SECOND, "earlier_messages": EARLIER, "product": product}
    if plain:
        recipe = await _plain()
        result["plain_recipe"] = recipe
        result["plain_over_product"] = {
            key: round(recipe[key] / product[key], 1) for key in ("payload_per_byte", "tcp_per_byte", "cpu_seconds")
        }
    return result


async def _product() -> dict[str, Any]:
    async with scratch_database(Settings()) as database:
        shopper, conversation = await conversation_with(database, EARLIER)
        url = database.engine.url.render_as_string(hide_password=False)
        with tempfile.TemporaryDirectory() as folder:
            times = Path(folder) / "times"
            environment = {"DATABASE_URL": url, "SCRIPT_TIMES": str(times), "HOUSE_WORDS_PER_SECOND": str(PER_SECOND)}
            async with (
                served("evals.streaming_page:app", environment) as server,
                open_tab(server.port, cookie=f"{COOKIE}={shopper.hex}") as tab,
            ):
                await tab.send(event_name("coffeebot.state.thread", "Thread", "load"), query=f"?c={conversation}")
                await _drain(tab, quiet=1.5)
                say = {"form": {"message": "something with fruit please"}}
                measured = await _reply(server, tab, event_name("coffeebot.state.composer", "Composer", "say"), say)
                said = [float(line) for line in times.read_text().split()]
    return {**measured.figures(), **_lag(measured.arrived, said)}


async def _plain() -> dict[str, Any]:
    async with served("evals.streaming_plain:app", {}) as server, open_tab(server.port) as tab:
        await tab.send(event_name("evals.streaming_plain", "PlainChat", "fill"))
        await _drain(tab, quiet=1.0)
        return (await _reply(server, tab, event_name("evals.streaming_plain", "PlainChat", "answer"), {})).figures()


async def conversation_with(database: Database, earlier: int) -> tuple[UUID, str]:
    """A shopper, and a conversation of theirs with that many messages."""
    shopper = uuid4()
    conversation = await Transcript(database, max_chars=LENGTH).create(shopper)
    text = ("word " * LENGTH)[:LENGTH]
    async with database.session() as session:
        session.add_all(
            Message(conversation_id=conversation, position=n, role="barista" if n % 2 == 0 else "shopper", text=text)
            for n in range(1, earlier + 1)
        )
    return shopper, conversation


@dataclass
class Measured:
    payload: int
    tcp: int
    cpu: float
    first_word: float
    arrived: dict[int, float]

    def figures(self) -> dict[str, Any]:
        return {
            "payload_per_byte": round(self.payload / TEXT, 1),
            "tcp_per_byte": round(self.tcp / TEXT, 2),
            "cpu_seconds": round(self.cpu, 2),
            "first_word_ms": round(self.first_word * 1000),
        }


async def _reply(server: Server, tab: Tab, event: str, payload: dict[str, Any]) -> Measured:
    """Sends what makes the server speak, and reads to the last token."""
    before = tab.payload, tab.tcp, server.cpu_seconds()
    arrived: dict[int, float] = {}
    begun = time.monotonic()
    await tab.send(event, payload)
    async for at, frame in tab.updates(quiet=6.0):
        for number in numbers(frame):
            arrived.setdefault(number, at)
        if len(arrived) == TOKENS and '"running' in frame:
            break
    await _drain(tab, quiet=0.5)
    cost = tab.payload - before[0], tab.tcp - before[1], server.cpu_seconds() - before[2]
    if len(arrived) < TOKENS:
        raise SystemExit(f"only {len(arrived)} of {TOKENS} tokens arrived")
    return Measured(*cost, first_word=arrived[0] - begun, arrived=arrived)


def _lag(arrived: dict[int, float], said: list[float]) -> dict[str, Any]:
    """From the barista's lips to the socket."""
    lags = sorted((arrived[n] - said[n]) * 1000 for n in range(TOKENS))
    return {"word_lag_ms": {"median": round(statistics.median(lags)), "p95": round(lags[int(len(lags) * 0.95)]), "max": round(lags[-1])}}


async def _drain(tab: Tab, *, quiet: float) -> None:
    async for _ in tab.updates(quiet=quiet):
        pass
