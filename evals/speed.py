"""How fast coffees are found as a catalogue grows, how right beside the exact scan, and how fast others are on the same rows.

Beyond the coffees of the file the catalogue is synthetic: other lots of the same coffees (see lots.sql).
"""

import argparse
import asyncio
import json
import os
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from coffeebot.domain.query import CoffeeQuery, Matches
from coffeebot.models.database import Database
from coffeebot.providers.embedding import Embedder, MiniLM
from coffeebot.services.retrieval import Retrieval
from coffeebot.settings import Settings
from evals.baseline import against, store
from evals.catalogue_of import grow
from evals.musts import Rates, broken
from evals.peer import Peer
from evals.plain import Plain
from evals.retrieval import first_turn, imported
from evals.scratch import scratch_database

SIZES = "2000,20000,100000"
OUR_SENTENCES = Path(__file__).parent / "sentences.txt"
EVERY = 10**9
TOP = 10
Questions = Sequence[dict[str, Any]]


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--catalogue", type=Path, required=True, metavar="F", help="CSV or JSONL, as `python -m coffeebot import` takes it")
    parser.add_argument("--sizes", type=_sizes, default=SIZES, metavar="N,…", help="coffees, rising; default: %(default)s")
    parser.add_argument("--queries", type=Path, metavar="F", help='JSONL lines {"qid", "text"}; default: sentences of our own')
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="times that every question is asked; default: %(default)s")
    parser.add_argument("--store", action="store_true", help="keep the figures in evals/results/ to compare with")


def _sizes(given: str) -> list[int]:
    return sorted(int(size) for size in given.split(","))


def run(given: argparse.Namespace) -> dict[str, Any]:
    figures = asyncio.run(measure(given, settings=Settings(), embedder=MiniLM()))
    compared = against("speed", figures)
    if given.store:
        store("speed", figures)
    return {**figures, "before_and_now": compared}


async def measure(given: argparse.Namespace, *, settings: Settings, embedder: Embedder) -> dict[str, Any]:
    questions = _questions(given.queries)
    result: dict[str, Any] = {"questions": len(questions), "load_before": round(os.getloadavg()[0], 1)}
    async with scratch_database(settings) as database:
        await imported(given.catalogue, database, embedder, settings)
        for size in given.sizes:
            synthetic = await grow(database, size)
            at_size = await _at_size(database, embedder, questions, rates=settings.exchange_rates, rounds=given.rounds)
            result[f"{size}"] = {"synthetic": synthetic, **at_size}
    return result


def _questions(path: Path | None) -> Questions:
    if path is None:
        return [{"qid": text, "text": text} for text in OUR_SENTENCES.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


async def _at_size(database: Database, embedder: Embedder, questions: Questions, *, rates: Rates, rounds: int) -> dict[str, Any]:
    asked = [first_turn(question["text"]) for question in questions]
    ours = Retrieval(database, embedder, dict(rates))
    await _answers(ours, asked)
    seconds: list[float] = []
    for _ in range(rounds):
        found, latencies = await _answers(ours, asked)
        seconds += latencies
    exact, exact_seconds = await _answers(Retrieval(database, embedder, dict(rates), near=EVERY), asked)
    return {
        **_times(seconds),
        "recall@10": _recall(found, exact),
        "musts_kept": _kept(asked, found, rates),
        "fitting_median": int(statistics.median(matches.count for matches in found)),
        "exact": _times(exact_seconds),
        **await _others(database, embedder, questions),
    }


async def _answers(retrieval: Retrieval, asked: Sequence[CoffeeQuery]) -> tuple[list[Matches], list[float]]:
    found: list[Matches] = []
    latencies: list[float] = []
    for query in tqdm(asked, desc="questions"):
        began = time.perf_counter()
        found.append(await retrieval.search(query, counting=True))
        latencies.append(time.perf_counter() - began)
    return found, latencies


async def _others(database: Database, embedder: Embedder, questions: Questions) -> dict[str, Any]:
    plain, peer = Plain(database, embedder), Peer(database, embedder)
    await plain.prepare()
    await plain.latencies(questions)
    nearest = _times(await plain.latencies(questions))
    _, hybrid = await peer.answers_by_our_vectors(questions)
    return {"plain_pgvector": nearest, "sample_hybrid": _times(hybrid)}


def _times(seconds: Sequence[float]) -> dict[str, float]:
    ordered = sorted(1000 * second for second in seconds)
    return {"median_ms": round(statistics.median(ordered), 1), "p95_ms": round(ordered[int(0.95 * (len(ordered) - 1))], 1)}


def _recall(found: Sequence[Matches], exact: Sequence[Matches]) -> float:
    """The mean share of the exact first ten that are among ours; questions that nothing fits say nothing."""
    tops = [({c.id for c in ours.candidates[:TOP]}, {c.id for c in all_.candidates[:TOP]}) for ours, all_ in zip(found, exact, strict=True)]
    return round(statistics.mean(len(ours & all_) / len(all_) for ours, all_ in tops if all_), 3)


def _kept(asked: Sequence[CoffeeQuery], found: Sequence[Matches], rates: Rates) -> float:
    """The share of coffees that keep every must; where one coffee is named, musts only rank."""
    whole = [
        not broken(coffee, query.traits, rates)
        for query, matches in zip(asked, found, strict=True)
        if not query.coffee_name
        for coffee in matches.candidates
    ]
    return round(statistics.mean(whole), 4)
