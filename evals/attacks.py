"""Strings that have broken other programs, read from a folder where there is one: JSON, JSON lines or a string a line."""

import json
from collections.abc import Iterator
from pathlib import Path

from evals.scorer import bench

LONGEST = 400  # characters of a string that is used


def attacks() -> Path:
    """The folder beside the bench."""
    return bench().parent / "attacks"


def attack_strings(folder: Path) -> list[str]:
    """In an order that does not change; empty when there is no such folder."""
    found = (text.strip()[:LONGEST] for path in sorted(folder.glob("*.*")) for text in _strings(path))
    return sorted({text for text in found if text})


def _strings(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8", errors="replace")
    match path.suffix:
        case ".json":
            told = json.loads(text)
            yield from map(str, told["payloads"] if isinstance(told, dict) else told)
        case ".jsonl":
            yield from (str(json.loads(line)["url"]) for line in text.splitlines() if line)
        case ".txt":
            yield from text.splitlines()
