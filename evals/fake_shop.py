"""The tests' fake shop in a process of its own, its pages made beforehand, for as long as a measurement lasts."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from coffeebot.cli.configuration import ROOT
from coffeebot.domain.errors import CannotStart


@contextmanager
def fake_shop(products: int) -> Iterator[str]:
    """Its address. Raises CannotStart."""
    command = [sys.executable, "-m", "tests.fake_shop", "--products", str(products)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as shop:
        try:
            address = shop.stdout.readline().strip() if shop.stdout else ""
            if not address:
                raise CannotStart("the fake shop did not start: `python -m tests.fake_shop` says why")
            yield address
        finally:
            shop.terminate()
