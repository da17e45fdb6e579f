"""The steps that made a taste profile what it is: each can be taken back, and nothing of what it changed is lost."""

from datetime import datetime
from itertools import takewhile
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, ForeignKey, Identity, Index
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel, col

from coffeebot.models.base import timestamp
from coffeebot.models.conversation import Message

TOGETHER = 20  # steps of one message that go together at most: its rules, and a second reading


class ProfileStep(SQLModel, table=True):
    """One change of a profile, by a message or by hand. Lines point at the step that wrote them and at the one that struck them out.

    `undone_for` is the message that took it back. A step outlives its conversation: what was struck out stays struck out.
    """

    __tablename__ = "profile_step"
    __table_args__ = (Index("ix_profile_step_conversation_id_id", "conversation_id", "id"),)

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    shopper_id: UUID = Field(sa_column=Column(ForeignKey("shopper.id", ondelete="CASCADE"), nullable=False, index=True))
    conversation_id: str | None = Field(default=None, sa_column=Column(ForeignKey("conversation.id", ondelete="SET NULL"), nullable=True))
    message_id: UUID | None = Field(
        default=None, sa_column=Column(ForeignKey("message.id", ondelete="SET NULL"), nullable=True, index=True)
    )
    undone: bool = False
    undone_for: UUID | None = Field(
        default=None, sa_column=Column(ForeignKey("message.id", ondelete="SET NULL"), nullable=True, index=True)
    )
    created_at: datetime = timestamp()


def standing(step: type[ProfileStep]) -> sa.ColumnElement[bool]:
    """Whether a step counts: nobody took it back, and its message is not one that an edit put aside."""
    taken_back = sa.and_(col(step.undone), sa.not_(put_aside_by_edit(col(step.undone_for))))
    return sa.not_(sa.or_(taken_back, put_aside_by_edit(col(step.message_id))))


def put_aside_by_edit(message_id: Any) -> sa.ColumnElement[bool]:
    """Whether an edit put the message of this id aside."""
    return sa.exists().where(col(Message.id) == message_id, col(Message.replaced_at).is_not(None))


async def take_back(session: AsyncSession, *, shopper_id: UUID, conversation_id: str, message_id: UUID | None = None) -> bool:
    """Undoes the newest change that stands in a conversation, all that one message did; False when there is none.

    `message_id` is the message that asked for it.
    """
    here = (col(ProfileStep.conversation_id) == conversation_id, col(ProfileStep.shopper_id) == shopper_id)
    steps = sa.select(ProfileStep).where(*here, standing(ProfileStep)).order_by(col(ProfileStep.id).desc())
    newest = list(await session.scalars(steps.limit(TOGETHER).with_for_update()))
    for step in takewhile(lambda step: step is newest[0] or (step.message_id and step.message_id == newest[0].message_id), newest):
        step.undone, step.undone_for = True, message_id
    return bool(newest)


async def take_back_step(session: AsyncSession, step_id: int, *, shopper_id: UUID) -> None:
    """Undoes one change of the shopper's, whatever came after it."""
    this = (col(ProfileStep.id) == step_id, col(ProfileStep.shopper_id) == shopper_id)
    await session.execute(sa.update(ProfileStep).where(*this).values(undone=True))


async def unsay(session: AsyncSession, messages: Any) -> None:
    """The profile as if the messages of these ids had never been said: what they struck out or took back is there again.

    `messages` is a list, or a SELECT of ids. What they wrote goes with their steps.
    """
    taken_back = col(ProfileStep.undone_for).in_(messages)
    await session.execute(sa.update(ProfileStep).where(taken_back).values(undone=False, undone_for=None))
    await session.execute(sa.delete(ProfileStep).where(col(ProfileStep.message_id).in_(messages)))
