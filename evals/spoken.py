"""Who speaks in a measurement: a provider's wire in a process of its own with what leads an app to it, or the house barista."""

import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from evals.script import PER_SECOND
from evals.served import Process

WIRED = ("anthropic", "openai", "compatible")
HOUSE = "house"
_KEY = "the-wire-takes-any"
_NOBODY = dict.fromkeys(("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API"), "")
_NO_LIMIT = dict.fromkeys(("BUDGET_DAY", "BUDGET_SHOPPER", "BUDGET_CONVERSATION"), "none")


@dataclass
class Wire(Process):
    """`times` are there when the process has ended: when each reply was asked for and when its first token went (time.monotonic)."""

    port: int
    times: list[tuple[float, float]] = field(default_factory=list)


def led_to(provider: str, port: int) -> dict[str, str]:
    """The environment of an app that asks `provider` on that port, and nobody else. Prices hold, budgets do not."""
    address = f"http://127.0.0.1:{port}"
    ours = {
        "anthropic": {"ANTHROPIC_API_KEY": _KEY, "ANTHROPIC_BASE_URL": address},
        "openai": {"OPENAI_API_KEY": _KEY, "OPENAI_BASE_URL": f"{address}/v1", "OPENAI_API": "responses"},
        "compatible": {"OPENAI_BASE_URL": f"{address}/v1", "OPENAI_API": "chat"},
    }[provider]
    return {**_NOBODY, **_NO_LIMIT, **ours}


def house_alone() -> dict[str, str]:
    """The environment of an app without a model, whose barista speaks as fast as the wire."""
    return {**_NOBODY, "HOUSE_WORDS_PER_SECOND": str(PER_SECOND)}


@asynccontextmanager
async def wire_process(*, tokens: int, delay: float = 0.0) -> AsyncIterator[Wire]:
    """`python -m evals.wire`; every reply is of `tokens` at the usual pace, `delay` seconds after it was asked for."""
    with tempfile.TemporaryDirectory() as folder:
        times = Path(folder) / "times"
        command = ["-m", "evals.wire", "--tokens", str(tokens), "--tokens-per-second", str(PER_SECOND)]
        command += ["--first-token-delay", str(delay), "--times", str(times)]
        child = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
        assert child.stdout is not None
        try:
            wire = Wire(child.pid, int((await child.stdout.readline()).split()[1]))
            yield wire
        finally:
            child.terminate()
            await child.wait()
        wire.times = [(at, spoke) for at, spoke in map(json.loads, times.read_text(encoding="utf-8").splitlines())]
