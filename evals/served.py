"""An app in a process of its own, started as `up` starts it, for as long as a measurement lasts."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from coffeebot.cli.up import SERVER_OPTIONS

TICKS = os.sysconf("SC_CLK_TCK")
STARTING = 90.0  # seconds


@dataclass
class Process:
    """A running process, as /proc knows it."""

    pid: int

    def cpu_seconds(self) -> float:
        """User and system time so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory_kb(self) -> int:
        """What of its own it holds in memory: files that others map as well do not count."""
        rows = Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()
        return sum(int(row.split()[1]) for row in rows if row.startswith(("Private_Clean:", "Private_Dirty:")))


@dataclass
class Server(Process):
    port: int
    log: IO[bytes] = field(repr=False)

    def said(self) -> str:
        """All that it wrote to its log."""
        self.log.seek(0)
        return self.log.read().decode(errors="replace")


def event_name(module: str, state: str, handler: str) -> str:
    """A handler's name on the wire, as Reflex writes it."""
    snake = re.sub(r"(?<!^)(?=[A-Z])", "_", state).lower()
    return f"reflex___state____state.{module.replace('.', '___')}____{snake}.{handler}"


@asynccontextmanager
async def served(app: str, environment: dict[str, str]) -> AsyncIterator[Server]:
    with _process(app, environment) as server:
        await _answering(server)
        yield server


async def _answering(server: Server) -> None:
    """Until it accepts connections; SystemExit when it does not within STARTING seconds."""
    end = time.monotonic() + STARTING
    while time.monotonic() < end:
        try:
            (await asyncio.open_connection("127.0.0.1", server.port))[1].close()
        except OSError:
            await asyncio.sleep(0.1)
        else:
            return
    raise SystemExit(f"the app did not start within {STARTING:.0f} s")


@contextmanager
def _process(app: str, environment: dict[str, str]) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    flags = {"__REFLEX_SKIP_COMPILE": "true", "REFLEX_ENV_MODE": "prod", "PORT": str(port), "REFLEX_TELEMETRY_ENABLED": "false"}
    command = [sys.executable, "-m", "uvicorn", "--factory", app, "--host", "127.0.0.1", "--port", str(port), *SERVER_OPTIONS]
    with tempfile.TemporaryFile() as log:
        child = subprocess.Popen(command, env={**os.environ, **flags, **environment}, stdout=log, stderr=log)
        server = Server(child.pid, port, log)
        try:
            yield server
        except BaseException:
            sys.stderr.write(server.said()[-4000:])
            raise
        finally:
            child.send_signal(signal.SIGTERM)
            child.wait(20)
