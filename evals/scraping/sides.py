"""Who reads the shop: each side in a process of its own, so that its time and memory are its own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def fake_shop(products: int) -> Iterator[str]:
    """The address of a shop in a process of its own, its pages made beforehand."""
    command = [sys.executable, "-m", "tests.fake_shop", "--products", str(products)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as shop:
        try:
            address = shop.stdout.readline().strip() if shop.stdout else ""
            if not address:
                raise CannotStart("the fake shop did not start: `python -m tests.fake_shop` says why")
            yield address
        finally:
            shop.terminate()


def read_by(side: str, shop: str, database: str) -> Run:
    """Raises CannotStart when the side fails; its own words are on standard error."""
    done = subprocess.run([sys.executable, "-m", "evals.scraping", side, shop, database], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise CannotStart(f"{side} did not read the shop (exit {done.returncode}); Scrapy comes with requirements-dev.txt")
    return Run(**json.loads(done.stdout.splitlines()[-1]))
