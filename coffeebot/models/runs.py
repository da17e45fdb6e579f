"""The SQL of runs and sources: who reads a shop now, what came of it, which shop is due."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from coffeebot.domain.errors import SourceBusy
from coffeebot.models.base import now
from coffeebot.models.database import Database
from coffeebot.models.snapshot import RawItem
from coffeebot.models.source import ScrapeRun, ScrapeSource

_READING = 0x_5C4A  # what the locks of sources are told from others by
_ASKING = 0x_D0E  # one dispatcher at a time asks which source is due


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


async def register(session: AsyncSession, fresh: Sequence[ScrapeSource]) -> None:
    """Adds sources whose slug is not there yet."""
    await session.execute(
        insert(ScrapeSource).on_conflict_do_nothing(index_elements=[col(ScrapeSource.slug)]), [one.model_dump() for one in fresh]
    )


async def source_of(session: AsyncSession, slug: str) -> ScrapeSource | None:
    return await session.scalar(sa.select(ScrapeSource).where(col(ScrapeSource.slug) == slug))


async def sources(session: AsyncSession) -> list[ScrapeSource]:
    return list((await session.scalars(sa.select(ScrapeSource).order_by(col(ScrapeSource.slug)))).all())


async def due(session: AsyncSession) -> list[str]:
    """Slugs of sources whose time has come, the longest waiting first; none while another transaction asks the same."""
    if not await session.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(_ASKING))):
        return []
    ready = col(ScrapeSource.enabled) & (col(ScrapeSource.next_at).is_(None) | (col(ScrapeSource.next_at) <= now()))
    found = await session.scalars(sa.select(col(ScrapeSource.slug)).where(ready).order_by(col(ScrapeSource.next_at).asc().nulls_first()))
    return list(found.all())


async def last_runs(session: AsyncSession) -> dict[UUID, ScrapeRun]:
    """The newest run of each source, by the source's id."""
    newest = sa.select(ScrapeRun).distinct(col(ScrapeRun.source_id)).order_by(col(ScrapeRun.source_id), col(ScrapeRun.started_at).desc())
    return {run.source_id: run for run in (await session.scalars(newest)).all()}


async def delete_runs(session: AsyncSession, *, before: datetime) -> None:
    """Deletes runs that ended earlier, but for the newest of each source."""
    newer = aliased(ScrapeRun)
    followed = sa.exists().where(col(newer.source_id) == col(ScrapeRun.source_id), col(newer.started_at) > col(ScrapeRun.started_at))
    await session.execute(sa.delete(ScrapeRun).where(col(ScrapeRun.finished_at) < before, followed))
