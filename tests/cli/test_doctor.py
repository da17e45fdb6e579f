"""`doctor` over real HTTP: a verdict for each key, address and model, and who would answer."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from coffeebot.cli.configuration import ROOT
from evals.wire import Wire, wire_server
from evals.wire.http1 import answer


@contextmanager
def service() -> Iterator[Wire]:
    """A wire that plays in a thread of its own."""
    opened: list[Wire] = []
    there, over = Event(), Event()

    async def serve() -> None:
        async with wire_server() as wire:
            opened.append(wire)
            there.set()
            await asyncio.to_thread(over.wait)

    thread = Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    there.wait(5)
    try:
        yield opened[0]
    finally:
        over.set()
        thread.join()


def doctor(**environment: str) -> tuple[int, str]:
    env = {"PATH": os.environ["PATH"], "FIRST_WORD_SECONDS": "1", "CONNECT_SECONDS": "1", **environment}
    told = subprocess.run(
        [sys.executable, "-m", "coffeebot", "doctor"], cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert not told.stderr, told.stderr
    return told.returncode, told.stdout


def test_without_a_key_the_house_answers() -> None:
    code, told = doctor()
    assert code == 0 and "the house barista answers" in told


def test_the_first_good_model_would_answer() -> None:
    with service() as wire:
        wire.key, wire.models = "good", ["claude-sonnet-5-5", "claude-haiku-5-5", "llama"]
        both = {"ANTHROPIC_BASE_URL": wire.url, "OPENAI_BASE_URL": wire.url, "OPENAI_MODEL": "llama", "OPENAI_API_KEY": "good"}
        code, told = doctor(ANTHROPIC_API_KEY="good", **both)
        assert code == 0 and "claude-sonnet-5-5 (anthropic) would answer." in told and "claude-haiku-5-5 (anthropic) reads" in told
        code, told = doctor(ANTHROPIC_API_KEY="stale", **both)
        assert code == 1 and "the key is refused: check ANTHROPIC_API_KEY" in told and "llama (compatible) would answer." in told
        assert "stale" not in told
        code, told = doctor(ANTHROPIC_API_KEY="good", ANTHROPIC_BASE_URL=wire.url, ANTHROPIC_MODEL="claude-nowhere")
        assert code == 1 and "unknown model claude-nowhere" in told and "claude-haiku-5-5 (anthropic) would answer in their place." in told


@pytest.mark.parametrize("kind", ["ANTHROPIC", "OPENAI"])
def test_an_address_that_is_none_is_named(kind: str) -> None:
    code, told = doctor(**{f"{kind}_API_KEY": "k", f"{kind}_BASE_URL": "http://127.0.0.1:9"})
    assert code == 1 and "nobody answers at http://127.0.0.1:9" in told and f"{kind}_BASE_URL" in told
    assert "The house barista would answer." in told
    with service() as wire:
        wire.look_up = lambda asked: answer(200, "<html>Welcome</html>", {"content-type": "text/html"})
        code, told = doctor(**{f"{kind}_API_KEY": "k", f"{kind}_BASE_URL": wire.url})
        assert code == 1 and "not a service of models" in told
