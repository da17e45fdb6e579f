"""What a shopper has marked: coffees saved for later, and coffees never to be shown again."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel, col

from coffeebot.models.base import now, timestamp


class MarkKind(StrEnum):
    SAVED = "saved"
    HIDDEN = "hidden"  # "just not this one"


class Mark(SQLModel, table=True):
    __table_args__ = (CheckConstraint("kind IN ('saved', 'hidden')", name="kind"),)

    shopper_id: UUID = Field(sa_column=Column(ForeignKey("shopper.id", ondelete="CASCADE"), primary_key=True))
    kind: str = Field(primary_key=True)
    coffee_id: UUID = Field(sa_column=Column(ForeignKey("coffee.id", ondelete="CASCADE"), primary_key=True, index=True))
    at: datetime = timestamp()


async def marked(session: AsyncSession, shopper_id: UUID, kind: MarkKind) -> Sequence[UUID]:
    """The coffees that bear the mark, the latest first."""
    mine = sa.select(col(Mark.coffee_id)).where(col(Mark.shopper_id) == shopper_id, col(Mark.kind) == kind)
    return (await session.scalars(mine.order_by(col(Mark.at).desc(), col(Mark.coffee_id)))).all()


async def hidden_from(session: AsyncSession, shopper_id: UUID) -> frozenset[UUID]:
    """The coffees that the shopper never wants to see again."""
    return frozenset(await marked(session, shopper_id, MarkKind.HIDDEN))


async def set_mark(session: AsyncSession, shopper_id: UUID, kind: MarkKind, coffee_id: UUID) -> bool:
    """Whether it is new."""
    mark = pg.insert(Mark).values(shopper_id=shopper_id, kind=kind, coffee_id=coffee_id, at=now())
    return bool(await session.scalar(mark.on_conflict_do_nothing().returning(col(Mark.coffee_id))))


async def lift_mark(session: AsyncSession, shopper_id: UUID, kind: MarkKind, coffee_id: UUID) -> None:
    this = (col(Mark.shopper_id) == shopper_id, col(Mark.kind) == kind, col(Mark.coffee_id) == coffee_id)
    await session.execute(sa.delete(Mark).where(*this))
