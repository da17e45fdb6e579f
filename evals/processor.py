"""Processor time of those who take part in a measurement, and of the whole machine beside them."""

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import psycopg
from sqlalchemy import URL

from evals.served import TICKS, Process


class Worker(Protocol):
    """Process, or Backends."""

    def cpu_seconds(self) -> float: ...


class Backends:
    """The processes of a PostgreSQL on this machine that work for one database; 0 seconds when it is elsewhere.

    One that has begun and ended between two looks is not seen.
    """

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._seen: dict[int, float] = {}

    def cpu_seconds(self) -> float:
        with psycopg.connect(self._url) as connection:
            pids = connection.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()").fetchall()
        for (pid,) in pids:
            with suppress(FileNotFoundError, ProcessLookupError):  # it ended since
                if _is_postgres(pid):
                    self._seen[pid] = Process(pid).cpu_seconds()
        return sum(self._seen.values())


class Stopwatch:
    """Starts when it is made. The process that holds it takes part as well, under `own`."""

    def __init__(self, workers: Mapping[str, Worker], *, own: str) -> None:
        self._workers = workers
        self._own = own
        self._began = self._now()

    def read(self) -> dict[str, float]:
        """Seconds of each, of all others on the machine, and the share of the machine that was in use."""
        spent = {name: value - self._began[name] for name, value in self._now().items()}
        elapsed, machine = spent.pop("elapsed"), spent.pop("machine")
        others = machine - sum(spent.values())
        share = machine / elapsed / (os.cpu_count() or 1)
        return {**{name: round(value, 2) for name, value in spent.items()}, "others": round(others, 2), "machine_in_use": round(share, 2)}

    def _now(self) -> dict[str, float]:
        read = {name: worker.cpu_seconds() for name, worker in self._workers.items()}
        return {**read, self._own: time.process_time(), "machine": _machine(), "elapsed": time.monotonic()}


def _is_postgres(pid: int) -> bool:
    return Path(f"/proc/{pid}/cmdline").read_bytes().startswith(b"postgres")


def _machine() -> float:
    """Seconds that all processors together have worked, for whomever."""
    fields = Path("/proc/stat").read_text().splitlines()[0].split()[1:9]
    user, nice, system, _idle, _waiting, irq, softirq, _stolen = map(int, fields)
    return (user + nice + system + irq + softirq) / TICKS
