"""A model speaks: the same events whoever it is, words and cards from one object, its searches, and the card read a second time."""

import json
import logging
from dataclasses import replace
from typing import Any

import pytest

from coffeebot.domain.turn import Considered, Event, Followups, Pick, Profile, Question
from evals.wire import Call, End, Request, Say, Scene, Wire, say
from tests.turns.bar import KINDS, Bar, Reply, served_bar

WISH = "something fruity for my V60"
TALK = {
    WISH: (say("Take [[c1]], the jammiest. [[c2]] is tighter.", chars=3),),
    "something cheaper than the first": (
        Scene((Say("One moment."), Call('{"cheaper_than": "c1"}'), End("tool"))),
        say("[[c3]] costs less."),
    ),
    "what does washed mean?": (say("The fruit is washed off before the bean dries."),),
    "thanks": (say("Enjoy it."),),
}


def shape(event: Event) -> tuple[str, Any]:
    """An event without what differs from one conversation, or one service, to the next."""
    told = json.loads(event.data())
    if event.name == "pick":
        told["reasons"] = [{**reason, "trait_id": None} for reason in told["reasons"]]
    if event.name == "profile":
        told["traits"] = [{**trait, "id": "", "created_at": ""} for trait in told["traits"]]
    for part in ("conversation_id", "message_id", "by", "model", "answered_by"):
        told.pop(part, None)
    return event.name, told


async def test_the_same_conversation_yields_the_same_events_through_every_kind(database: str) -> None:
    heard: dict[str, list[list[tuple[str, Any]]]] = {}
    for kind in KINDS:
        async with served_bar(kind, database) as (wire, shopper):
            for message, scenes in TALK.items():
                wire.play(*scenes)
                reply = await shopper.say(message)
                assert reply.error is None and reply.by == kind
                heard.setdefault(kind, []).append([shape(event) for event in reply.events])
    assert heard["anthropic"] == heard["openai"] == heard["compatible"]
    names = [name for name, _ in heard["anthropic"][0]]
    assert names[:4] == ["start", "profile", "considered", "answering"] and names[-1] == "done" and names.count("pick") == 2


async def spoken(database: str, text: str, message: str = WISH, **scene: Any) -> Reply:
    async with served_bar("anthropic", database) as (wire, shopper):
        wire.play(say(text, **scene))
        return await shopper.say(message)


@pytest.mark.parametrize("chars", [None, 1, 2, 5])
async def test_a_reference_becomes_name_and_card_wherever_it_is_cut(chars: int | None, database: str) -> None:
    reply = await spoken(database, "Take [[c2]] or [[c99]], or [[c0]], or [[x]]. [[c2]] again, [[c1]] too.", chars=chars)
    first, second = reply.names
    assert reply.text == f"Take **{first}** or , or , or . **{first}** again, **{second}** too." or reply.text.count(f"**{first}**") == 2
    assert "[[" not in reply.text and "c99" not in reply.text


async def test_prices_and_addresses_of_a_models_own_are_removed(database: str) -> None:
    reply = await spoken(database, "[[c1]] costs $18 a bag, see https://shop.example/x or www.shop.example. It is jammy.")
    assert "18" not in reply.text and "shop" not in reply.text and "It is jammy." in reply.text


async def test_a_reply_that_offers_nothing_is_followed_by_the_best_three(database: str) -> None:
    reply = await spoken(database, "Fruit it is. Let me think.")
    assert len(reply.names) == 3 and all(pick.reasons for pick in reply.of(Pick))
    order = [type(event) for event in reply.events]
    assert order.index(Pick) < order.index(Question)


@pytest.mark.parametrize("message", ["what does washed mean?", "thank you", "who won the match yesterday?"])
async def test_nobody_is_offered_coffee_who_asked_for_none(message: str, database: str) -> None:
    assert not (await spoken(database, "That is easily said.", message)).names


