"""The list of conversations over a real database: found, named, deleted, brought back, and gone for good."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlmodel import col

from coffeebot.domain.errors import BadInput, NotFound
from coffeebot.models import Conversation, Message, Shopper, TraitRow
from coffeebot.models.base import now
from coffeebot.models.conversation import ensure_shopper
from coffeebot.models.step import ProfileStep
from coffeebot.services.archive import UNDO_FOR, excerpt, searched, written
from coffeebot.services.transcript import new_id
from coffeebot.wiring import Services


@pytest.fixture
def shopper() -> UUID:
    return uuid4()


async def kept(services: Services, shopper: UUID, *messages: str, ago: timedelta = timedelta(), **over: Any) -> str:
    """A conversation in which both sides spoke in turn, some time ago."""
    moment = now() - ago
    talk = Conversation(id=new_id(), shopper_id=shopper, title=messages[0][:60], created_at=moment, updated_at=moment, **over)
    async with services.database.session() as session:
        await ensure_shopper(session, shopper)
        session.add(talk)
        await session.flush()
        for n, text in enumerate(messages):
            session.add(Message(conversation_id=talk.id, position=n + 1, role=("shopper", "barista")[n % 2], text=text))
    return talk.id


async def listed(services: Services, shopper: UUID, query: str = "") -> list[str]:
    return [line.title for line in (await services.archive.list(shopper, query=query)).lines]


async def test_the_newest_come_first_and_as_many_as_asked(starter_services: Services, shopper: UUID) -> None:
    for days in (3, 1, 2):
        await kept(starter_services, shopper, f"{days} days ago", ago=timedelta(days=days))
    await kept(starter_services, uuid4(), "somebody else's")
    assert await listed(starter_services, shopper) == ["1 days ago", "2 days ago", "3 days ago"]
    part = await starter_services.archive.list(shopper, limit=2)
    assert len(part.lines) == 2 and part.found == part.total == 3


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("GUJI", ["fruity, please"]),
        ("fruity guji", ["fruity, please"]),
        ("  coffee  ", ["A present", "fruity, please"]),
        ("コーヒー", ["浅煎りのコーヒー"]),
        ("ｺｰﾋｰ", ["浅煎りのコーヒー"]),
        ("ガテマラ", ["浅煎りのコーヒー"]),
        ("v60", ["浅煎りのコーヒー"]),
        ("Ｖ６０", ["浅煎りのコーヒー"]),
        ("煎り　ください", ["浅煎りのコーヒー"]),
        ("100%", ["100% washed_and dried"]),
        ("washed_and", ["100% washed_and dried"]),
        ("washedXand", []),
        ("%", ["100% washed_and dried"]),
        ("\\", ["back\\slash"]),
        ("'; DROP TABLE message;--", []),
        ("guji present", []),
        ("hers", []),
        ("\x00guji", ["fruity, please"]),
    ],
)
async def test_a_search_finds_words_in_titles_and_messages(starter_services: Services, shopper: UUID, query: str, found: list[str]) -> None:
    await kept(starter_services, shopper, "fruity, please", "**Lantern Hill Guji** is a coffee for you.")
    await kept(starter_services, shopper, "浅煎りのコーヒー", "ｶﾞﾃﾏﾗをどうぞ", "Ｖ６０でください", ago=timedelta(days=1))
    await kept(starter_services, shopper, "100% washed_and dried", ago=timedelta(days=2))
    await kept(starter_services, shopper, "back\\slash", ago=timedelta(days=3))
    await kept(starter_services, shopper, "one coffee more", name="A present")
    await kept(starter_services, uuid4(), "fruity guji コーヒー 100% \\ hers")
    assert await listed(starter_services, shopper, query) == found
    answer = await starter_services.archive.list(shopper, query=query)
    assert answer.found == len(found) and answer.total == 5


async def test_a_search_shows_the_message_that_has_most_of_it(starter_services: Services, shopper: UUID) -> None:
    await kept(starter_services, shopper, "a decaf", "**Small Hours** is a decaf with fruit.", "fruit it is", "Good.")
    (line,) = (await starter_services.archive.list(shopper, query="decaf FRUIT")).lines
    assert line.found and line.found.role == "barista"
    assert line.found.runs == (("Small Hours is a ", False), ("decaf", True), (" with ", False), ("fruit", True), (".", False))
    (line,) = (await starter_services.archive.list(shopper)).lines
    assert line.found is None


async def test_replaced_messages_are_not_found(starter_services: Services, shopper: UUID) -> None:
    talk = await kept(starter_services, shopper, "a decaf", "Small Hours.")
    async with starter_services.database.session() as session:
        session.add(Message(conversation_id=talk, position=1, role="shopper", text="a secret", replaced_at=now()))
    assert await listed(starter_services, shopper, "secret") == []


async def test_a_name_replaces_the_title_and_an_empty_one_gives_it_back(starter_services: Services, shopper: UUID) -> None:
    talk = await kept(starter_services, shopper, "first words")
    archive = starter_services.archive
    assert await archive.rename(talk, " After \n dinner\u202e ", shopper_id=shopper) == "After dinner"
    assert await listed(starter_services, shopper) == ["After dinner"]
    assert await listed(starter_services, shopper, "dinner") == ["After dinner"]
    assert (await starter_services.conversations.open(talk, shopper_id=shopper)).title == "After dinner"
    assert await archive.rename(talk, "  ", shopper_id=shopper) == "first words"
    with pytest.raises(BadInput, match="Shorten it"):
        await archive.rename(talk, "x" * 81, shopper_id=shopper)
    with pytest.raises(NotFound):
        await archive.rename(talk, "mine now", shopper_id=uuid4())
    assert await listed(starter_services, shopper) == ["first words"]


async def test_a_deleted_one_is_gone_for_everybody_until_it_is_brought_back(starter_services: Services, shopper: UUID) -> None:
    services = starter_services
    talk = await services.conversations.create(shopper)
    reply = await services.replies.start(talk, "I make V60, no floral coffee", shopper_id=shopper)
    async for _ in services.replies.events(reply, conversation_id=talk):
        pass
    with pytest.raises(NotFound):
        await services.archive.delete(talk, shopper_id=uuid4())
    assert await services.archive.delete(talk, shopper_id=shopper) == "I make V60, no floral coffee"
    assert await listed(services, shopper) == [] and await listed(services, shopper, "V60") == []
    assert await services.conversations.newest(shopper) is None and await services.conversations.owner(talk) is None
    for attempt in (
        services.conversations.open(talk, shopper_id=shopper),
        services.replies.start(talk, "on", shopper_id=shopper),
        services.replies.retry(talk, shopper_id=shopper),
        services.archive.rename(talk, "x", shopper_id=shopper),
        services.archive.delete(talk, shopper_id=shopper),
        services.export.document(talk, shopper_id=shopper),
        services.archive.undelete(talk, shopper_id=uuid4()),
    ):
        with pytest.raises(NotFound):
            await attempt
    fresh = await services.conversations.create(shopper)
    assert (await services.conversations.open(fresh, shopper_id=shopper)).traits == (), "nor is what it said of the shopper"
    await services.archive.undelete(talk, shopper_id=shopper)
    assert await listed(services, shopper) == ["I make V60, no floral coffee"]
    assert {line.value for line in (await services.conversations.open(fresh, shopper_id=shopper)).traits} == {"v60", "floral"}
    with pytest.raises(NotFound):
        await services.archive.undelete(talk, shopper_id=shopper)


async def test_what_cannot_be_brought_back_is_purged_with_all_it_held(starter_services: Services, shopper: UUID) -> None:
    services = starter_services
    old = await kept(services, shopper, "old", "Yes.", deleted_at=now() - UNDO_FOR - timedelta(seconds=1))
    recent = await kept(services, shopper, "recent", deleted_at=now() - UNDO_FOR + timedelta(minutes=1))
    async with services.database.session() as session:
        said = await session.scalar(sa.select(col(Message.id)).where(col(Message.conversation_id) == old).limit(1))
        trait = {"facet": "flavour", "value": "fruity", "polarity": "must", "strength": 2, "source": "rules"}
        session.add(TraitRow(shopper_id=shopper, conversation_id=old, message_id=said, **trait))
    with pytest.raises(NotFound):
        await services.archive.undelete(old, shopper_id=shopper)
    assert await services.archive.purge() == 1
    async with services.database.session() as session:
        assert await session.get(Conversation, old) is None and await session.get(Conversation, recent)
        for table in (Message, TraitRow):
            assert not (await session.scalars(sa.select(table).where(col(table.conversation_id) == old))).all()
        assert await session.get(Shopper, shopper)
    await services.archive.undelete(recent, shopper_id=shopper)


async def test_what_a_purged_conversation_struck_off_stays_off(starter_services: Services, shopper: UUID) -> None:
    services = starter_services
    here = await kept(services, shopper, "V60, please")
    gone = await kept(services, shopper, "forget the V60", deleted_at=now() - 2 * UNDO_FOR)
    async with services.database.session() as session:
        struck_by = await session.scalar(sa.select(col(Message.id)).where(col(Message.conversation_id) == gone))
        step = ProfileStep(shopper_id=shopper, conversation_id=gone, message_id=struck_by)
        session.add(step)
        await session.flush()
        trait = {"facet": "brew_method", "value": "v60", "polarity": "must", "strength": 2, "source": "rules"}
        session.add(TraitRow(shopper_id=shopper, conversation_id=here, struck_by=step.id, **trait))
    assert (await services.conversations.open(here, shopper_id=shopper)).traits == ()
    assert await services.archive.purge() == 1
    assert (await services.conversations.open(here, shopper_id=shopper)).traits == ()


def test_words_of_a_search() -> None:
    assert searched("  two   two Ｗｏｒｄｓ　三 ") == ("two", "Words", "三")
    assert searched(" \x00 ") == () and len(searched(" ".join(map(str, range(50))))) == 6


def test_ways_of_writing_a_word() -> None:
    assert written("decaf") == ("decaf", "ｄｅｃａｆ") and written("豆") == ("豆",)
    assert written("ガV") == ("ガV", "ガＶ", "ｶﾞV")


def test_an_excerpt_begins_near_the_first_word_found() -> None:
    text = "word " * 30 + "decaf " + "word " * 60
    runs = excerpt(text, ("decaf",))
    assert runs[0] == ("…", False) and runs[-1] == ("…", False) and ("decaf", True) in runs
    assert sum(len(part) for part, _ in runs) < 150
    assert excerpt("no hit", ("decaf",)) == (("no hit", False),)
