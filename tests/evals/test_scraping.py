"""A small shop read by each side: the same rows, and figures for all of them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coffeebot.embedded import Connection
from evals.scraping.sides import SIDES

ROOT = Path(__file__).parents[2]


def test_every_side_reads_the_whole_shop_and_the_comparison_is_of_like_with_like(database_server: Connection) -> None:
    pytest.importorskip("scrapy", reason="Scrapy comes with requirements-dev.txt")
    env = {**os.environ, "DATABASE_URL": database_server.database_url}
    command = [sys.executable, "-m", "evals", "scraping", "--products", "260", "--small", "20"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    measured: dict[str, Any] = json.loads(done.stdout)
    assert {side: figures["read"] for side, figures in measured["sides"].items()} == dict.fromkeys(SIDES, 260)
    assert measured["same_rows"] is True
    assert all(times > 0 for times in measured["times_scrapy"].values())
    assert all(peaks["260"] > 0 and peaks["20"] > 0 for peaks in measured["peak_mb"].values())