async def test_a_coffee_of_the_shelf_that_is_named_in_plain_words_gets_its_card(database: str) -> None:
    best = (await spoken(database, "[[c1]]")).names[0]
    assert (await spoken(database, f"I would start with {best}, it is jammy.")).names == [best]


async def test_a_coffee_that_was_not_offered_is_noted(database: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "coffeebot.services.conversation"):
        reply = await spoken(database, "Try Midnight Jam instead.", "a washed decaf with chocolate")
    assert "Midnight Jam" not in reply.names and "Midnight Jam" in caplog.text


async def test_a_model_may_search_twice_and_what_it_finds_keeps_the_musts(database: str) -> None:
    async with served_bar("anthropic", database) as (wire, shopper):
        search = Scene((Call('{"processes": ["washed"], "words": "clean"}'), End("tool")))
        wire.play(search, replace(search, steps=(Call('{"origins": ["Kenya"]}', id="call_2"), End("tool"))), say("[[c11]] is it."))
        reply = await shopper.say("nothing dark, no decaf")
        assert len(wire.replies) == 3 and reply.error is None
        assert all(pick.roast not in ("Dark", "Medium-Dark") for pick in reply.of(Pick))
        assert "c1" in wire.replies[2].text and len(await shopper.calls()) == 3


async def test_a_third_search_is_not_answered(database: str) -> None:
    async with served_bar("anthropic", database, anthropic_cheap_model="claude-sonnet-5-5") as (wire, shopper):
        wire.play(*(Scene((Call('{"decaf": true}', id=f"call_{n}"), End("tool"))) for n in range(3)))
        reply = await shopper.say(WISH)
        assert len(wire.replies) == 3 and reply.by == "house"


READ = {
    "traits": [
        {"facet": "flavour", "value": "stone_fruit", "polarity": "must", "strength": 2, "evidence": "auntie's cobbler", "amount": None,
         "currency": None, "grams": None},
    ],
    "remove": [],
    "summary": "",
}  # fmt: skip
HINT = "Something that is like my auntie's cobbler, please."


async def with_reading(database: str, structured: Scene, **settings: Any) -> tuple[Reply, Bar, Wire]:
    async with served_bar("openai", database, **settings) as (wire, shopper):
        wire.play(say("[[c1]] is close to it."))
        wire.structured = structured
        reply = await shopper.say(HINT)
        calls = await shopper.calls("profile")
        assert [call.outcome for call in calls] == ["ok"] or structured != say(json.dumps(READ))
        return reply, shopper, wire


async def test_what_a_model_reads_between_the_lines_is_written_to_the_card(database: str) -> None:
    reply, _, _ = await with_reading(database, say(json.dumps(READ)))
    last = reply.of(Profile)[-1]
    assert ("flavour", "stone_fruit", "llm", "auntie's cobbler") in [(t.facet, t.value, t.source, t.evidence) for t in last.traits]
    assert len(reply.of(Profile)) == 2


@pytest.mark.parametrize(
    "structured", [Scene(status=500), say("no JSON"), say('{"traits": 5}'), Scene(before_head=30), say(json.dumps({**READ, "traits": [7]}))]
)
async def test_a_second_reading_that_fails_changes_nothing_visible(structured: Scene, database: str) -> None:
    reply, _, _ = await with_reading(database, structured)
    assert reply.error is None and reply.done is not None and len(reply.of(Profile)) == 1
    assert len(reply.names) == 1 and reply.of(Considered) and reply.of(Followups)


async def test_a_long_conversation_is_read_again_within_its_budget(database: str) -> None:
    async with served_bar("compatible", database, history_tokens=120) as (wire, shopper):
        wire.play(say("[[c1]] is jammy, and I could say a good deal more of it if anybody asked me to. " * 3))
        for number in range(8):
            await shopper.say(f"message number {number}: something fruity, and not from Brazil")
        last: Request = wire.replies[-1]
        assert "message number 7" in last.text and "<earlier>" in last.text and "Shopper: message number 1" in last.text
        assert len(last.text) < len(wire.replies[0].text) + 2500
