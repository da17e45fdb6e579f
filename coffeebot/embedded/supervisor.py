"""Keeps processes running: restarts what crashes, gives up on what keeps failing, stops all in order."""

import signal
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

from coffeebot.domain.errors import CannotStart
from coffeebot.embedded.process import Child, Command

LOOK_AGAIN = 1.0  # seconds: where there are more threads, one of them may take the signal that a child ended


@dataclass(frozen=True)
class Patience:
    """Waits `first_delay` seconds after a crash and twice as long after each further one; `failures` within `window` are too many."""

    failures: int = 5
    window: float = 60.0
    first_delay: float = 0.5
    longest_delay: float = 10.0

    def delay(self, crashes: int) -> float:
        return float(min(self.first_delay * 2 ** (crashes - 1), self.longest_delay))


@dataclass
class _Watched:
    child: Child
    crashes: deque[float] = field(default_factory=deque)
    restart_at: float | None = None


class Supervisor:
    """A context manager: on leaving, children of the higher layer stop first, then those of the lower."""

    def __init__(self, say: Callable[[str], None], patience: Patience | None = None) -> None:
        self._say = say
        self._patience = patience or Patience()
        self._watched: list[_Watched] = []

    def start(self, command: Command) -> Child:
        child = Child(command)
        self._watched.append(_Watched(child))
        return child

    def watch(self) -> None:
        """Until a signal's handler raises; CannotStart when a child keeps failing."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})  # so that none is missed between look and wait
        try:
            while True:
                self._look()
                signal.sigtimedwait({signal.SIGCHLD}, self._next_restart())
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def stop(self) -> None:
        for layer in sorted({watched.child.command.layer for watched in self._watched}, reverse=True):
            children = [watched.child for watched in self._watched if watched.child.command.layer == layer]
            for child in children:
                child.ask_to_stop()
            for child in children:
                child.stop()
        self._watched.clear()

    def __enter__(self) -> "Supervisor":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def _look(self) -> None:
        for watched in self._watched:
            if watched.child.exit_code is None:
                continue
            if watched.restart_at is None:
                self._crashed(watched)
            elif time.monotonic() >= watched.restart_at:
                watched.child = Child(watched.child.command)
                watched.restart_at = None

    def _crashed(self, watched: _Watched) -> None:
        now = time.monotonic()
        watched.crashes.append(now)
        while watched.crashes[0] < now - self._patience.window:
            watched.crashes.popleft()
        crashes = len(watched.crashes)
        if crashes >= self._patience.failures:
            raise CannotStart(self._verdict(watched.child, crashes))
        delay = self._patience.delay(crashes)
        watched.restart_at = now + delay
        self._say(f"{watched.child.command.name} ended {_how(watched.child)}; starting it again in {delay:g} s")

    def _verdict(self, child: Child, crashes: int) -> str:
        sentence = f"{child.command.name} keeps failing: {crashes} times within {self._patience.window:g} seconds, at last {_how(child)}"
        words = child.last_words()
        return f"{sentence}: {words}" if words else f"{sentence}; what it said stands above."

    def _next_restart(self) -> float:
        due = [watched.restart_at for watched in self._watched if watched.restart_at is not None]
        return max(0.0, min(LOOK_AGAIN, *(moment - time.monotonic() for moment in due))) if due else LOOK_AGAIN


def _how(child: Child) -> str:
    code = child.exit_code or 0
    return f"by signal {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"
