"""Thumbs on answers: kept, changed, taken back, and nobody else's business."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from coffeebot.domain.errors import BadInput, NotFound
from coffeebot.domain.opinion import COMMENT_CHARS, Opinion
from coffeebot.wiring import Services


async def answered(services: Services, shopper: UUID) -> tuple[str, UUID]:
    conversation = await services.conversations.create(shopper)
    reply = await services.replies.start(conversation, "something nutty", shopper_id=shopper)
    async for _ in services.replies.events(reply, conversation_id=conversation):
        pass
    return conversation, reply


async def kept(services: Services, conversation: str, shopper: UUID) -> dict[UUID, Opinion]:
    return dict((await services.conversations.open(conversation, shopper_id=shopper)).opinions)


async def test_a_thumb_is_kept_changed_and_taken_back(starter_services: Services) -> None:
    shopper = uuid4()
    conversation, reply = await answered(starter_services, shopper)
    assert await kept(starter_services, conversation, shopper) == {}
    await starter_services.feedback.give(reply, verdict="up", shopper_id=shopper)
    assert await kept(starter_services, conversation, shopper) == {reply: Opinion("up")}
    given = await starter_services.feedback.give(reply, verdict="down", reason="long", comment=" too much ", shopper_id=shopper)
    assert given == Opinion("down", "long", "too much")
    assert await kept(starter_services, conversation, shopper) == {reply: given}
    await starter_services.feedback.take_back(reply, shopper_id=shopper)
    await starter_services.feedback.take_back(reply, shopper_id=shopper)
    assert await kept(starter_services, conversation, shopper) == {}


async def test_a_stranger_has_no_say(starter_services: Services) -> None:
    shopper = uuid4()
    conversation, reply = await answered(starter_services, shopper)
    await starter_services.feedback.give(reply, verdict="up", shopper_id=shopper)
    with pytest.raises(NotFound):
        await starter_services.feedback.give(reply, verdict="down", shopper_id=uuid4())
    with pytest.raises(NotFound):
        await starter_services.feedback.take_back(reply, shopper_id=uuid4())
    assert await kept(starter_services, conversation, shopper) == {reply: Opinion("up")}


async def test_only_answers_that_are_there_have_a_thumb(starter_services: Services) -> None:
    shopper = uuid4()
    conversation, _ = await answered(starter_services, shopper)
    said = (await starter_services.conversations.open(conversation, shopper_id=shopper)).messages[0]
    for message in (said.id, uuid4()):
        with pytest.raises(NotFound):
            await starter_services.feedback.give(message, verdict="up", shopper_id=shopper)


@pytest.mark.parametrize(
    "opinion",
    [
        {"verdict": "sideways"},
        {"verdict": ""},
        {"verdict": "up", "reason": "long"},
        {"verdict": "down", "reason": "drop table"},
        {"verdict": "down", "comment": "x" * (COMMENT_CHARS + 1)},
    ],
)
async def test_what_is_no_opinion_is_refused(starter_services: Services, opinion: dict[str, Any]) -> None:
    shopper = uuid4()
    conversation, reply = await answered(starter_services, shopper)
    with pytest.raises(BadInput):
        await starter_services.feedback.give(reply, shopper_id=shopper, **opinion)
    assert await kept(starter_services, conversation, shopper) == {}


async def test_a_new_answer_starts_without_a_thumb(starter_services: Services) -> None:
    shopper = uuid4()
    conversation, reply = await answered(starter_services, shopper)
    await starter_services.feedback.give(reply, verdict="down", reason="asked", shopper_id=shopper)
    again = await starter_services.replies.retry(conversation, shopper_id=shopper)
    async for _ in starter_services.replies.events(again, conversation_id=conversation):
        pass
    assert await kept(starter_services, conversation, shopper) == {}
