"""A signal that wakes everybody who waits for it."""

import asyncio


class Signal:
    """Wakes everybody who waits, each time; take `next` before reading what it announces, and no change is missed."""

    def __init__(self) -> None:
        self.next = asyncio.Event()

    def fire(self) -> None:
        fired, self.next = self.next, asyncio.Event()
        fired.set()
