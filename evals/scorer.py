"""Where the bench and its scorer lie, and asking it."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from coffeebot.domain.errors import BadInput


def bench() -> Path:
    """The folder of the coffee bench: under COFFEEBOT_BENCH, else beside the checkout."""
    return Path(os.environ.get("COFFEEBOT_BENCH") or Path(__file__).parents[2] / "shared" / "data") / "bench"


def add_scorer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--scorer", type=Path, metavar="PATH", default=bench() / "score.py", help="default: %(default)s")


def require(scorer: Path) -> Path:
    """Asked before the work, so that nobody waits for nothing."""
    if not scorer.is_file():
        raise BadInput(
            f"There is no scorer at {scorer}: give --scorer PATH, or set COFFEEBOT_BENCH to the folder that holds bench/score.py."
        )
    return scorer


def score(scorer: Path, what: str, run: Path, **files: Path) -> dict[str, Any]:
    """What `scorer what RUN --name FILE …` prints."""
    options = [word for name, path in files.items() for word in (f"--{name}", str(path))]
    done = subprocess.run([sys.executable, str(require(scorer)), what, str(run), *options], capture_output=True, text=True, check=False)
    if done.returncode:
        raise BadInput(f"The scorer failed: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}")
    told: dict[str, Any] = json.loads(done.stdout)
    return told
