"""The shared tables of real strings: tests that read them are skipped where they do not lie."""

import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(os.environ.get("COFFEEBOT_BENCH", "../shared/data"))


def rows(name: str) -> list[dict[str, Any]]:
    """A table's rows; skips the test that asks where there is no such table."""
    return [json.loads(line) for line in _path(name).read_text("utf-8").splitlines() if line.strip()]


def scorer(name: str) -> ModuleType:
    """A table's own scorer, as a module."""
    spec = importlib.util.spec_from_file_location("table_scorer", _path(name))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(name: str) -> Path:
    """A shop's saved page or feed."""
    return _path(name)


def _path(name: str) -> Path:
    path = ROOT / name
    if not path.exists():
        pytest.skip(f"no {name} under {ROOT}: set COFFEEBOT_BENCH to the shared tables")
    return path
