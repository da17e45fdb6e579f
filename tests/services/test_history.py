"""A long conversation is read from its end, and further back on demand."""

from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from coffeebot.domain.errors import NotFound
from coffeebot.models import Message
from coffeebot.services.history import SHOWN
from coffeebot.wiring import Services


async def talked(services: Services, shopper: UUID, messages: int) -> str:
    conversation = await services.conversations.create(shopper)
    async with services.database.session() as session:
        session.add_all(
            Message(conversation_id=conversation, position=n, role="shopper" if n % 2 else "barista", text=f"message {n}")
            for n in range(1, messages + 1)
        )
    return conversation


async def test_it_opens_with_the_last_messages_and_goes_back_in_steps(starter_services: Services) -> None:
    shopper, history = uuid4(), starter_services.conversations
    conversation = await talked(starter_services, shopper, 2 * SHOWN + 5)
    opened = await history.open(conversation, shopper_id=shopper)
    assert [m.text for m in opened.messages] == [f"message {n}" for n in range(SHOWN + 6, 2 * SHOWN + 6)] and opened.earlier
    before = await history.earlier(conversation, opened.messages[0].id, shopper_id=shopper)
    assert [m.text for m in before.messages] == [f"message {n}" for n in range(6, SHOWN + 6)] and before.earlier
    first = await history.earlier(conversation, before.messages[0].id, shopper_id=shopper)
    assert [m.text for m in first.messages] == [f"message {n}" for n in range(1, 6)] and not first.earlier
    nothing = await history.earlier(conversation, first.messages[0].id, shopper_id=shopper)
    assert not nothing.messages and not nothing.earlier


async def test_a_short_one_is_whole(starter_services: Services) -> None:
    shopper = uuid4()
    conversation = await talked(starter_services, shopper, SHOWN)
    opened = await starter_services.conversations.open(conversation, shopper_id=shopper)
    assert len(opened.messages) == SHOWN and not opened.earlier


async def test_the_database_reads_no_more_than_is_shown(starter_services: Services) -> None:
    shopper = uuid4()
    conversation = await talked(starter_services, shopper, 3 * SHOWN)
    asked: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        asked.append(statement)

    sa.event.listen(starter_services.database.engine.sync_engine, "before_cursor_execute", note)
    try:
        await starter_services.conversations.open(conversation, shopper_id=shopper)
    finally:
        sa.event.remove(starter_services.database.engine.sync_engine, "before_cursor_execute", note)
    of_messages = [statement for statement in asked if statement.startswith("SELECT message.")]
    assert of_messages and all("LIMIT" in statement for statement in of_messages)


async def test_nobody_reads_further_back_in_what_is_not_theirs(starter_services: Services) -> None:
    shopper, stranger, history = uuid4(), uuid4(), starter_services.conversations
    conversation = await talked(starter_services, shopper, SHOWN + 10)
    first = (await history.open(conversation, shopper_id=shopper)).messages[0].id
    with pytest.raises(NotFound):
        await history.earlier(conversation, first, shopper_id=stranger)
    theirs = await talked(starter_services, stranger, 4)
    assert not (await history.earlier(theirs, first, shopper_id=stranger)).messages, "a message of another conversation leads nowhere"
