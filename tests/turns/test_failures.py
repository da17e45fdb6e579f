"""Everything that can go wrong with a model's answer, over the real SDKs and real HTTP, and what the shopper sees of it."""

import asyncio
import time

import pytest

from coffeebot.domain.turn import Answering, Delta, Pick, Question
from coffeebot.state.message import by, note
from evals.wire import Call, Drop, End, Fault, Garbage, Say, Scene, Stall, say
from tests.turns.bar import KINDS, Bar, bar, connected, served_bar

WISH = "something fruity for my V60"
WHOLE = "Take [[c1]], it is the jammiest. [[c2]] is tighter."
BEFORE_THE_FIRST_WORD = {
    "401": Scene(status=401),
    "403": Scene(status=403),
    "404": Scene(status=404),
    "429 with a wait": Scene(status=429, headers={"retry-after": "30"}),
    "500": Scene(status=500),
    "503": Scene(status=503),
    "529": Scene(status=529),
    "a stall before the head": Scene(before_head=30),
    "a stall before the first word": Scene((Stall(30),)),
    "a dropped connection": Scene((Drop(),)),
    "an empty answer": Scene((End(),)),
    "spaces alone": Scene((Say(" \n"), End())),
    "JSON that is none": Scene((Garbage(),)),
    "an error event": Scene((Fault("overloaded"),)),
    "an error event of the server": Scene((Fault("server"),)),
    "an error event of the limit": Scene((Fault("rate_limit"),)),
    "a refusal": Scene((End("refusal"),)),
    "no word within the limit": Scene((End("max_tokens"),)),
    "nothing but calls": Scene((Call('{"origins": ["Kenya"]}'), End("tool"))),
}
AFTER_THE_FIRST_WORD = {
    "an error event": ((Fault("overloaded"),), "overloaded"),
    "an error event of the server": ((Fault("server"),), "server"),
    "an error event of the limit": ((Fault("rate_limit"),), "rate_limit"),
    "a stall": ((Stall(30),), "timeout"),
    "a dropped connection": ((Drop(),), "connection"),
    "JSON that is none": ((Garbage(),), "malformed"),
    "the limit of tokens": ((End("max_tokens"),), "cut_short"),
    "a refusal": ((End("refusal"),), "refused"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scene", BEFORE_THE_FIRST_WORD.values(), ids=BEFORE_THE_FIRST_WORD)
async def test_before_the_first_word_the_house_barista_takes_over(kind: str, scene: Scene, database: str) -> None:
    async with served_bar(kind, database) as (wire, shopper):
        wire.play(scene)
        reply = await shopper.say(WISH)
        assert reply.error is None and reply.done is not None and reply.done.answered_by == "house"
        assert reply.of(Answering) == [Answering("house", instead_of=kind)]
        assert len(reply.names) == 3 and all(f"**{name}**" in reply.text for name in reply.names) and reply.of(Question)
        stored = await shopper.stored()
        assert (stored.status, stored.text, note(stored)) == ("complete", reply.text, "")
        assert "house barista" in by(stored)
        calls = await shopper.calls()
        assert calls and all(
            call.outcome not in ("ok", "running") or (scene.steps[:1] and isinstance(scene.steps[0], Call)) for call in calls
        )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("steps", "outcome"), AFTER_THE_FIRST_WORD.values(), ids=AFTER_THE_FIRST_WORD)
async def test_after_the_first_word_what_came_stays_and_goes_on(kind: str, steps: tuple[object, ...], outcome: str, database: str) -> None:
    async with served_bar(kind, database, first_word_seconds=30, reply_seconds=60) as (wire, shopper):
        said = [Say(word) for word in ("Take ", "[[c1]]", ", it ", "is the ", "jammiest ")]
        wire.play(Scene((*said, *steps)), say("of them. [[c1]] again, and [[c2]] is tighter."))  # type: ignore[arg-type]
        reply = await shopper.say(WISH)
        assert reply.error is not None and (reply.error.code, reply.error.retryable) == (outcome, True)
        assert reply.text.startswith(f"Take **{reply.names[0]}**, it is the") and reply.done is None
        stored = await shopper.stored()
        assert (stored.status, stored.text) == ("interrupted", reply.text) and note(stored) == reply.error.message
        assert [call.outcome for call in await shopper.calls()] == [outcome]
        assert reply.by == kind  # nobody else began
        rest = await shopper.resume()
        assert rest.error is None and len(rest.names) == 1 and rest.names != reply.names
        stored = await shopper.stored()
        assert stored.status == "complete" and stored.text.startswith(reply.text.rstrip().rpartition(" ")[0])
        assert [pick["name"] for pick in stored.parts["picks"]] == reply.names + rest.names and not note(stored)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_broken_off_answer_can_be_had_anew(kind: str, database: str) -> None:
    async with served_bar(kind, database) as (wire, shopper):
        wire.play(Scene((Say("Take "), Say("[[c3]] "), Drop())), say(WHOLE))
        broken = await shopper.say(WISH)
        again = await shopper.again()
        assert again.error is None and len(again.names) == 2 and "jammiest" in again.text
        stored = await shopper.stored()
        assert stored.text == again.text and broken.names[0] not in [pick["name"] for pick in stored.parts["picks"]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", [500, 529])
async def test_a_quick_failure_is_tried_once_more(kind: str, status: int, database: str) -> None:
    async with served_bar(kind, database) as (wire, shopper):
        wire.play(Scene(status=status), say(WHOLE))
        reply = await shopper.say(WISH)
        assert reply.by == kind and reply.names and len(wire.replies) == 2
        assert [call.outcome for call in await shopper.calls()] == ["overloaded" if status == 529 else "server", "ok"]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_malformed_call_is_told_to_the_model_and_not_to_the_shopper(kind: str, database: str) -> None:
    async with served_bar(kind, database) as (wire, shopper):
        wire.play(Scene((Call('{"origins": ["Keny'), End("tool"))), say(WHOLE))
        reply = await shopper.say(WISH)
        assert reply.error is None and reply.by == kind and len(reply.names) == 2
        assert "cannot be used" in wire.replies[1].text


async def test_an_address_where_nobody_listens_is_no_dead_end(database: str) -> None:
    for kind in KINDS:
        async with bar(database, **connected(kind, "http://127.0.0.1:9")) as shopper:
            reply = await shopper.say(WISH)
            assert reply.by == "house" and len(reply.names) == 3
            assert {call.outcome for call in await shopper.calls()} == {"connection"}


@pytest.mark.parametrize("order", [("anthropic", "openai"), ("openai", "anthropic")])
async def test_the_next_provider_answers_in_place_of_the_first(order: tuple[str, str], database: str) -> None:
    async with served_bar(order[0], database) as (down, _), served_bar(order[1], database) as (up, _):
        down.play(Scene(status=401))
        up.play(say(WHOLE))
        both = {**connected(order[0], down.url), **connected(order[1], up.url)}
        async with bar(database, providers=list(order), **both) as shopper:
            reply = await shopper.say(WISH)
            assert reply.of(Answering)[0].by == order[1] and reply.of(Answering)[0].instead_of == order[0]
            assert "in place of" in by(await shopper.stored())


async def test_a_provider_that_keeps_failing_is_left_alone(database: str) -> None:
    async with served_bar("anthropic", database, anthropic_cheap_model="claude-sonnet-5-5") as (wire, shopper):
        wire.play(Scene((Garbage(),)))
        for _ in range(5):
            reply = await shopper.say(WISH)
            assert reply.by == "house" and reply.names
        assert len(wire.replies) == 3


@pytest.mark.parametrize("kind", KINDS)
async def test_stop_hangs_up_on_the_service_at_once_and_keeps_what_came(kind: str, database: str) -> None:
    async with served_bar(kind, database) as (wire, shopper):
        wire.play(Scene((Say("Take "), Say("[[c1]] "), Say("first "), Stall(30))))
        message = await shopper.start(WISH)
        await _until_it_speaks(shopper, message)
        stopped_at = time.monotonic()
        await shopper.stop()
        asked = wire.replies[0]
        assert await asked.hang_up() - stopped_at < 0.2
        stored = await shopper.stored()
        assert stored.status == "stopped" and stored.text.startswith("Take **") and len(stored.parts["picks"]) == 1
        (call,) = await shopper.calls()
        assert call.outcome == "cancelled"


async def _until_it_speaks(shopper: Bar, message: object) -> None:
    async for event in shopper.services.replies.events(message, conversation_id=shopper.conversation):  # type: ignore[arg-type]
        if isinstance(event, (Delta, Pick)):
            break
    await asyncio.sleep(0.1)
