"""A child that runs to its end before we go on: a migration, a build."""

import os
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from coffeebot.cli.configuration import ROOT
from coffeebot.domain.errors import CannotStart
from coffeebot.embedded.process import Child, Command


def run_to_end(name: str, argv: tuple[str | Path, ...], *, env: Mapping[str, str], log: Path) -> None:
    """Its output goes to `log`; CannotStart with its last words when it fails. Nothing of it is left when we are interrupted."""
    log.unlink(missing_ok=True)
    child = Child(Command(name=name, argv=argv, env=env, cwd=ROOT, log=log, death_signal=signal.SIGKILL))
    try:
        while child.exit_code is None:
            time.sleep(0.05)
    except BaseException:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)  # its children too: it leads its own session
        child.stop()
        raise
    if child.exit_code != 0:
        raise CannotStart(f"{name} failed: {child.last_words() or f'exit code {child.exit_code}'} (all of it is in {log})")
