"""Who reads the shop: each side in a process of its own, so that its time and memory are its own."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from coffeebot.domain.errors import CannotStart

ROOT = Path(__file__).parents[2]
SIDES = {
    "crawl": "our fetcher and crawl; a row for each coffee that the normaliser finds",
    "scrapy": "Scrapy with an equivalent spider; the same normaliser, the same rows",
    "ingestion": "our fetcher, crawl and ingestion: snapshot, matching, a proposal for each coffee, all in one transaction",
}


@dataclass(frozen=True, slots=True)
class Run:
    """One reading of a shop: how many items, in how many seconds of the clock and of the processor, with how much memory at most."""

    read: int
    seconds: float
    cpu_seconds: float
    peak_mb: float


def read_by(side: str, shop: str, database: str) -> Run:
    """Raises CannotStart when the side fails; its own words are on standard error."""
    done = subprocess.run([sys.executable, "-m", "evals.scraping", side, shop, database], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise CannotStart(f"{side} did not read the shop (exit {done.returncode}); Scrapy comes with requirements-dev.txt")
    return Run(**json.loads(done.stdout.splitlines()[-1]))
