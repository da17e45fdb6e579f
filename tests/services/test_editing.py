"""Editing an earlier message over a real database: what followed goes with all it brought, and comes back with all of it."""

from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlmodel import col

from coffeebot.domain.errors import BadInput, MessageTooLong, NotFound, ReplyRunning
from coffeebot.models import Conversation, Message, TraitRow
from coffeebot.models.conversation import messages_of
from coffeebot.services.views import ConversationView
from coffeebot.wiring import Services


class Talk:
    """One shopper's conversation."""

    def __init__(self, services: Services) -> None:
        self.services, self.shopper, self.id = services, uuid4(), ""

    async def say(self, *messages: str) -> None:
        self.id = self.id or await self.services.conversations.create(self.shopper)
        for message in messages:
            await self._heard(await self.services.replies.start(self.id, message, shopper_id=self.shopper))

    async def edit(self, number: int, text: str) -> None:
        """The shopper's message `number`, counted from 1."""
        said = [message for message in (await self.opened()).messages if message.role == "shopper"][number - 1]
        await self._heard(await self.services.replies.edit(self.id, said.id, text, shopper_id=self.shopper))

    async def undo(self) -> None:
        await self.services.replies.undo_edit(self.id, shopper_id=self.shopper)

    async def opened(self) -> ConversationView:
        return await self.services.conversations.open(self.id, shopper_id=self.shopper)

    async def said(self) -> list[str]:
        return [message.text for message in (await self.opened()).messages if message.role == "shopper"]

    async def card(self) -> set[str]:
        return {line.value for line in (await self.opened()).traits}

    async def rows(self) -> int:
        async with self.services.database.session() as session:
            count = sa.select(sa.func.count()).select_from(Message).where(col(Message.conversation_id) == self.id)
            return await session.scalar(count) or 0

    async def _heard(self, reply: UUID) -> None:
        async for _ in self.services.replies.events(reply, conversation_id=self.id):
            pass


@pytest.fixture
def talk(starter_services: Services) -> Talk:
    return Talk(starter_services)


async def test_what_followed_goes_with_what_it_wrote_on_the_card(talk: Talk) -> None:
    await talk.say("fruity coffees, please", "washed", "nothing dark")
    before = await talk.opened()
    await talk.edit(2, "natural")
    after = await talk.opened()
    assert await talk.said() == ["fruity coffees, please", "natural"] and len(after.messages) == 4
    assert await talk.card() == {"fruity", "natural"} and after.fitting != before.fitting
    assert [message.id for message in after.messages[:2]] == [message.id for message in before.messages[:2]]
    assert after.messages[-1].parts["picks"] and after.edited


async def test_an_undo_brings_back_messages_picks_and_card(talk: Talk) -> None:
    await talk.say("fruity coffees, please", "washed", "nothing dark")
    before = await talk.opened()
    await talk.edit(1, "chocolate, decaf")
    assert await talk.said() == ["chocolate, decaf"] and (await talk.opened()).title == "chocolate, decaf"
    await talk.undo()
    after = await talk.opened()
    assert after.messages == before.messages and set(after.traits) == set(before.traits)
    assert after.title == "fruity coffees, please" and not after.edited and await talk.rows() == 6


async def test_what_an_edited_message_struck_off_the_card_stands_again(talk: Talk) -> None:
    await talk.say("fruity, under $20 a bag", "forget the budget")
    assert "max" not in await talk.card()
    await talk.edit(2, "washed")
    assert await talk.card() == {"fruity", "max", "washed"}
    await talk.undo()
    assert await talk.card() == {"fruity"}
    await talk.edit(2, "washed")
    await talk.say("natural")
    assert "max" in await talk.card(), "the way back is closed, and the budget holds"


async def test_what_both_versions_of_a_message_struck_off_stays_off_after_the_undo(talk: Talk) -> None:
    await talk.say("fruity, under $20 a bag", "forget the budget")
    await talk.edit(2, "please forget the budget")
    assert await talk.card() == {"fruity"}
    await talk.services.replies.retry(talk.id, shopper_id=talk.shopper)
    await talk.undo()
    assert await talk.said() == ["fruity, under $20 a bag", "forget the budget"] and await talk.card() == {"fruity"}
    await talk.edit(2, "please forget the budget")
    await talk.say("washed")
    assert await talk.card() == {"fruity", "washed"}


async def test_what_the_shopper_struck_off_by_hand_stays_off(talk: Talk) -> None:
    await talk.say("fruity, under $20 a bag", "washed")
    fruity = next(line for line in (await talk.opened()).traits if line.value == "fruity")
    await talk.services.profile.remove(fruity.id, shopper_id=talk.shopper, conversation_id=talk.id)
    await talk.edit(2, "natural")
    assert await talk.card() == {"max", "natural"}
    await talk.undo()
    assert await talk.card() == {"max", "washed"}


