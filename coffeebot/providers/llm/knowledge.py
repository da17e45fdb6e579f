"""What the house barista knows beyond the catalogue: prompts/bar_knowledge.toml, read once."""

import tomllib
from functools import cache
from importlib.resources import files

from coffeebot.domain.speech import spoken

BREWING = {  # the topic that tells how to use a brewer
    "v60": "brew_recipe", "filter": "brew_recipe", "kalita": "brew_recipe", "pour_over": "brew_recipe", "drip": "brew_recipe",
    "siphon": "brew_recipe", "chemex": "brew_chemex", "espresso": "brew_espresso", "moka": "brew_moka", "french_press": "brew_french_press",
    "aeropress": "brew_aeropress", "cold_brew": "brew_cold_brew", "turkish": "brew_turkish",
}  # fmt: skip


@cache
def _topics() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("coffeebot") / "prompts" / "bar_knowledge.toml").read_text("utf-8"))


def topics() -> frozenset[str]:
    return frozenset(_topics())


def answer(topic: str, language: str) -> str | None:
    """What to say about a topic, in the shopper's language where the house speaks it; None for one it does not know."""
    told = _topics().get(topic)
    return told[spoken(language)] if told else None


def recipe(brewer: str, language: str) -> str | None:
    """A brewer's recipe in half a sentence; None for one that the book does not have."""
    told = _topics().get(BREWING.get(brewer, ""), {})
    return told.get(f"{spoken(language)}_short")
