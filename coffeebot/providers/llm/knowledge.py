"""What the house barista knows beyond the catalogue: prompts/bar_knowledge.toml, read once."""

import tomllib
from functools import cache
from importlib.resources import files

from coffeebot.domain.speech import spoken


@cache
def _topics() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("coffeebot") / "prompts" / "bar_knowledge.toml").read_text("utf-8"))


def topics() -> frozenset[str]:
    return frozenset(_topics())


def answer(topic: str, language: str) -> str | None:
    """What to say about a topic, in the shopper's language where the house speaks it; None for one it does not know."""
    told = _topics().get(topic)
    return told[spoken(language)] if told else None
