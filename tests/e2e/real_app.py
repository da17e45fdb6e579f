"""The product's own app over a real database with the starter catalogue; whoever asks a barista leaves a line in the file ASKED_LOG.

`uvicorn --factory tests.e2e.real_app:app` serves it; DATABASE_URL is an empty, migrated database.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from coffeebot import wiring
from coffeebot.providers.llm.base import Context, Speech
from coffeebot.providers.llm.house import HouseBarista
from coffeebot.services.starter import load_if_empty
from coffeebot.settings import Settings
from coffeebot.wiring import Services, open_services

ASKED = Path(os.environ["ASKED_LOG"])
_reply = HouseBarista.reply


async def counted(self: HouseBarista, context: Context) -> AsyncIterator[Speech]:
    _note()
    async for speech in _reply(self, context):
        yield speech


def _note() -> None:
    with ASKED.open("a") as log:
        log.write("asked\n")


@asynccontextmanager
async def stocked(settings: Settings, *, owns_replies: bool = False) -> AsyncIterator[Services]:
    async with open_services(settings, owns_replies=owns_replies) as opened:
        await load_if_empty(opened.database, opened.embedder, settings.exchange_rates)
        yield opened


HouseBarista.reply = counted  # type: ignore[method-assign]
wiring.open_services = stocked  # type: ignore[assignment]

from coffeebot.coffeebot import app  # noqa: E402  (the app takes open_services when it is imported)

__all__ = ["app"]
