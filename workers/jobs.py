"""The jobs themselves. Each opens what it needs: it runs in a forked process, and connections do not survive a fork."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from coffeebot.services import upkeep
from coffeebot.settings import Settings
from coffeebot.wiring import Services, open_services

log = logging.getLogger(__name__)


def embed_missing() -> int:
    """Embeds the coffees that have no vector of the present model; how many there were."""
    return _run("embed_missing", lambda services: upkeep.embed_missing(services.database, services.embedder))


def prune_events() -> int:
    """Deletes events older than EVENT_RETENTION_DAYS; how many there were."""
    return _run("prune_events", lambda services: upkeep.prune_events(services.database, days=services.settings.event_retention_days))


def purge_conversations() -> int:
    """Deletes for good the conversations that can no longer be brought back; how many there were."""
    return _run("purge_conversations", lambda services: services.archive.purge())


def _run(name: str, work: Callable[[Services], Awaitable[int]]) -> int:
    async def with_services() -> int:
        async with open_services(Settings()) as services:
            return await work(services)

    done = asyncio.run(with_services())
    log.info("%s: %d", name, done)
    return done
