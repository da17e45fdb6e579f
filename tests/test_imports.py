"""What an import brings along: the domain, the scrapers and the workers never load the page's framework."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "modules",
    [
        "coffeebot.domain",
        "coffeebot.domain.understanding",
        "scrapers",
        "workers",
        "workers.__main__",
        "workers.jobs",
        "coffeebot.wiring",
        "evals",
    ],
)
def test_no_reflex(modules: str) -> None:
    code = f"import sys, {modules}; print([name for name in sys.modules if name.split('.')[0].startswith('reflex')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
