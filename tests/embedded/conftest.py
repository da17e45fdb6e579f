"""Homes for servers, and a look into /proc."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


@pytest.fixture
def home() -> Iterator[Path]:
    """A data folder as `mktemp -d` makes it: ours alone, though the servers run as another user when we are root."""
    with tempfile.TemporaryDirectory(prefix="coffeebot-home-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture
def processes_of() -> Callable[[Path], list[int]]:
    """Living processes that name a folder on their command line, ourselves excepted."""

    def look(folder: Path) -> list[int]:
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words, state = (entry / "cmdline").read_bytes(), (entry / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:  # it has just ended
                continue
            if os.fsencode(folder) in words and state != "Z" and int(entry.name) != os.getpid():
                found.append(int(entry.name))
        return found

    return look