async def test_a_line_of_ones_own_outlives_the_message_it_came_from(talk: Talk) -> None:
    await talk.say("fruity", "washed")
    async with talk.services.database.session() as session:
        mine = (col(TraitRow.conversation_id) == talk.id, col(TraitRow.value) == "washed")
        await session.execute(sa.update(TraitRow).where(*mine).values(source="shopper", written_by=None))
    await talk.edit(2, "nothing dark")
    assert "washed" in await talk.card()
    await talk.say("what else?")
    assert "washed" in await talk.card()


async def test_the_next_message_closes_the_way_back_and_keeps_no_rest(talk: Talk) -> None:
    await talk.say("fruity", "washed")
    await talk.edit(1, "chocolate")
    assert await talk.rows() == 6
    await talk.say("decaf")
    assert await talk.rows() == 4 and not (await talk.opened()).edited
    with pytest.raises(NotFound):
        await talk.undo()


async def test_a_second_edit_replaces_the_first_ones_way_back(talk: Talk) -> None:
    await talk.say("fruity", "washed")
    await talk.edit(2, "natural")
    await talk.edit(2, "honey")
    await talk.undo()
    assert await talk.said() == ["fruity", "natural"] and await talk.card() == {"fruity", "natural"}


async def test_a_turn_after_an_edit_remembers_only_what_is_there(talk: Talk) -> None:
    await talk.say("something fruity", "what else do you have?")
    offered = {pick["id"] for message in (await talk.opened()).messages for pick in message.parts.get("picks", ())}
    assert len(offered) == 6
    await talk.edit(2, "what else have you got?")
    picks = [{pick["id"] for pick in message.parts.get("picks", ())} for message in (await talk.opened()).messages]
    assert picks[1] | picks[3] == offered, "the others are not used up by an answer that is gone"


async def test_a_summary_of_what_is_gone_goes_too(talk: Talk) -> None:
    await talk.say("fruity", "washed", "under $20 a bag")
    async with talk.services.database.session() as session:
        told = {"summary": "Shopper: washed", "summarised": 4}
        await session.execute(sa.update(Conversation).where(col(Conversation.id) == talk.id).values(**told))
    await talk.edit(3, "decaf")
    async with talk.services.database.session() as session:
        kept = await session.get_one(Conversation, talk.id)
        assert kept.summary == "Shopper: washed", "it tells of what is still there"
    await talk.edit(2, "natural")
    async with talk.services.database.session() as session:
        kept = await session.get_one(Conversation, talk.id)
        assert kept.summary == "" and kept.summarised == 0
        assert [message.position for message in await messages_of(session, talk.id)] == [1, 2, 3, 4]


@pytest.mark.parametrize(("text", "error"), [("  ", BadInput), ("x" * 2001, MessageTooLong)])
async def test_what_cannot_be_sent_changes_nothing(talk: Talk, text: str, error: type[Exception]) -> None:
    await talk.say("fruity", "washed")
    before = await talk.opened()
    with pytest.raises(error):
        await talk.edit(1, text)
    assert await talk.opened() == before


async def test_only_ones_own_messages_are_edited(talk: Talk) -> None:
    await talk.say("fruity")
    said, reply = (await talk.opened()).messages
    replies = talk.services.replies
    for conversation, message, shopper in (
        (talk.id, reply.id, talk.shopper),
        (talk.id, uuid4(), talk.shopper),
        (talk.id, said.id, uuid4()),
        ("no-such-conversation", said.id, talk.shopper),
    ):
        with pytest.raises(NotFound):
            await replies.edit(conversation, message, "let me in", shopper_id=shopper)
    with pytest.raises(NotFound):
        await replies.undo_edit(talk.id, shopper_id=uuid4())
    other = Talk(talk.services)
    await other.say("washed")
    with pytest.raises(NotFound):
        await replies.edit(other.id, said.id, "across conversations", shopper_id=other.shopper)
    assert await talk.said() == ["fruity"] and await other.said() == ["washed"]


async def test_nothing_is_edited_while_the_barista_answers(talk: Talk) -> None:
    await talk.say("fruity")
    said = (await talk.opened()).messages[0]
    running = await talk.services.replies.start(talk.id, "washed", shopper_id=talk.shopper)
    with pytest.raises(ReplyRunning):
        await talk.services.replies.edit(talk.id, said.id, "natural", shopper_id=talk.shopper)
    await talk._heard(running)
    assert await talk.said() == ["fruity", "washed"]
