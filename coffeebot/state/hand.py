"""What the shopper changes on the taste card by hand."""

from uuid import UUID

import reflex as rx
from reflex.event import EventType

from coffeebot.domain.errors import NotFound
from coffeebot.state.notice import told
from coffeebot.state.profile import Profile
from coffeebot.state.thread import Thread
from coffeebot.state.visit import shopper
from coffeebot.wiring import services


class Hand(rx.State):
    @rx.event
    async def strike(self, trait: str) -> EventType[()] | None:
        """Takes a line off the card, then has the coffees counted again."""
        thread, profile = await self.get_state(Thread), await self.get_state(Profile)
        async with told(self):
            changed = await services().profile.remove(_trait_id(trait), shopper_id=shopper(self), conversation_id=thread.id)
            profile._write(changed.lines)
            return Hand.count
        return None

    @rx.event
    async def count(self) -> None:
        """How many coffees keep every must of the card as it stands."""
        thread, profile = await self.get_state(Thread), await self.get_state(Profile)
        if not thread.id:
            return
        async with told(self):
            profile._write(None, fitting=(await services().profile.fitting(thread.id, shopper_id=shopper(self))).count)


def _trait_id(trait: object) -> UUID:
    try:
        return UUID(str(trait))
    except ValueError:
        raise NotFound("That line is no longer on the card.") from None
