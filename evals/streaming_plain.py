"""The recipe that every tutorial shows: tokens are appended to the last item of the message list, and the list is a var."""

import asyncio
import time
from typing import Any

import reflex as rx

from evals.script import PER_SECOND, TOKENS, token

EARLIER = 20
LENGTH = 450  # characters of an earlier message


class PlainChat(rx.State):
    messages: list[dict[str, str]] = []  # noqa: RUF012 (a Reflex var)

    @rx.event
    def fill(self) -> None:
        self.messages = [{"role": "user" if n % 2 else "bot", "text": "x" * LENGTH} for n in range(EARLIER)]

    @rx.event(background=True)
    async def answer(self) -> None:
        async with self:
            self.messages.append({"role": "bot", "text": ""})
        begun = time.monotonic()
        for number in range(TOKENS):
            await asyncio.sleep(max(0.0, begun + number / PER_SECOND - time.monotonic()))
            async with self:
                self.messages[-1]["text"] += token(number)


def page() -> Any:
    return rx.el.main(rx.foreach(PlainChat.messages, lambda message: rx.el.p(message["text"])))


app = rx.App()
app.add_page(page, route="/")
