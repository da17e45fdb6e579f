"""One child process: how it is started, asked to stop, and made sure to end with us."""

import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from coffeebot.embedded.account import Account
from coffeebot.lifeline import end_with_parent

LOG_BYTES = 10_000_000  # at a start, a longer log is put aside as .1


@dataclass(frozen=True, kw_only=True)
class Command:
    """What to run and how to end it. `layer` 0 are the servers, 1 what uses them and therefore stops first."""

    name: str
    argv: tuple[str | Path, ...]
    env: Mapping[str, str]
    cwd: Path
    layer: int = 1
    account: Account | None = None
    log: Path | None = None  # None: our own output
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGTERM  # what it gets when we are killed outright
    force_signal: signal.Signals = signal.SIGKILL  # when it takes longer than `stop_seconds`
    stop_seconds: float = 10.0
    keep_open: tuple[int, ...] = ()


class Child:
    """A command that runs, or ran."""

    def __init__(self, command: Command) -> None:
        self.command = command
        self._process = _spawn(command)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative for a signal."""
        return self._process.poll()

    def last_words(self) -> str:
        """The end of its log, for an error message; empty when it writes to our own output."""
        if self.command.log is None or not self.command.log.exists():
            return ""
        lines = [line.strip() for line in self.command.log.read_text(errors="replace").splitlines()[-50:] if line.strip()]
        grave = [line for line in lines if "FATAL" in line or "PANIC" in line]
        return (grave or lines or [""])[-1]

    def ask_to_stop(self) -> None:
        if self.exit_code is None:
            self._process.send_signal(self.command.stop_signal)

    def stop(self) -> None:
        self.ask_to_stop()
        for signum, seconds in ((self.command.force_signal, self.command.stop_seconds), (signal.SIGKILL, 5.0)):
            try:
                self._process.wait(seconds)
                return
            except subprocess.TimeoutExpired:
                self._process.send_signal(signum)
        self._process.wait()


def _spawn(command: Command) -> subprocess.Popen[bytes]:
    parent = os.getpid()

    def prepare() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, signal.SIG_DFL)
        end_with_parent(parent, command.death_signal)

    with ExitStack() as stack:
        output = None if command.log is None else stack.enter_context(_open_log(command.log))
        account = command.account
        return subprocess.Popen(
            [str(word) for word in command.argv],
            env=dict(command.env),
            cwd=command.cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # a Ctrl-C in the terminal is for us; we stop the children in their order
            pass_fds=command.keep_open,
            preexec_fn=prepare,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )


def _open_log(path: Path) -> BinaryIO:
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_name(path.name + ".1"))
    return path.open("ab")
