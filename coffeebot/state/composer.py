"""What the shopper does to a conversation: say, stop, try again, go on."""

from uuid import UUID, uuid4

import reflex as rx
from reflex.event import EventType

from coffeebot.state.ids import field, read
from coffeebot.state.live import Live
from coffeebot.state.message import mine
from coffeebot.state.notice import told
from coffeebot.state.thread import Thread
from coffeebot.state.visit import shopper
from coffeebot.wiring import services


class Composer(rx.State):
    """`unsent` gives a message back to its writer when it could not be sent; `failures` tells one failure from the next."""

    unsent: str = ""
    failures: int = 0

    @rx.event
    async def say(self, form: dict[str, str]) -> EventType[()] | None:
        """Sends the composer's message, under the id that the page gave it to know it again by."""
        text = field(form, "message")
        return await self._send(text, read(field(form, "key")) or uuid4()) if text.strip() else None

    @rx.event
    async def choose(self, text: str) -> EventType[()] | None:
        """Sends a ready answer: a starter, an answer to the question, a follow-up."""
        return await self._send(text, uuid4()) if isinstance(text, str) and text.strip() else None

    @rx.event
    async def stop(self) -> None:
        thread = await self.get_state(Thread)
        async with told(self):
            await thread._restore()
            await services().replies.stop(thread.id, shopper_id=shopper(self))

    @rx.event
    async def retry(self) -> None:
        """Answers the last message again."""
        thread = await self.get_state(Thread)
        live = await self.get_state(Live)
        async with told(self):
            await thread._restore()
            live._clear(str(await services().replies.retry(thread.id, shopper_id=shopper(self))))

    @rx.event
    async def resume(self) -> None:
        """Lets an answer that broke off go on."""
        thread = await self.get_state(Thread)
        live = await self.get_state(Live)
        async with told(self):
            await thread._restore()
            await services().replies.resume(thread.id, shopper_id=shopper(self))
            live._go_on()

    async def _send(self, text: str, key: UUID) -> EventType[()] | None:
        thread = await self.get_state(Thread)
        begins = sent = False
        async with told(self, afresh=True):
            await thread._restore()
            owner, begins, conversation = shopper(self), not thread.id, thread.id
            if begins:
                conversation, reply = await services().replies.start_anew(text, shopper_id=owner, message_id=key)
            else:
                reply = await services().replies.start(conversation, text, shopper_id=owner, message_id=key)
            await thread._say(mine(text.strip(), str(key)), str(reply))
            thread.id = conversation
            thread._begun = conversation if begins else ""
            sent = True
        self.unsent, self.failures = ("", self.failures) if sent else (text, self.failures + 1)
        if not sent:
            return None
        return rx.redirect(f"/?c={thread.id}", replace=True) if begins else None
