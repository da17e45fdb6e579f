"""The shops that are read: which there are, which are due, and what an operator may set of one."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from coffeebot.domain.errors import NotFound
from coffeebot.models import runs
from coffeebot.models.base import now
from coffeebot.models.database import Database
from coffeebot.models.snapshot import delete_unseen
from coffeebot.models.source import ScrapeRun, ScrapeSource


class Standing(NamedTuple):
    """A source and its newest run."""

    source: ScrapeSource
    last_run: ScrapeRun | None


async def known(database: Database) -> list[ScrapeSource]:
    """By slug."""
    async with database.session() as session:
        return await runs.sources(session)


async def standing(database: Database) -> list[Standing]:
    async with database.session() as session:
        last = await runs.last_runs(session)
        return [Standing(source, last.get(source.id)) for source in await runs.sources(session)]


async def named(database: Database, slug: str) -> ScrapeSource:
    """Raises NotFound."""
    async with database.session() as session:
        source = await runs.source_of(session, slug)
    if source is None:
        raise NotFound(f"There is no source {slug}.")
    return source


async def register(database: Database, fresh: Sequence[ScrapeSource]) -> None:
    """Adds sources; one whose slug is there already stays as it is."""
    async with database.session() as session:
        await runs.register(session, fresh)


async def change(database: Database, slug: str, values: Mapping[str, Any]) -> ScrapeSource:
    """Sets columns of a source, such as enabled, interval_minutes, price_limit, currency. Raises NotFound."""
    source = await named(database, slug)
    if values:
        async with database.session() as session:
            await runs.learn(session, source.id, values)
    return await named(database, slug)


async def due(database: Database) -> list[str]:
    """Slugs of those whose time has come."""
    async with database.session() as session:
        return await runs.due(session)


async def forget(database: Database, *, days: int) -> int:
    """How many items were deleted that no run saw for `days` days; pages and runs of that age go with them."""
    before = now() - timedelta(days=days)
    async with database.session() as session:
        await runs.delete_runs(session, before=before)
        return await delete_unseen(session, before=before)
