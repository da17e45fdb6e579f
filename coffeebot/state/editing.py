"""Editing what one said: the message in hand, its new words, and the way back."""

from collections.abc import Mapping
from uuid import UUID

import reflex as rx
from reflex.event import EventType

from coffeebot.domain.errors import NotFound
from coffeebot.state.conversations import Conversations
from coffeebot.state.notice import told
from coffeebot.state.thread import Thread
from coffeebot.state.visit import shopper
from coffeebot.wiring import services
from coffeebot.words import word


class Editing(rx.State):
    """`id` is the message that is being edited, "" when none is."""

    id: str = ""

    @rx.event
    def begin(self, message: str) -> None:
        self.id = message if isinstance(message, str) else ""

    @rx.event
    def cancel(self) -> None:
        self.id = ""

    @rx.event
    async def save(self, form: dict[str, str]) -> EventType[()] | None:
        """Answers the message anew as it reads now; what followed it is replaced. What cannot be sent stays in hand."""
        text = form.get("text") if isinstance(form, Mapping) else None
        if not isinstance(text, str) or not text.strip() or not self.id:
            return None
        thread = await self.get_state(Thread)
        async with told(self, afresh=True):
            await thread._restore()
            await services().replies.edit(thread.id, _message_id(self.id), text, shopper_id=shopper(self))
            self.id = ""
            await self._reopen(thread)
            return Conversations.load  # it may be called by other words now
        return None

    @rx.event
    async def undo(self) -> EventType[()] | None:
        """Brings back what the last edit replaced."""
        thread = await self.get_state(Thread)
        async with told(self, afresh=True):
            await thread._restore()
            await services().replies.undo_edit(thread.id, shopper_id=shopper(self))
            await self._reopen(thread)
            return Conversations.load
        return None

    async def _reopen(self, thread: Thread) -> None:
        await thread._fill(await services().conversations.open(thread.id, shopper_id=shopper(self), limit=thread._limit()))


def _message_id(message: str) -> UUID:
    try:
        return UUID(message)
    except ValueError:
        raise NotFound(word("edit.gone")) from None
