"""The one line that says what stands in the way."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import reflex as rx

from coffeebot.domain.errors import CoffeebotError
from coffeebot.state.errors import in_words
from coffeebot.words import word


class Notice(rx.State):
    text: str = ""

    @rx.event
    def close(self) -> None:
        self.text = ""

    @rx.event
    def broken(self) -> None:
        """What the app shows for an error that nobody foresaw."""
        self.text = word("broken")


@asynccontextmanager
async def told(state: rx.State, *, afresh: bool = False) -> AsyncIterator[None]:
    """Turns an error of our tree into the notice; with `afresh` an older notice goes first."""
    notice = await state.get_state(Notice)
    if afresh and notice.text:
        notice.text = ""
    try:
        yield
    except CoffeebotError as error:
        notice.text = in_words(error.said, **error.values)
