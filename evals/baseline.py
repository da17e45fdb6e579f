"""What was measured before: figures in evals/results/, one file an evaluation."""

import json
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
Figures = dict[str, Any]


def against(name: str, figures: Figures) -> Figures:
    """{"size.figure": [before, now]} for every number that differs from the stored ones; empty when nothing is stored."""
    stored = RESULTS / f"{name}.json"
    before = _flat(json.loads(stored.read_text(encoding="utf-8"))) if stored.exists() else {}
    return {path: [before[path], now] for path, now in _flat(figures).items() if path in before and before[path] != now}


def store(name: str, figures: Figures) -> None:
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def _flat(figures: Figures, lead: str = "") -> dict[str, float]:
    flat: dict[str, float] = {}
    for name, value in figures.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{lead}{name}.")
        elif isinstance(value, int | float):
            flat[lead + name] = value
    return flat
