"""What the command line says: progress to stdout, complaints to stderr; a terminal that is gone stops nothing."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO


def say(text: str) -> None:
    _write(f"{text}\n", sys.stdout)


def complain(text: str) -> None:
    _write(f"coffeebot: {text}\n", sys.stderr)


@contextmanager
def step(title: str) -> Iterator[None]:
    """One line for one step: what is being done, and at its end how long it took."""
    started = time.monotonic()
    _write(f"{title} … ", sys.stdout)
    try:
        yield
    except BaseException:
        _write("\n", sys.stdout)
        raise
    _write(f"{time.monotonic() - started:.1f} s\n", sys.stdout)


def _write(text: str, stream: TextIO) -> None:
    with suppress(OSError, ValueError):
        stream.write(text)
        stream.flush()
