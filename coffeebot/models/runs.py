"""The SQL of runs and sources: who reads a shop now, what came of it, which shop is due."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from coffeebot.domain.errors import SourceBusy
from coffeebot.models.base import now
from coffeebot.models.database import Database
from coffeebot.models.snapshot import RawItem
from coffeebot.models.source import ScrapeRun, ScrapeSource

_READING = 0x_5C4A  # what the locks of sources are told from others by


@asynccontextmanager
async def alone(database: Database, source_id: UUID) -> AsyncIterator[None]:
    """Keeps a source for one reader; SourceBusy when another has it. The lock is a connection's, and ends with it, even by a kill."""
    async with database.reading() as connection:
        locked = sa.select(sa.func.pg_try_advisory_lock(_READING, sa.func.hashtext(str(source_id))))
        if not await connection.scalar(locked):
            raise SourceBusy("This shop is being read already; try again when that has ended.")
        try:
            yield
        finally:
            await connection.invalidate()


async def begin(session: AsyncSession, source_id: UUID) -> ScrapeRun:
    """The run that was not ended, one attempt further; else a new one."""
    unfinished = sa.select(ScrapeRun).where(col(ScrapeRun.source_id) == source_id, col(ScrapeRun.finished_at).is_(None))
    run = await session.scalar(unfinished)
    if run is None:
        run = ScrapeRun(source_id=source_id)
        session.add(run)
    else:
        run.attempts += 1
    await session.flush()
    return run


async def save(session: AsyncSession, run: ScrapeRun) -> None:
    await session.merge(run)
    await session.flush()


async def items_of(session: AsyncSession, run_id: UUID) -> int:
    counted = sa.select(sa.func.count(sa.distinct(col(RawItem.external_id)))).where(col(RawItem.run_id) == run_id)
    return await session.scalar(counted) or 0


async def learn(session: AsyncSession, source_id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(sa.update(ScrapeSource).where(col(ScrapeSource.id) == source_id).values(**values))


async def source_of(session: AsyncSession, slug: str) -> ScrapeSource | None:
    return await session.scalar(sa.select(ScrapeSource).where(col(ScrapeSource.slug) == slug))


async def sources(session: AsyncSession) -> list[ScrapeSource]:
    return list((await session.scalars(sa.select(ScrapeSource).order_by(col(ScrapeSource.slug)))).all())


async def due(session: AsyncSession) -> list[str]:
    """Slugs of sources whose time has come, the longest waiting first."""
    ready = col(ScrapeSource.enabled) & (col(ScrapeSource.next_at).is_(None) | (col(ScrapeSource.next_at) <= now()))
    found = await session.scalars(sa.select(col(ScrapeSource.slug)).where(ready).order_by(col(ScrapeSource.next_at).asc().nulls_first()))
    return list(found.all())


async def last_run(session: AsyncSession, source_id: UUID) -> ScrapeRun | None:
    newest = sa.select(ScrapeRun).where(col(ScrapeRun.source_id) == source_id).order_by(col(ScrapeRun.started_at).desc()).limit(1)
    return await session.scalar(newest)
