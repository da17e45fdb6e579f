"""Kill -9 in the middle of scrapes, on a small scale: nothing duplicated, nothing lost, nothing sold out."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(900)
def test_each_of_the_four_may_be_killed() -> None:
    command = [sys.executable, "-m", "evals", "scrape-faults", "--rounds", "4", "--products", "40"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["wrong"] == {"duplicated": 0, "sold_out": 0, "withdrawn": 0, "lost": 0, "wrong_price": 0, "unfinished": 0}
    assert sum(count for name, count in told["killed"].items() if name.endswith("while fetching")) == 4, "each was hit in the middle"
