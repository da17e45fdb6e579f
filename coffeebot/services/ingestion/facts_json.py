"""Facts as JSON, for a proposal to keep until a curator comes."""

from typing import Any

from pydantic import TypeAdapter

from coffeebot.domain.coffee import CoffeeFacts

_FACTS = TypeAdapter(CoffeeFacts)


def facts_to_json(facts: CoffeeFacts) -> dict[str, Any]:
    dumped: dict[str, Any] = _FACTS.dump_python(facts, mode="json")
    return dumped


def facts_from_json(value: dict[str, Any]) -> CoffeeFacts:
    """What `facts_to_json` wrote."""
    return _FACTS.validate_python(value)
