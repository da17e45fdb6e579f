"""Editing what one said: the message in hand, its new words, and the way back."""

import reflex as rx

from coffeebot.state.ids import field, known
from coffeebot.state.notice import told
from coffeebot.state.thread import Thread
from coffeebot.state.visit import shopper
from coffeebot.wiring import services


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
    async def save(self, form: dict[str, str]) -> None:
        """Answers the message anew as it reads now; what followed it is replaced. What cannot be sent stays in hand."""
        text = field(form, "text")
        if not text.strip() or not self.id:
            return
        thread = await self.get_state(Thread)
        async with told(self, afresh=True):
            await thread._restore()
            await services().replies.edit(thread.id, known(self.id, "edit.gone"), text, shopper_id=shopper(self))
            self.id = ""
            await self._reopen(thread)

    @rx.event
    async def undo(self) -> None:
        """Brings back what the last edit replaced."""
        thread = await self.get_state(Thread)
        async with told(self, afresh=True):
            await thread._restore()
            await services().replies.undo_edit(thread.id, shopper_id=shopper(self))
            await self._reopen(thread)

    async def _reopen(self, thread: Thread) -> None:
        await thread._fill(await services().conversations.open(thread.id, shopper_id=shopper(self), limit=thread._limit()))
