"""Lets simulated shoppers talk to an app that serves a catalogue, and says how soon they are offered what they would buy.

The app is a real one, with the house barista alone and nothing that slows it down; the scorer talks to it over POST /chat.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from coffeebot.domain.errors import BadInput
from coffeebot.models import Conversation, Message
from coffeebot.models.database import Database
from coffeebot.providers.embedding import MiniLM
from coffeebot.services.importing import import_file
from coffeebot.settings import Settings
from evals.scorer import bench, require
from evals.scratch import scratch_database
from evals.served import served
from evals.spoken import house_alone

APP = "coffeebot.coffeebot:app"
BASELINE = Path(__file__).parent / "results" / "shoppers.json"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--catalogue", type=Path, required=True, metavar="F", help="CSV or JSONL, as `python -m coffeebot import` takes it")
    parser.add_argument("--cases", type=Path, required=True, metavar="F", help="JSONL, a shopper a line, as the scorer reads them")
    parser.add_argument("--scorer", type=Path, metavar="PATH", help="default: shoppers.py above the cases, else the bench's")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N shoppers")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the N longest conversations")
    parser.add_argument("--keep", action="store_true", help=f"write the figures to {BASELINE.relative_to(BASELINE.parents[2])}")


def run(given: argparse.Namespace) -> dict[str, Any]:
    scorer = require(given.scorer or _beside(given.cases))
    figures = asyncio.run(measure(given, scorer, Settings()))
    before = baseline()
    if given.keep:
        BASELINE.parent.mkdir(exist_ok=True)
        BASELINE.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return {**figures, "baseline": before}


def _beside(cases: Path) -> Path:
    near = cases.resolve().parent.parent / "shoppers.py"
    return near if near.is_file() else bench() / "shoppers.py"


def baseline() -> dict[str, Any] | None:
    """The figures that were kept last."""
    told: dict[str, Any] | None = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else None
    return told


async def measure(given: argparse.Namespace, scorer: Path, settings: Settings) -> dict[str, Any]:
    async with scratch_database(settings) as database:
        await import_file(given.catalogue, database=database, embedder=MiniLM(), currencies=settings.exchange_rates)
        environment = {"DATABASE_URL": database.engine.url.render_as_string(hide_password=False)}
        async with served(APP, {**environment, **house_alone(), "HOUSE_WORDS_PER_SECOND": "0"}) as app:
            figures = await _scored(scorer, f"http://127.0.0.1:{app.port}", given)
        for transcript in await transcripts(database, given.show):
            print(transcript, file=sys.stderr)
    return figures


async def _scored(scorer: Path, url: str, given: argparse.Namespace) -> dict[str, Any]:
    """What `scorer URL --cases F --catalogue F` prints."""
    options = ["--cases", str(given.cases), "--catalogue", str(given.catalogue), *(["--limit", str(given.limit)] if given.limit else [])]
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, str(scorer), url, *options), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await child.communicate()
    if child.returncode:
        raise BadInput(f"The scorer failed: {err.decode().strip().splitlines()[-1] if err.strip() else child.returncode}")
    told: dict[str, Any] = json.loads(out)
    return told


async def transcripts(database: Database, most: int) -> list[str]:
    """The longest conversations, as they were stored; of equals the earliest."""
    if not most:
        return []
    async with database.session() as session:
        messages = await session.scalars(
            select(Message).join(Conversation).order_by(col(Conversation.created_at), col(Conversation.id), col(Message.position))
        )
        held: dict[str, list[Message]] = {}
        for message in messages:
            held.setdefault(message.conversation_id, []).append(message)
    longest = sorted(held.values(), key=lambda spoken: -len(spoken))[:most]
    return ["\n".join(["", f"== {len(spoken) // 2} turns", *_lines(spoken)]) for spoken in longest]


def _lines(spoken: Sequence[Message]) -> Iterator[str]:
    for message in spoken:
        if message.role == "shopper":
            yield f"> {message.text}"
            continue
        parts = message.parts
        yield f"  {parts.get('considered', {}).get('count', 'none')} fit"
        for pick in parts.get("picks", ()):
            yield "  * " + " | ".join(str(pick[name]) for name in ("external_id", "name", "origin", "roast", "process", "notes"))
        if question := parts.get("question"):
            yield f"  ? {question['facet']}: {question['left']} left, {question['left_if']} with an answer"
