"""Answers a catalogue's questions through the real import and the real first turn, and times it.

Writes RUN lines {"qid", "ranked": [external ids, best first]}; "nothing fits" is an empty ranking.
"""

import argparse
import asyncio
import json
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from coffeebot.domain.query import CoffeeQuery
from coffeebot.domain.taste import apply
from coffeebot.domain.understanding import understand
from coffeebot.models.database import Database
from coffeebot.providers.embedding import Embedder, MiniLM
from coffeebot.services.importing import ImportReport, import_file
from coffeebot.services.retrieval import Retrieval, query_for
from coffeebot.settings import Settings
from evals.peer import Peer
from evals.scorer import add_scorer, require, score
from evals.scratch import scratch_database

RANKED = 20  # deeper than any measure looks


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--catalogue", type=Path, required=True, metavar="F", help="CSV or JSONL, as `python -m coffeebot import` takes it")
    parser.add_argument("--queries", type=Path, required=True, metavar="F", help='JSONL lines {"qid", "text"}')
    parser.add_argument("--qrels", type=Path, metavar="F", help="grades: print what the scorer says of the run")
    parser.add_argument("--run", type=Path, required=True, metavar="OUT", help="where the rankings go")
    add_scorer(parser)
    parser.add_argument("--peer", action="store_true", help="beside it, the hybrid SQL of a well-known sample on the same rows")


def run(given: argparse.Namespace) -> dict[str, Any]:
    if given.qrels:
        require(given.scorer)
    return asyncio.run(measure(given, settings=Settings(), embedder=MiniLM()))


async def measure(given: argparse.Namespace, *, settings: Settings, embedder: Embedder) -> dict[str, Any]:
    queries = [json.loads(line) for line in given.queries.read_text(encoding="utf-8").splitlines() if line.strip()]
    async with scratch_database(settings) as database:
        report, seconds = await imported(given.catalogue, database, embedder, settings)
        retrieval = Retrieval(database, embedder, settings.exchange_rates)
        rankings, latencies = await _answered(queries, retrieval)
        result: dict[str, Any] = {
            "coffees": report.total - len(report.rejected),
            "rejected": len(report.rejected),
            "import_seconds": round(seconds, 1),
        }
        result |= _report(given, given.run, rankings, latencies)
        if given.peer:
            peer_rankings, peer_latencies = await Peer(database, embedder).answers(queries)
            peer = _report(given, given.run.with_suffix(".peer.jsonl"), peer_rankings, peer_latencies)
            result |= {"peer": peer, "median_ratio": round(result["median_ms"] / peer["median_ms"], 2)}
    return result


async def imported(path: Path, database: Database, embedder: Embedder, settings: Settings) -> tuple[ImportReport, float]:
    with tqdm(desc="import", unit=" coffees", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        began = time.perf_counter()
        report = await import_file(path, database=database, embedder=embedder, currencies=settings.exchange_rates, progress=progress)
    return report, time.perf_counter() - began


async def _answered(queries: Sequence[dict[str, Any]], retrieval: Retrieval) -> tuple[dict[str, list[str]], list[float]]:
    rankings: dict[str, list[str]] = {}
    latencies: list[float] = []
    await retrieval.search(CoffeeQuery(text="warm up"))
    for query in tqdm(queries, desc="questions", file=sys.stderr):
        asked = first_turn(query["text"])
        began = time.perf_counter()
        matches = await retrieval.search(asked)
        latencies.append(time.perf_counter() - began)
        rankings[query["qid"]] = [candidate.external_id for candidate in matches.candidates]
    return rankings, latencies


def first_turn(text: str) -> CoffeeQuery:
    """What the conversation asks of retrieval when this is the first message."""
    understood = understand(text)
    query = query_for(understood, apply((), understood.change))
    return CoffeeQuery(traits=query.traits, text=query.text, coffee_name=query.coffee_name, limit=RANKED)


def _report(given: argparse.Namespace, path: Path, rankings: dict[str, list[str]], latencies: Sequence[float]) -> dict[str, Any]:
    lines = [json.dumps({"qid": qid, "ranked": ranked}) for qid, ranked in rankings.items()]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    milliseconds = sorted(1000 * seconds for seconds in latencies)
    result: dict[str, Any] = {
        "run": str(path),
        "median_ms": round(statistics.median(milliseconds), 1),
        "p95_ms": round(milliseconds[int(0.95 * (len(milliseconds) - 1))], 1),
    }
    if given.qrels:
        result["scores"] = score(given.scorer, "retrieval", path, queries=given.queries, qrels=given.qrels)
    return result
