"""What shoppers thought of the barista's answers."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel, col

from coffeebot.models.base import now, timestamp


class Feedback(SQLModel, table=True):
    """One thumb on one reply; it goes with the reply. `reason` is one of domain.opinion, `comment` the shopper's own words."""

    message_id: UUID = Field(sa_column=Column(ForeignKey("message.id", ondelete="CASCADE"), primary_key=True))
    verdict: str  # "up" or "down"
    reason: str = ""
    comment: str = ""
    created_at: datetime = timestamp()
    updated_at: datetime = timestamp()


async def put_feedback(session: AsyncSession, message_id: UUID, *, verdict: str, reason: str, comment: str) -> None:
    """The latest opinion replaces the one before."""
    opinion = {"verdict": verdict, "reason": reason, "comment": comment, "updated_at": now()}
    fresh = pg.insert(Feedback).values(message_id=message_id, created_at=opinion["updated_at"], **opinion)
    await session.execute(fresh.on_conflict_do_update(index_elements=["message_id"], set_=opinion))


async def drop_feedback(session: AsyncSession, message_id: UUID) -> None:
    await session.execute(sa.delete(Feedback).where(col(Feedback.message_id) == message_id))


async def feedback_on(session: AsyncSession, message_ids: Iterable[UUID]) -> list[Feedback]:
    return list((await session.scalars(sa.select(Feedback).where(col(Feedback.message_id).in_(list(message_ids))))).all())
