"""What the app adds to a provider's own time: that all of a turn's moments are found, and in their order. How long is not for a test."""

import json
import os
import subprocess
import sys
from pathlib import Path

from coffeebot.embedded import Connection

ROOT = Path(__file__).parents[2]


def test_three_turns_are_timed(database_server: Connection) -> None:
    env = {**os.environ, "DATABASE_URL": database_server.database_url}
    options = ["--provider", "compatible", "--turns", "3", "--coffees", "100"]
    done = subprocess.run(
        [sys.executable, "-m", "evals", "latency", *options], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    measured = json.loads(done.stdout)
    stretches = [measured["send_to_request_ms"], measured["first_token_to_page_ms"], *measured["parts"].values()]
    assert measured["turns"] == 3 and len(stretches) == 5
    assert all(0 <= stretch["median"] <= stretch["p95"] <= stretch["max"] for stretch in stretches)
