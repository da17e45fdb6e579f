"""The SQL of the conversation list: newest first, searched, and cleared of what was deleted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from coffeebot.models.conversation import Conversation, Message


class Found(NamedTuple):
    """`role` said the message that has most of the words; None when only the title has them."""

    conversation: Conversation
    role: str | None = None
    text: str | None = None


async def conversations_of(session: AsyncSession, shopper_id: UUID, *, limit: int) -> list[Conversation]:
    """The shopper's, newest first."""
    mine = sa.select(Conversation).where(*_kept(shopper_id)).order_by(*_newest()).limit(limit)
    return list((await session.scalars(mine)).all())


async def count(session: AsyncSession, shopper_id: UUID) -> int:
    return await session.scalar(sa.select(sa.func.count()).select_from(Conversation).where(*_kept(shopper_id))) or 0


async def search(session: AsyncSession, shopper_id: UUID, words: Sequence[Sequence[str]], *, limit: int) -> tuple[list[Found], int]:
    """The newest conversations in which every word stands, in the title or in a message, and how many there are.

    Each word comes in all the ways in which it may be written; case does not matter. One pass over the shopper's messages.
    """
    said = _said(shopper_id, words)
    best, called = aliased(Message), sa.func.coalesce(sa.func.nullif(col(Conversation.name), ""), col(Conversation.title))
    everywhere = [sa.or_(_has(called, word), sa.func.coalesce(said.c[f"has_{n}"], False)) for n, word in enumerate(words)]
    found = (
        sa.select(Conversation, col(best.role), col(best.text), sa.func.count().over())
        .outerjoin(said, said.c.conversation_id == col(Conversation.id))
        .outerjoin(best, col(best.id) == said.c.best)
        .where(*_kept(shopper_id), *everywhere)
    )
    rows = (await session.execute(found.order_by(*_newest()).limit(limit))).all()
    return [Found(conversation, role, text) for conversation, role, text, _ in rows], rows[0][3] if rows else 0


async def purge(session: AsyncSession, *, before: datetime) -> int:
    """Deletes for good what was deleted earlier; how many conversations. A line that one of their messages struck off stays off."""
    deleted = await session.execute(sa.delete(Conversation).where(col(Conversation.deleted_at) < before).returning(col(Conversation.id)))
    return len(deleted.all())


def _kept(shopper_id: UUID) -> tuple[sa.ColumnElement[bool], ...]:
    """Those in which something was said."""
    return col(Conversation.shopper_id) == shopper_id, col(Conversation.title) != "", col(Conversation.deleted_at).is_(None)


def _newest() -> tuple[Any, ...]:
    return col(Conversation.updated_at).desc(), col(Conversation.id)


def _has(text: Any, word: Sequence[str]) -> sa.ColumnElement[bool]:
    return sa.or_(*[text.icontains(way, autoescape=True) for way in word])


def _said(shopper_id: UUID, words: Sequence[Sequence[str]]) -> sa.Subquery:
    """Of each conversation with any of the words in a message: which it has, and the message with most of them, the latest of several."""
    has = [_has(col(Message.text), word) for word in words]
    most: sa.ColumnElement[int] = sum((sa.cast(one, sa.Integer) for one in has), sa.literal(0))
    best = sa.func.array_agg(pg.aggregate_order_by(col(Message.id), most.desc(), col(Message.position).desc()))[1]
    which = [sa.func.bool_or(one).label(f"has_{n}") for n, one in enumerate(has)]
    mine = sa.select(col(Conversation.id)).where(*_kept(shopper_id))
    here = (col(Message.conversation_id).in_(mine), col(Message.replaced_at).is_(None), sa.or_(*has))
    columns = (col(Message.conversation_id).label("conversation_id"), best.label("best"), *which)
    return sa.select(*columns).where(*here).group_by(col(Message.conversation_id)).subquery("said")
