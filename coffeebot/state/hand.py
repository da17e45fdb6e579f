"""What the shopper changes on the taste card by hand, and what follows from it: the count and the cards."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import reflex as rx
from reflex.event import EventType

from coffeebot.domain.taste import Trait
from coffeebot.services.profile import Changed
from coffeebot.state.ids import known
from coffeebot.state.notice import told
from coffeebot.state.profile import Profile
from coffeebot.state.saved import Saved
from coffeebot.state.thread import Thread
from coffeebot.state.undo import Step, Undo
from coffeebot.state.visit import shopper
from coffeebot.wiring import services
from coffeebot.words import word

Change = Callable[[dict[str, Any]], Awaitable[Changed]]


class Hand(rx.State):
    _before: tuple[Trait, ...] | None = None  # the profile until the first of the changes that are not settled

    @rx.event
    async def strike(self, trait: str) -> EventType[()] | None:
        """Takes a line off the card."""
        return await self._line(trait, services().profile.remove, "taste.removed")

    @rx.event
    async def pause(self, trait: str) -> EventType[()] | None:
        """Lets a line rest, or applies it again."""
        return await self._line(trait, services().profile.pause, "taste.pause.turned")

    @rx.event
    async def rest(self) -> EventType[()] | None:
        """Lets the whole card rest, or applies all of it again."""
        profile = await self.get_state(Profile)
        rests = not profile.rests
        async with told(self, afresh=True):
            return await self._change(lambda mine: services().profile.rest(rests, **mine), word("taste.rested" if rests else "taste.woken"))
        return None

    @rx.event
    async def relax(self, trait: str) -> EventType[()] | None:
        """Lets go of a must that stands in a coffee's way: the line rests."""
        return await self._line(trait, partial(services().profile.pause, paused=True), "taste.relaxed")

    @rx.event
    async def undo(self) -> EventType[()] | None:
        """Takes back what the hand did last."""
        undo, thread = await self.get_state(Undo), await self.get_state(Thread)
        step = undo._step
        undo._offer("", None)
        if step is None:
            return None
        async with told(self):
            owner = shopper(self)
            if step.saved:
                await services().saved.save(step.saved, shopper_id=owner)
                return Saved.load
            if step.change:
                changed = await services().profile.undo(step.change, shopper_id=owner, conversation_id=step.conversation)
                if step.conversation == thread.id:
                    return await self._take_over(changed)
                await services().reranking.rank(step.conversation, shopper_id=owner, before=changed.before)
        return None

    @rx.event
    async def settle(self) -> None:
        """Counts anew, and ranks the cards of the latest offer again."""
        thread, profile = await self.get_state(Thread), await self.get_state(Profile)
        before, self._before = self._before, None
        if not thread.id or before is None:
            return
        async with told(self):
            ranked = await services().reranking.rank(thread.id, shopper_id=shopper(self), before=before)
            profile._write(None, fitting=ranked.considered.count)
            if ranked.offer:
                await thread._offer_again(ranked.offer)

    async def _line(self, trait: object, change: Callable[..., Awaitable[Changed]], said: str) -> EventType[()] | None:
        profile = await self.get_state(Profile)
        label = profile._labelled(trait)
        async with told(self, afresh=True):
            line = known(trait, "taste.gone")
            return await self._change(lambda mine: change(line, **mine), word(said, label=label))
        return None

    async def _change(self, change: Change, said: str) -> EventType[()]:
        """Makes a change, offers the way back under the words `said`, and has it settled. Raises CoffeebotError."""
        thread, undo = await self.get_state(Thread), await self.get_state(Undo)
        await thread._restore()
        changed = await change({"shopper_id": shopper(self), "conversation_id": thread.id})
        undo._offer(said, Step(thread.id, changed.undo))
        return await self._take_over(changed)

    async def _take_over(self, changed: Changed) -> EventType[()]:
        profile = await self.get_state(Profile)
        profile._write(changed.lines)
        self._before = changed.before if self._before is None else self._before
        return Hand.settle
