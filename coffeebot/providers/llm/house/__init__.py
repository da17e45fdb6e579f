"""The house barista: speaks without a model, from the same context, and answers when no provider can."""

from coffeebot.providers.llm.house.barista import HouseBarista, closing

__all__ = ["HouseBarista", "closing"]
