"""Changes that a shop's page suggests, and what a curator made of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Identity, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel, col

from coffeebot.models.base import key, now, timestamp
from coffeebot.models.coffee import Coffee
from coffeebot.models.snapshot import RawItem, in_snapshot


class Kind(StrEnum):
    NEW = "new"  # no coffee of the catalogue
    CHANGED = "changed"  # facts of a coffee, or prices beyond the limit
    DOUBTFUL = "doubtful"  # perhaps a coffee of the catalogue: its name is nearly the same
    GONE = "gone"  # a coffee that its shop does not list any more


class Status(StrEnum):
    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"  # remembered: the same content is not proposed again
    SUPERSEDED = "superseded"  # the shop says something else by now


class Proposal(SQLModel, table=True):
    """One item's change. At most one of an item is open.

    `facts` is all that the item says (services.ingestion.facts_json), {} of one that is gone; `diff` what would change, as
    {field, before, after}; `digest` what of it a rejection stands for. `number` is what people call it by.
    """

    __table_args__ = (
        Index("ix_proposal_open", "source_id", "external_id", unique=True, postgresql_where=sa.text("status = 'open'")),
        Index("ix_proposal_decided", "source_id", "external_id", "digest"),
        Index("ix_proposal_coffee_id", "coffee_id"),
        Index("ix_proposal_run_id", "run_id"),
    )

    id: UUID = key()
    number: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(always=True), nullable=False, unique=True))
    source_id: UUID = Field(sa_column=Column(ForeignKey("scrape_source.id", ondelete="CASCADE"), nullable=False))
    run_id: UUID | None = Field(default=None, sa_column=Column(ForeignKey("scrape_run.id", ondelete="SET NULL"), nullable=True))
    coffee_id: UUID | None = Field(default=None, sa_column=Column(ForeignKey("coffee.id", ondelete="CASCADE"), nullable=True))
    external_id: str
    kind: str
    name: str
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default=sa.text("'{}'")))
    diff: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSONB, nullable=False, server_default=sa.text("'[]'")))
    digest: str
    status: str = Status.OPEN
    created_at: datetime = timestamp()
    seen_at: datetime = timestamp()  # when a shop said so last
    decided_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    decided_by: str = ""


async def open_proposals(session: AsyncSession, source_id: UUID, external_ids: Collection[str]) -> dict[str, Proposal]:
    """The open ones of these items, by external id."""
    statement = sa.select(Proposal).where(
        col(Proposal.source_id) == source_id, col(Proposal.status) == Status.OPEN, col(Proposal.external_id).in_(external_ids)
    )
    return {found.external_id: found for found in (await session.scalars(statement)).all()}


async def rejected(session: AsyncSession, source_id: UUID, digests: Mapping[str, str]) -> set[str]:
    """Which of these items were rejected with this digest."""
    pairs = sa.tuple_(col(Proposal.external_id), col(Proposal.digest)).in_(list(digests.items()))
    statement = sa.select(col(Proposal.external_id)).where(col(Proposal.source_id) == source_id, col(Proposal.status) == Status.REJECTED)
    return set((await session.scalars(statement.where(pairs))).all()) if digests else set()


async def supersede(session: AsyncSession, ids: Sequence[UUID]) -> None:
    if ids:
        await _close(session, col(Proposal.id).in_(ids))


async def supersede_unseen(session: AsyncSession, source_id: UUID, run_id: UUID) -> int:
    """Closes what a whole snapshot leaves no question about; how many.

    That is what was proposed of items that it does not hold, and what is said to be gone of coffees that are another item by now.
    """
    same = (col(Coffee.source_id) == source_id, col(Coffee.source_item) == col(Proposal.external_id))
    still_ours = sa.exists().where(*same, col(Coffee.withdrawn_at).is_(None))
    of_items = (col(Proposal.kind) != Kind.GONE) & ~in_snapshot(run_id, col(Proposal.external_id))
    of_coffees = (col(Proposal.kind) == Kind.GONE) & ~still_ours
    return await _close(session, col(Proposal.source_id) == source_id, of_items | of_coffees)


async def supersede_gone(session: AsyncSession, coffee_id: UUID) -> None:
    """Closes the question whether a coffee is gone."""
    await _close(session, col(Proposal.coffee_id) == coffee_id, col(Proposal.kind) == Kind.GONE)


async def _close(session: AsyncSession, *which: sa.ColumnElement[bool]) -> int:
    closed = sa.update(Proposal).where(col(Proposal.status) == Status.OPEN, *which)
    values = {"status": Status.SUPERSEDED, "decided_at": now(), "decided_by": "scrape"}
    done = await session.execute(closed.values(**values).returning(col(Proposal.id)), execution_options={"synchronize_session": False})
    return len(done.all())


async def no_longer_listed(session: AsyncSession, source_id: UUID, run_id: UUID) -> list[tuple[UUID, str, str, str]]:
    """(coffee's id, its item, name, when a run saw that last) of coffees on the shelf that a whole snapshot does not hold."""
    seen = sa.select(sa.func.max(col(RawItem.seen_at))).where(
        col(RawItem.source_id) == col(Coffee.source_id), col(RawItem.external_id) == col(Coffee.source_item)
    )
    statement = sa.select(col(Coffee.id), col(Coffee.source_item), col(Coffee.name), seen.scalar_subquery()).where(
        col(Coffee.source_id) == source_id,
        col(Coffee.source_item).is_not(None),
        col(Coffee.withdrawn_at).is_(None),
        ~in_snapshot(run_id, col(Coffee.source_item)),
    )
    found = (await session.execute(statement)).tuples()
    return [(coffee_id, item or "", name, seen_at.isoformat() if seen_at else "") for coffee_id, item, name, seen_at in found]
