"""The SQL of the conversation list: newest first, searched, and cleared of what was deleted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from coffeebot.models.conversation import Conversation, Message

ESCAPE = "\\"


async def conversations_of(
    session: AsyncSession, shopper_id: UUID, *, words: Sequence[str], limit: int
) -> list[tuple[Conversation, str | None, str | None]]:
    """The shopper's, newest first, in which every one of `words` stands, in whatever case and width, in the title or in a message.

    Beside each: who said the message that has most of the words, and its text; None when only the title has them.
    """
    statement = sa.select(Conversation)
    if not words:
        found = await session.scalars(statement.where(*_kept(shopper_id)).order_by(*_newest()).limit(limit))
        return [(conversation, None, None) for conversation in found]
    best = _best(words)
    both = sa.select(Conversation, best.c.role, best.c.text).join(best, sa.true(), isouter=True)
    rows = await session.execute(both.where(*_kept(shopper_id), *_with(words)).order_by(*_newest()).limit(limit))
    return [(conversation, role, text) for conversation, role, text in rows]


async def count(session: AsyncSession, shopper_id: UUID, *, words: Sequence[str] = ()) -> int:
    """How many there are in which every one of `words` stands."""
    found = sa.select(sa.func.count()).select_from(Conversation).where(*_kept(shopper_id), *_with(words))
    return await session.scalar(found) or 0


async def purge(session: AsyncSession, *, before: datetime) -> int:
    """Deletes for good what was deleted earlier; how many conversations. A line that one of their messages struck off stays off."""
    deleted = await session.execute(sa.delete(Conversation).where(col(Conversation.deleted_at) < before).returning(col(Conversation.id)))
    return len(deleted.all())


def _kept(shopper_id: UUID) -> tuple[sa.ColumnElement[bool], ...]:
    """Those in which something was said."""
    return col(Conversation.shopper_id) == shopper_id, col(Conversation.title) != "", col(Conversation.deleted_at).is_(None)


def _newest() -> tuple[Any, ...]:
    return col(Conversation.updated_at).desc(), col(Conversation.id)


def _has(text: Any, word: str) -> sa.ColumnElement[bool]:
    """`word` is in compatibility form, as is the text that it is looked for in: half-width kana and full-width letters are found too."""
    escaped = "".join(f"{ESCAPE}{sign}" if sign in "%_\\" else sign for sign in word)
    return sa.func.normalize(text, sa.text("NFKC")).ilike(f"%{escaped}%", escape=ESCAPE)


def _with(words: Sequence[str]) -> list[sa.ColumnElement[bool]]:
    called = sa.func.coalesce(sa.func.nullif(col(Conversation.name), ""), col(Conversation.title))
    said = (col(Message.conversation_id) == col(Conversation.id), col(Message.replaced_at).is_(None))
    return [sa.or_(_has(called, word), sa.exists().where(*said, _has(col(Message.text), word))) for word in words]


def _best(words: Sequence[str]) -> sa.FromClause:
    """The message of a conversation that has most of the words, the latest of several."""
    has = [_has(col(Message.text), word) for word in words]
    most: sa.ColumnElement[int] = sum((sa.cast(one, sa.Integer) for one in has), sa.literal(0))
    here = (col(Message.conversation_id) == col(Conversation.id), col(Message.replaced_at).is_(None), sa.or_(*has))
    found: sa.Select[Any, Any] = sa.select(col(Message.role).label("role"), col(Message.text).label("text")).where(*here)
    return found.order_by(most.desc(), col(Message.position).desc()).limit(1).lateral("best")
