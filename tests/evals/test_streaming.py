"""What a streamed reply costs, on a short script: the page's socket must not fall back to sending everything again."""

import json
import os
import subprocess
import sys
from pathlib import Path

from coffeebot.embedded import Connection
from evals.script import numbers, token

ROOT = Path(__file__).parents[2]


def test_every_token_is_known_again_in_json() -> None:
    text = "".join(map(token, range(130)))
    assert numbers(text) == numbers(json.dumps({"text": text})) == list(range(130))
    assert numbers("sz-zabc-1 xzabc zabcd") == []


def test_words_travel_about_once(database_server: Connection) -> None:
    env = {**os.environ, "DATABASE_URL": database_server.database_url, "SCRIPT_TOKENS": "240"}
    command = [sys.executable, "-m", "evals", "streaming", "--skip-plain"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    measured = json.loads(done.stdout)["product"]
    assert measured["payload_per_byte"] <= 20
    assert measured["tcp_per_byte"] <= 4  # the fixed part weighs more on a short text
