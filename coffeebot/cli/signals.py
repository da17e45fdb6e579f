"""Turns the signals that ask us to stop into an exception, so that every `with` block cleans up."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Stopped(BaseException):
    """Somebody asked us to stop; not an error, and nothing may swallow it."""


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Stopped is raised once; later signals change nothing. A hang-up that nohup had ignored stays ignored."""
    watched = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        watched.append(signal.SIGHUP)

    def stop(signum: int, frame: FrameType | None) -> None:
        for each in watched:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    before = {each: signal.signal(each, stop) for each in watched}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
