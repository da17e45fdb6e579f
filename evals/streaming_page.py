"""The product's own app with a barista that reads from a script and notes when it said each word."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

from coffeebot import wiring
from coffeebot.providers.llm.base import Context, Said, Speech
from coffeebot.providers.llm.pace import Pace
from evals.script import TOKENS, token


class Script:
    """Speaks TOKENS tokens at `words_per_second`; writes the clock (time.monotonic, the machine's) to SCRIPT_TIMES at the end."""

    name = "script"

    def __init__(self, *, words_per_second: float, pace: Pace) -> None:
        del pace  # each token is timed on its own
        self._pause = 1 / words_per_second

    async def reply(self, context: Context) -> AsyncIterator[Speech]:
        said = []
        begun = time.monotonic()
        for number in range(TOKENS):
            await asyncio.sleep(max(0.0, begun + number * self._pause - time.monotonic()))
            said.append(time.monotonic())
            yield Said(token(number))
        await asyncio.to_thread(Path(os.environ["SCRIPT_TIMES"]).write_text, "\n".join(map(str, said)))


wiring.HouseBarista = Script  # type: ignore[attr-defined, assignment]

from coffeebot.coffeebot import app  # noqa: E402  (the app builds its services from what wiring holds)

__all__ = ["app"]
