"""What an edit does to a conversation: the messages from there on are put aside, until an undo or the next message."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from coffeebot.domain.errors import NotFound
from coffeebot.domain.taste import Source
from coffeebot.models.base import now
from coffeebot.models.conversation import Conversation, Message
from coffeebot.models.step import unsay
from coffeebot.models.trait import TraitRow


async def put_aside(session: AsyncSession, conversation: Conversation, message_id: UUID) -> int:
    """Takes the shopper's message and all after it out of the conversation; returns its position."""
    message = await session.get(Message, message_id)
    here = message is not None and message.conversation_id == conversation.id and message.replaced_at is None
    if message is None or not here or message.role != "shopper":
        raise NotFound("That message is no longer part of the conversation. Reload the page to see how it stands.")
    await forget(session, conversation)
    after = (col(Message.conversation_id) == conversation.id, col(Message.position) >= message.position)
    await session.execute(sa.update(Message).where(*after).values(replaced_at=now()))
    _summarised_until(conversation, message.position)
    return message.position


async def bring_back(session: AsyncSession, conversation: Conversation) -> None:
    """Puts the messages of the last edit back in the place of those that came after it."""
    first = await session.scalar(sa.select(sa.func.min(col(Message.position))).where(*_aside(conversation)))
    if first is None:
        raise NotFound("There is nothing to bring back any more: the conversation went on.")
    instead = (col(Message.conversation_id) == conversation.id, col(Message.replaced_at).is_(None), col(Message.position) >= first)
    await _delete(session, *instead)
    await session.execute(sa.update(Message).where(*_aside(conversation)).values(replaced_at=None))
    _summarised_until(conversation, first)


async def has_aside(session: AsyncSession, conversation: Conversation) -> bool:
    """Whether an edit can be undone."""
    return bool(await session.scalar(sa.select(sa.exists().where(*_aside(conversation)))))


async def forget(session: AsyncSession, conversation: Conversation) -> None:
    """Deletes what an edit put aside, for good."""
    if await has_aside(session, conversation):
        await _delete(session, *_aside(conversation))


def _aside(conversation: Conversation) -> tuple[sa.ColumnElement[bool], ...]:
    return col(Message.conversation_id) == conversation.id, col(Message.replaced_at).is_not(None)


async def _delete(session: AsyncSession, *which: sa.ColumnElement[bool]) -> None:
    """Messages, with the lines that they wrote on the card; the shopper's own lines stay."""
    messages = sa.select(col(Message.id)).where(*which)
    await unsay(session, messages)
    await session.execute(sa.delete(TraitRow).where(col(TraitRow.message_id).in_(messages), col(TraitRow.source) != Source.SHOPPER))
    await session.execute(sa.delete(Message).where(*which))


def _summarised_until(conversation: Conversation, position: int) -> None:
    """A summary that told of messages from `position` on is made anew by the next turn."""
    if conversation.summarised >= position:
        conversation.summary, conversation.summarised = "", 0
