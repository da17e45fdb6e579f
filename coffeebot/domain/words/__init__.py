"""The word lists behind the house's understanding: one TOML a subject, read once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The lists of one subject as they stand in the file."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))


def listed(words: str) -> tuple[str, ...]:
    """The phrases of a list, which commas separate."""
    return tuple(word for word in (part.strip() for part in words.replace("\n", " ").split(",")) if word)


@cache
def words(name: str) -> frozenset[str]:
    """A list of single words from ordinary.toml, which spaces separate."""
    return frozenset(table("ordinary")[name].split())
