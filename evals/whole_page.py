"""The product's own app, with all messages of a conversation on its page: what the window of the last ones is measured against."""

from coffeebot.services import history

history.AT_ONCE = history.SHOWN = history.MOST_SHOWN  # before the states take it

from coffeebot.coffeebot import app  # noqa: E402

__all__ = ["app"]
