"""What shops said, word for word: items by the hash of their content, and pages with what their shop calls that version."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel, col

from coffeebot.models.base import key, now, timestamp

BATCH = 200  # items that are in memory at once


class RawItem(SQLModel, table=True):
    """One content of one item. `run_id` is the last run that saw it: the items of a run are its snapshot."""

    __tablename__ = "raw_item"
    __table_args__ = (
        UniqueConstraint("source_id", "external_id", "content_hash"),
        Index("ix_raw_item_run_id_external_id", "run_id", "external_id"),
    )

    id: UUID = key()
    source_id: UUID = Field(sa_column=Column(ForeignKey("scrape_source.id", ondelete="CASCADE"), nullable=False))
    run_id: UUID | None = Field(default=None, sa_column=Column(ForeignKey("scrape_run.id", ondelete="SET NULL"), nullable=True))
    external_id: str
    content_hash: str
    payload: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    first_seen_at: datetime = timestamp()
    seen_at: datetime = timestamp()


class StoredPage(SQLModel, table=True):
    """The last good answer to an address. `final_url` is where it came from after redirects."""

    __tablename__ = "stored_page"

    source_id: UUID = Field(sa_column=Column(ForeignKey("scrape_source.id", ondelete="CASCADE"), primary_key=True))
    url: str = Field(primary_key=True)
    final_url: str
    body: bytes = Field(sa_type=LargeBinary)
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    seen_at: datetime = timestamp()


class Snapshot(NamedTuple):
    """An item of a run."""

    raw_item_id: UUID
    external_id: str
    payload: dict[str, Any]


async def begin_snapshot(session: AsyncSession, run_id: UUID) -> None:
    """Forgets what an earlier attempt of the run saw."""
    await session.execute(sa.update(RawItem).where(col(RawItem.run_id) == run_id).values(run_id=None))


async def save_items(session: AsyncSession, source_id: UUID, run_id: UUID, items: Mapping[str, tuple[str, Mapping[str, Any]]]) -> None:
    """Adds items to a run's snapshot, given by external id as (content hash, payload); content that is known is not stored again."""
    if not items:
        return
    moment = now()
    rows: list[dict[str, Any]] = [
        {
            "id": uuid4(),
            "source_id": source_id,
            "run_id": run_id,
            "external_id": external_id,
            "content_hash": content_hash,
            "payload": payload,
            "first_seen_at": moment,
            "seen_at": moment,
        }
        for external_id, (content_hash, payload) in items.items()
    ]
    again = [col(RawItem.source_id), col(RawItem.external_id), col(RawItem.content_hash)]
    await session.execute(
        insert(RawItem).values(rows).on_conflict_do_update(index_elements=again, set_={"run_id": run_id, "seen_at": moment})
    )


async def snapshot_of(session: AsyncSession, run_id: UUID) -> AsyncIterator[list[Snapshot]]:
    """A run's items in batches, each external id once, by external id."""
    after = ""
    while True:
        statement = (
            sa.select(col(RawItem.id), col(RawItem.external_id), col(RawItem.payload))
            .distinct(col(RawItem.external_id))
            .where(col(RawItem.run_id) == run_id, col(RawItem.external_id) > after)
            .order_by(col(RawItem.external_id), col(RawItem.seen_at).desc())
            .limit(BATCH)
        )
        batch = [Snapshot(*row) for row in (await session.execute(statement)).tuples()]
        if not batch:
            return
        yield batch
        after = batch[-1].external_id


def in_snapshot(run_id: UUID, external_id: Any) -> sa.ColumnElement[bool]:
    """Whether a run saw the item of this external id, whatever it said."""
    return sa.exists().where(col(RawItem.run_id) == run_id, col(RawItem.external_id) == external_id)


async def stored_page(session: AsyncSession, source_id: UUID, url: str) -> StoredPage | None:
    return await session.get(StoredPage, (source_id, url))


async def save_page(session: AsyncSession, page: StoredPage) -> None:
    await session.merge(page)


async def delete_unseen(session: AsyncSession, *, before: datetime) -> int:
    """Deletes items that no run saw since, and pages that none asked for; how many items. An open proposal keeps its item."""
    await session.execute(sa.delete(StoredPage).where(col(StoredPage.seen_at) < before))
    deleted = await session.execute(sa.delete(RawItem).where(col(RawItem.seen_at) < before).returning(col(RawItem.id)))
    return len(deleted.all())
