"""That something changed in a shopper's list of conversations: begun, gone on, renamed, deleted, brought back."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID
from weakref import WeakValueDictionary

from coffeebot.services.signal import Signal

TOGETHER = 0.2  # seconds in which changes are one


class News:
    def __init__(self) -> None:
        self._signals: WeakValueDictionary[UUID, Signal] = WeakValueDictionary()  # gone with the last follower

    def tell(self, shopper_id: UUID) -> None:
        if signal := self._signals.get(shopper_id):
            signal.fire()

    async def follow(self, shopper_id: UUID) -> AsyncIterator[None]:
        """At once, and soon after a change; ends when the follower stops asking."""
        signal = self._signals.setdefault(shopper_id, Signal())
        while True:
            changed = signal.next
            yield
            await changed.wait()
            await asyncio.sleep(TOGETHER)
