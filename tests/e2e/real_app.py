"""The product's own app over a real database; whoever asks a barista leaves a line in the file ASKED_LOG.

`uvicorn --factory tests.e2e.real_app:app` serves it; DATABASE_URL is a database with coffees in it.
"""

import os
from collections.abc import AsyncIterator
from pathlib import Path

from coffeebot.coffeebot import app
from coffeebot.providers.llm.base import Context, Speech
from coffeebot.providers.llm.house import HouseBarista

ASKED = Path(os.environ["ASKED_LOG"])
_reply = HouseBarista.reply


async def counted(self: HouseBarista, context: Context) -> AsyncIterator[Speech]:
    _note()
    async for speech in _reply(self, context):
        yield speech


def _note() -> None:
    with ASKED.open("a") as log:
        log.write("asked\n")


HouseBarista.reply = counted  # type: ignore[method-assign]

__all__ = ["app"]
