"""Shoppers, their conversations and what was said in them."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel, col

from coffeebot.domain.errors import NotFound
from coffeebot.models.base import key, now, timestamp


class Shopper(SQLModel, table=True):
    """A random id in a cookie; deleting the row deletes all that the shopper said."""

    id: UUID = key()
    created_at: datetime = timestamp()
    seen_at: datetime = timestamp()


class Conversation(SQLModel, table=True):
    """`id` is 128 random bits and the capability to go on with this conversation.

    `title` is its first words, `name` what the shopper calls it. With `deleted_at` it is gone for everybody, and only an undo finds it.
    `summary` is what the messages up to the position `summarised` came to.
    """

    __table_args__ = (
        Index("ix_conversation_shopper_id_updated_at", "shopper_id", "updated_at"),
        Index("ix_conversation_deleted_at", "deleted_at", postgresql_where=sa.text("deleted_at IS NOT NULL")),
    )

    id: str = Field(primary_key=True)
    shopper_id: UUID = Field(sa_column=Column(ForeignKey("shopper.id", ondelete="CASCADE"), nullable=False))
    title: str = ""
    name: str = Field(default="", sa_column_kwargs={"server_default": ""})
    language: str = "en"
    summary: str = Field(default="", sa_column_kwargs={"server_default": ""})
    summarised: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    created_at: datetime = timestamp()
    updated_at: datetime = timestamp()
    deleted_at: datetime | None = Field(default=None, sa_type=sa.DateTime(timezone=True))

    @property
    def called(self) -> str:
        return self.name or self.title


class Message(SQLModel, table=True):
    """One side's turn. `status`: running, complete, stopped, interrupted or failed (the shopper's are always complete).

    `parts` holds the payloads of a reply's events besides its words: considered, picks, question, followups,
    profile, error; what cards that were ranked again add is in services/views.py.
    An edit put those with `replaced_at` aside: they are no part of the conversation, and an undo brings them back.
    """

    __table_args__ = (
        Index(
            "ix_message_conversation_id_position",
            "conversation_id",
            "position",
            unique=True,
            postgresql_where=sa.text("replaced_at IS NULL"),
        ),
        Index("ix_message_replaced", "conversation_id", postgresql_where=sa.text("replaced_at IS NOT NULL")),
        Index("ix_message_running", "status", postgresql_where=sa.text("status = 'running'")),
    )

    id: UUID = key()
    conversation_id: str = Field(sa_column=Column(ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False))
    position: int
    role: str  # "shopper" or "barista"
    text: str = ""
    status: str = "complete"
    answered_by: str | None = None
    parts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default=sa.text("'{}'")))
    created_at: datetime = timestamp()
    updated_at: datetime = timestamp()
    replaced_at: datetime | None = Field(default=None, sa_type=sa.DateTime(timezone=True))


async def ensure_shopper(session: AsyncSession, shopper_id: UUID) -> None:
    """The shopper's row, made at the first message: a visitor who says nothing leaves no trace."""
    seen = now()
    fresh = pg.insert(Shopper).values(id=shopper_id, created_at=seen, seen_at=seen)
    await session.execute(fresh.on_conflict_do_update(index_elements=["id"], set_={"seen_at": seen}))


async def owned(session: AsyncSession, conversation_id: str, shopper_id: UUID) -> Conversation:
    """The shopper's own conversation; NotFound for anybody else's and for a deleted one, as if it did not exist."""
    found = await session.get(Conversation, conversation_id)
    if found is None or found.shopper_id != shopper_id or found.deleted_at:
        raise NotFound("There is no such conversation. It may have been deleted: start a new one.")
    return found


async def messages_of(
    session: AsyncSession, conversation_id: str, *, limit: int | None = None, before: int | sa.ScalarSelect[int] | None = None
) -> list[Message]:
    """The last `limit` messages, or all, oldest first; with `before` only those at lower positions."""
    mine = [col(Message.conversation_id) == conversation_id, col(Message.replaced_at).is_(None)]
    if before is not None:
        mine.append(col(Message.position) < before)
    last = sa.select(Message).where(*mine).order_by(col(Message.position).desc()).limit(limit)
    return list((await session.scalars(last)).all())[::-1]


async def messages_before(session: AsyncSession, conversation_id: str, message_id: UUID, *, limit: int) -> list[Message]:
    """The `limit` messages before that one, oldest first; none when it is not of the conversation."""
    its = sa.select(col(Message.position)).where(col(Message.id) == message_id, col(Message.conversation_id) == conversation_id)
    return await messages_of(session, conversation_id, limit=limit, before=its.scalar_subquery())


async def interrupt_running(session: AsyncSession) -> int:
    """Marks replies that a stopped process left unfinished; returns how many. For the start of the one app process."""
    unfinished = sa.update(Message).where(col(Message.status) == "running").values(status="interrupted", updated_at=now())
    return int((await session.execute(unfinished)).rowcount)  # type: ignore[attr-defined]


async def known_shopper(session: AsyncSession, shopper_id: UUID | None) -> UUID | None:
    """The id if that shopper has ever said anything; a cookie alone makes no row."""
    found = await session.get(Shopper, shopper_id) if shopper_id else None
    return found.id if found else None
