"""The jobs themselves. Each opens what it needs: it runs in a forked process, and connections do not survive a fork."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from redis import Redis
from rq import Queue, get_current_job

from coffeebot.services import sources, upkeep
from coffeebot.settings import Settings
from coffeebot.wiring import Services, open_services
from workers import scraping
from workers.dispatch import enqueue
from workers.links import check
from workers.progress import ValkeyProgress
from workers.scraping import register_roasters

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


def forget_old_snapshots() -> int:
    """Deletes what shops said, and how reading them went, older than SCRAPE_KEEP_DAYS; how many items there were."""
    return _run("forget_old_snapshots", lambda services: sources.forget(services.database, days=services.settings.scrape_keep_days))


def scrape_due() -> int:
    """Puts a job into the queue for each shop whose time has come, once; how many. Without SCRAPE_CONTACT no shop is read by the clock."""
    queue = Queue("default", connection=_connection())

    async def dispatched(services: Services) -> int:
        if not services.settings.scrape_contact:
            return 0
        await register_roasters(services.database)
        return sum(enqueue("workers.jobs.scrape", queue, slug) for slug in await sources.due(services.database))

    return _run("scrape_due", dispatched)


def scrape(slug: str) -> int:
    """Reads one shop; how many coffees it has. What the shop did wrong is in the run's row, and no error of this job."""
    progress = ValkeyProgress(_connection(), slug)

    async def scraped(services: Services) -> int:
        source = await sources.named(services.database, slug)
        report = await scraping.scrape(services.database, source, services.settings, progress=progress)
        progress.end(report.outcome)
        return int(report.counts.get("coffees", 0))

    return _run(f"scrape {slug}", scraped)


def check_links() -> int:
    """Looks at pages of coffees that no scrape has seen for a while; how many. Without SCRAPE_CONTACT none is looked at."""
    return _run("check_links", lambda services: check(services.database, services.settings))


def _connection() -> Redis:
    """The queue's own, of the job that runs."""
    current = get_current_job()
    if current is None or current.connection is None:
        raise RuntimeError("this runs as a job")
    return current.connection


def _run(name: str, work: Callable[[Services], Awaitable[int]]) -> int:
    async def with_services() -> int:
        async with open_services(Settings()) as services:
            return await work(services)

    done = asyncio.run(with_services())
    log.info("%s: %d", name, done)
    return done
