"""A barista who reads from a script."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

from coffeebot.domain.errors import BaristaFailed
from coffeebot.domain.turn import Considered, Delta, Done, Event, Followups, Profile, Start
from coffeebot.services.transcript import Turn
from coffeebot.services.views import MessageView
from tests.fakes.said import AFTER, BEFORE, FITTING, LONG, PICKS, QUESTION, REMEMBERED, THINKING, TRAITS
from tests.fakes.store import Store


def earlier(count: int) -> list[MessageView]:
    """What shopper and barista said before, in turns."""
    at = datetime.now(UTC)
    more = "Words. " * 20
    return [
        MessageView(
            uuid4(),
            role="barista" if n % 2 else "shopper",
            text=f"Earlier message {n}. {more}",
            status="complete",
            created_at=at,
        )
        for n in range(count)
    ]


class Script:
    """A conversation that answers from a script; a message with "fail" breaks midway, with "long" it goes on for a while.

    With "think" the first word takes long, and with "remember" there turn out to be REMEMBERED earlier messages.
    """

    name = "house"

    def __init__(self, store: Store, words_per_second: float) -> None:
        self._store = store
        self._pause = 1 / words_per_second if words_per_second else 0.0

    async def reply(self, turn: Turn) -> AsyncIterator[Event]:
        kept = self._store.kept[turn.conversation_id]
        kept.traits = TRAITS
        if "remember" in turn.text:
            kept.messages[:0] = earlier(REMEMBERED)
        yield Start(turn.conversation_id, turn.message_id)
        yield Profile(TRAITS)
        yield Considered(FITTING, 12)
        if "think" in turn.text:
            await asyncio.sleep(THINKING)
        if turn.resume:
            async for event in self._say(AFTER):
                yield event
            yield Done(answered_by=self.name)
            return
        async for event in self._say(BEFORE):
            yield event
        if "fail" in turn.text:
            raise BaristaFailed("I could not reach the model just now. Your message is kept.")
        for card in PICKS:
            yield card
            await asyncio.sleep(self._pause * 3)
        async for event in self._say(AFTER + (LONG if "long" in turn.text else "")):
            yield event
        yield QUESTION
        yield Followups(("Cheaper per 100 g", "Why no Kenyans?", "A recipe for my V60"))
        yield Done(answered_by=self.name)

    async def _say(self, text: str) -> AsyncIterator[Event]:
        for word in text.split(" "):
            await asyncio.sleep(self._pause)
            yield Delta(f"{word} ")
