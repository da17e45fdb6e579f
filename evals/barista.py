"""Holds sixty conversations with the house barista over the starter catalogue and checks every reply mechanically.

Cases are in barista_cases.toml: what the shopper says, and for each turn what an answer must have. `--show N` prints transcripts.
"""

import argparse
import asyncio
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from pydantic import SecretStr
from sqlmodel import col
from tqdm import tqdm

from coffeebot.domain.turn import Considered, Delta, Event, Pick, Profile, Question
from coffeebot.models import Coffee
from coffeebot.models.database import Database
from coffeebot.services.starter import load_if_empty
from coffeebot.settings import Settings
from coffeebot.wiring import Services, open_services
from evals.manners import Exchange, faults
from evals.scratch import scratch_database

CASES = Path(__file__).parent / "barista_cases.toml"
BASELINE = Path(__file__).parent / "results" / "barista.json"


@dataclass(frozen=True, slots=True)
class Case:
    """One conversation; every turn has "say", and what `manners.faults` reads."""

    name: str
    language: str
    turns: tuple[Mapping[str, Any], ...]


@dataclass(slots=True)
class Held:
    """A conversation as it went."""

    case: Case
    exchanges: list[Exchange] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cases", type=Path, default=CASES, metavar="F", help="default: %(default)s")
    parser.add_argument("--only", metavar="NAME", help="conversations whose name contains this")
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="print the first N transcripts, those with faults before the others"
    )
    parser.add_argument("--keep", action="store_true", help=f"write the result to {BASELINE.relative_to(BASELINE.parents[2])}")


def run(given: argparse.Namespace) -> dict[str, Any]:
    cases = [case for case in cases_in(given.cases) if not given.only or given.only in case.name]
    held = asyncio.run(measure(cases, settings=Settings()))
    for conversation in sorted(held, key=lambda one: -len(one.faults))[: given.show]:
        print(transcript(conversation), file=sys.stderr)
    result = summary(held)
    if BASELINE.exists():
        result["baseline"] = json.loads(BASELINE.read_text(encoding="utf-8"))["passed"]
    if given.keep:
        BASELINE.parent.mkdir(exist_ok=True)
        BASELINE.write_text(
            json.dumps({k: v for k, v in result.items() if k != "baseline"}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    return result


def cases_in(path: Path) -> list[Case]:
    told = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return [Case(one["name"], one.get("language", "en"), tuple(one["turn"])) for one in told]


async def measure(cases: Sequence[Case], *, settings: Settings) -> list[Held]:
    """Every case through the real services, on a database of its own."""
    async with scratch_database(settings) as database, open_services(_house_alone(settings, database), owns_replies=True) as services:
        await load_if_empty(services.database, services.embedder, settings.exchange_rates)
        names = await _names(services.database)
        return [await hold(case, services, names) for case in tqdm(cases, desc="conversations", file=sys.stderr)]


def _house_alone(settings: Settings, database: Database) -> Settings:
    """The settings with this database, a barista who speaks at once, and no model."""
    url = database.engine.url.render_as_string(hide_password=False)
    alone = {"anthropic_api_key": None, "openai_api_key": None, "openai_base_url": None, "house_words_per_second": 0}
    return settings.model_copy(update={"database_url": SecretStr(url), **alone})


async def _names(database: Database) -> frozenset[str]:
    async with database.session() as session:
        return frozenset((await session.scalars(sa.select(col(Coffee.name)))).all())


async def hold(case: Case, services: Services, names: frozenset[str]) -> Held:
    held, shopper = Held(case), uuid4()
    conversation = await services.conversations.create(shopper)
    for turn in case.turns:
        exchange = await _exchange(turn, services, conversation, shopper)
        for fault in faults(exchange, held.exchanges, language=turn.get("language", case.language), names=names):
            held.faults.append({"case": case.name, "turn": len(held.exchanges) + 1, **fault})
        held.exchanges.append(exchange)
    return held


async def _exchange(turn: Mapping[str, Any], services: Services, conversation: str, shopper: UUID) -> Exchange:
    reply = await services.replies.start(conversation, turn["say"], shopper_id=shopper)
    events: list[Event] = [event async for event in services.replies.events(reply, conversation_id=conversation)]
    return Exchange(
        turn=turn,
        prose="".join(event.text for event in events if isinstance(event, Delta)),
        picks=tuple(event for event in events if isinstance(event, Pick)),
        traits=next((event.traits for event in events if isinstance(event, Profile)), ()),
        question=next((event for event in events if isinstance(event, Question)), None),
        fitting=next((event.count for event in events if isinstance(event, Considered)), None),
    )


def summary(held: Sequence[Held]) -> dict[str, Any]:
    found = [fault for conversation in held for fault in conversation.faults]
    turns = sum(len(conversation.exchanges) for conversation in held)
    return {
        "conversations": len(held),
        "turns": turns,
        "passed": sum(not conversation.faults for conversation in held),
        "faults": dict(Counter(fault["what"] for fault in found)),
        "failures": found,
    }


def transcript(held: Held) -> str:
    lines = [f"\n== {held.case.name}"]
    for number, exchange in enumerate(held.exchanges, start=1):
        lines.append(f"> **{exchange.turn['say']}**")
        lines.append(exchange.prose)
        if exchange.picks:
            lines.append(
                "   cards: " + "; ".join(f"{p.coffee_name} ({' '.join(r.text for r in p.reasons)} | {p.trade_off})" for p in exchange.picks)
            )
        if exchange.question:
            lines.append(f"   asks: {exchange.question.text} [{' · '.join(choice.text for choice in exchange.question.choices)}]")
        lines += [f"   !! {fault['what']}: {fault['why']}" for fault in held.faults if fault["turn"] == number]
    return "\n".join(lines)
