"""Measures how fast a whole shop comes into PostgreSQL, beside Scrapy, and that the memory for it does not grow with the shop."""

import argparse
import asyncio
from statistics import median
from typing import Any

from coffeebot.settings import Settings
from evals.fake_shop import fake_shop
from evals.scraping.rows import digest
from evals.scraping.sides import SIDES, Run, read_by
from evals.scratch import scratch_database

ALIKE = ("crawl", "scrapy")  # do the same work: they must write the same rows


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--products", type=int, default=5000, metavar="N", help="coffees of the shop")
    parser.add_argument("--small", type=int, default=1000, metavar="N", help="of the smaller shop that memory is compared with")
    parser.add_argument("--rounds", type=int, default=1, metavar="N", help="how often each side reads the shop, in turns; medians are told")
    parser.add_argument("--sides", nargs="+", choices=SIDES, default=list(SIDES), metavar="SIDE", help=f"of {', '.join(SIDES)}")


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Each side in a process of its own reads a small and a large shop; seconds, products a second and peak memory of each."""
    return asyncio.run(_run(given))


async def _run(given: argparse.Namespace) -> dict[str, Any]:
    sizes = dict.fromkeys((given.small, given.products))
    runs: dict[tuple[str, int], list[Run]] = {}
    digests: dict[int, set[str]] = {}
    async with scratch_database(Settings()) as database:
        url = database.engine.url.render_as_string(hide_password=False)
        for size in sizes:
            with fake_shop(size) as shop:
                for _ in range(given.rounds):
                    for side in given.sides:
                        print(f"{side}: {size:,} products")
                        runs.setdefault((side, size), []).append(read_by(side, shop, url))
                        if side in ALIKE:
                            digests.setdefault(size, set()).add(digest(url))
    figures = {side: _figures(side, given.products, runs) for side in given.sides}
    return {
        "products": given.products,
        "rounds": given.rounds,
        "sides": figures,
        "times_scrapy": {figure: _times_faster(figures, figure) for figure in ("seconds", "cpu_seconds")},
        "same_rows": all(len(written) == 1 for written in digests.values()),
        "peak_mb": {side: {str(size): round(median(run.peak_mb for run in runs[side, size]), 1) for size in sizes} for side in given.sides},
    }


def _times_faster(figures: dict[str, Any], figure: str) -> float | None:
    """How often our time for the same work goes into Scrapy's; the processor's seconds mind less what else the machine does."""
    ours, theirs = (figures.get(side, {}).get(figure) for side in ALIKE)
    return round(theirs / ours, 2) if ours and theirs else None


def _figures(side: str, products: int, runs: dict[tuple[str, int], list[Run]]) -> dict[str, Any]:
    found = runs[side, products]
    seconds = median(run.seconds for run in found)
    return {
        "read": found[0].read,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(median(run.cpu_seconds for run in found), 2),
        "products_per_second": round(products / seconds, 1),
    }
