"""Many replies at once, on a small scale: nobody may fail, and every token must be heard."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coffeebot.embedded import Connection
from coffeebot.providers.llm.choose import choose
from coffeebot.settings import Settings
from evals.spoken import WIRED, led_to

ROOT = Path(__file__).parents[2]
TABS = 5


def load(server: Connection, *options: str) -> dict[str, Any]:
    env = {**os.environ, "DATABASE_URL": server.database_url}
    command = [sys.executable, "-m", "evals", "load", "--tabs", str(TABS), "--within", "0.5", "--coffees", "100", *options]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


@pytest.mark.parametrize("provider", WIRED)
def test_an_app_is_led_to_the_provider_and_to_nobody_else(monkeypatch: pytest.MonkeyPatch, provider: str) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "of somebody")
    monkeypatch.setenv("OPENAI_API_KEY", "of somebody")
    for name, value in led_to(provider, 1).items():
        monkeypatch.setenv(name, value)
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    assert [model.provider for model in choose(settings).first] == [provider]
    assert settings.budget_day is settings.budget_shopper is settings.budget_conversation is None


def test_every_token_of_a_model_is_heard(database_server: Connection) -> None:
    measured = load(database_server, "--provider", "anthropic", "--tokens", "40")
    assert measured["errors"] == 0, measured["error_sample"]  # a tab that misses a token says so
    assert measured["answered_by"] == {"anthropic: complete": TABS + 1}
    assert measured["calls"] == {"reply: ok": TABS + 1, "profile: ok": TABS + 1}
    assert measured["gaps"] >= TABS and set(measured["cpu_seconds"]) >= {"app", "wire", "tabs"}
    assert measured["memory"]["peak_mb"] >= measured["memory"]["idle_mb"] > 0


def test_the_house_needs_no_model(database_server: Connection) -> None:
    measured = load(database_server, "--provider", "house")
    assert measured["errors"] == 0, measured["error_sample"]
    assert measured["answered_by"] == {"house: complete": TABS + 1} and measured["calls"] == {}
    assert measured["tokens"] is None and measured["gaps"] >= TABS
