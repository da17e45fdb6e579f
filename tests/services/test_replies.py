"""The hub: one reply a conversation, followers from anywhere, Stop, failure, and what a restart leaves."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from coffeebot.domain.errors import BaristaFailed, NotFound, ReplyRunning
from coffeebot.domain.turn import Answering, Considered, Delta, Done, Event, Start
from coffeebot.services.replies import PREPARED_AT_ONCE, Replies
from coffeebot.services.transcript import Turn

SHOPPER = uuid4()


@dataclass
class Notebook:
    """A transcript in memory."""

    saved: list[tuple[str, str]] = field(default_factory=list)
    delay: float = 0.0

    async def begin(self, conversation_id: str, text: str, *, shopper_id: UUID, message_id: UUID | None = None) -> Turn:
        await asyncio.sleep(self.delay)
        return Turn(conversation_id, shopper_id, uuid4(), message_id or uuid4(), text, 1)

    async def again(self, conversation_id: str, *, shopper_id: UUID) -> Turn:
        return await self.begin(conversation_id, "again", shopper_id=shopper_id)

    async def resume(self, conversation_id: str, *, shopper_id: UUID) -> Turn:
        return replace(await self.begin(conversation_id, "go on", shopper_id=shopper_id), resume="Hello", parts={"picks": [{"id": "1"}]})

    async def save(self, turn: Turn, *, text: str, status: str, parts: Mapping[str, Any], answered_by: str | None) -> None:
        self.saved.append((status, text))

    async def save_growing(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self.saved += [("running", row["text"]) for row in rows]


@dataclass
class Script:
    """Says its words one by one; holds before each when `gate` is given."""

    words: tuple[str, ...] = ("Hello ", "there.")
    gate: asyncio.Event | None = None
    failure: Exception | None = None
    answering: Answering | None = None

    async def reply(self, turn: Turn) -> AsyncIterator[Event]:
        yield Start(turn.conversation_id, turn.message_id)
        yield Considered(count=3, unknown=1)
        if self.answering:
            yield self.answering
        for word in self.words:
            yield Delta(word)
            if self.gate:
                await self.gate.wait()
        if self.failure:
            raise self.failure
        yield Done(answered_by="script")


def hub(script: Script, notebook: Notebook | None = None) -> tuple[Replies, Notebook]:
    kept = notebook or Notebook()
    return Replies(script, kept), kept  # type: ignore[arg-type]


async def read(replies: Replies, message_id: UUID) -> list[str]:
    return [event.name async for event in replies.events(message_id, conversation_id="c")]


async def test_events_come_in_order_and_the_end_is_stored() -> None:
    replies, notebook = hub(Script())
    message = await replies.start("c", "hi", shopper_id=SHOPPER)
    assert await read(replies, message) == ["start", "considered", "delta", "delta", "done"]
    assert notebook.saved == [("complete", "Hello there.")]
    assert not replies.running("c")


async def test_who_comes_late_hears_everything() -> None:
    replies, _ = hub(Script())
    message = await replies.start("c", "hi", shopper_id=SHOPPER)
    first, second = await read(replies, message), await read(replies, message)
    assert first == second


async def test_followers_see_the_present_state_then_each_change_to_the_end() -> None:
    gate = asyncio.Event()
    replies, _ = hub(Script(gate=gate))
    await replies.start("c", "hi", shopper_id=SHOPPER)
    views = replies.follow("c", every=0.001)
    assert (await anext(views)).running
    while not (view := await anext(views)).message.text:
        assert view.running
    assert view.considered == {"count": 3, "unknown": 1} and view.message.text == "Hello "
    gate.set()
    async for view in views:
        if not view.running:
            break
    assert view.message.text == "Hello there." and view.message.status == "complete" and view.message.answered_by == "script"


async def test_a_follower_waits_for_the_next_reply() -> None:
    replies, _ = hub(Script())
    views = replies.follow("c", every=0.0)
    waiting = asyncio.ensure_future(anext(views))
    await asyncio.sleep(0.01)
    assert not waiting.done()
    await replies.start("c", "hi", shopper_id=SHOPPER)
    assert (await asyncio.wait_for(waiting, 1)).conversation_id == "c"


async def test_a_second_message_is_refused_while_one_is_answered_or_stored() -> None:
    gate = asyncio.Event()
    replies, _ = hub(Script(gate=gate), Notebook(delay=0.01))
    storing = asyncio.ensure_future(replies.start("c", "one", shopper_id=SHOPPER))
    await asyncio.sleep(0)
    with pytest.raises(ReplyRunning):
        await replies.start("c", "two", shopper_id=SHOPPER)
    await storing
    with pytest.raises(ReplyRunning):
        await replies.retry("c", shopper_id=SHOPPER)
    gate.set()


async def test_stop_keeps_what_came_and_frees_the_conversation() -> None:
    replies, notebook = hub(Script(gate=asyncio.Event()))
    message = await replies.start("c", "hi", shopper_id=SHOPPER)
    async for view in replies.follow("c", every=0):
        if view.message.text:
            break
    await replies.stop("c", shopper_id=SHOPPER)
    assert notebook.saved[-1] == ("stopped", "Hello ")
    assert (await read(replies, message))[-1] == "error"
    await replies.retry("c", shopper_id=SHOPPER)
    await replies.close()


async def test_what_is_stopped_before_it_began_has_ended_too() -> None:
    replies, notebook = hub(Script(gate=asyncio.Event()))
    await replies.start("c", "hi", shopper_id=SHOPPER)
    await replies.stop("c", shopper_id=SHOPPER)
    assert not replies.running("c") and notebook.saved[-1] == ("stopped", "")
    await replies.start("c", "hi", shopper_id=SHOPPER)
    await replies.close()
    assert notebook.saved[-1] == ("interrupted", "")


async def test_only_the_shopper_may_stop() -> None:
    replies, _ = hub(Script(gate=asyncio.Event()))
    await replies.start("c", "hi", shopper_id=SHOPPER)
    with pytest.raises(NotFound):
        await replies.stop("c", shopper_id=uuid4())
    assert replies.running("c")
    await replies.close()


@pytest.mark.parametrize(
    ("failure", "words", "code", "status"),
    [
        (BaristaFailed("Nobody answers. Try again."), (), "barista_failed", "failed"),
        (BaristaFailed("The line broke."), ("Hello ", "there."), "barista_failed", "interrupted"),
        (RuntimeError("secret detail"), ("Hello ", "there."), "internal", "failed"),
    ],
)
async def test_a_failure_ends_the_reply_with_words_for_people(failure: Exception, words: tuple[str, ...], code: str, status: str) -> None:
    replies, notebook = hub(Script(words, failure=failure))
    message = await replies.start("c", "hi", shopper_id=SHOPPER)
    last = [event async for event in replies.events(message, conversation_id="c")][-1]
    assert last.payload()["code"] == code and "secret" not in last.data()
    assert notebook.saved[-1] == (status, "".join(words))


async def test_a_reply_goes_on_from_what_it_had_come_to() -> None:
    replies, notebook = hub(Script((", and", " good morning.")))
    await replies.resume("c", shopper_id=SHOPPER)
    async for view in replies.follow("c", every=0):
        if not view.running:
            break
    assert view.message.text == "Hello, and good morning." and view.message.parts["picks"] == [{"id": "1"}]
    assert notebook.saved[-1] == ("complete", "Hello, and good morning.")


async def test_who_answers_is_known_before_the_end() -> None:
    replies, _ = hub(Script(failure=BaristaFailed("The line broke."), answering=Answering("house", instead_of="anthropic")))
    message = await replies.start("c", "hi", shopper_id=SHOPPER)
    assert await read(replies, message) == ["start", "considered", "answering", "delta", "delta", "error"]
    view = await anext(replies.follow("c"))
    assert view.message.answered_by == "house" and view.message.parts["answering"]["instead_of"] == "anthropic"


@dataclass
class Crowd:
    """Says how many turns are being prepared at one time; each takes a moment."""

    at_once: int = 0
    most: int = 0

    async def reply(self, turn: Turn) -> AsyncIterator[Event]:
        yield Start(turn.conversation_id, turn.message_id)
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await asyncio.sleep(0.01)
        self.at_once -= 1
        yield Considered(count=3, unknown=1)
        yield Delta("Hello")
        await asyncio.sleep(0.3)
        yield Done(answered_by="crowd")


async def test_of_a_crowd_few_are_prepared_at_a_time_and_all_are_answered() -> None:
    crowd, notebook = Crowd(), Notebook()
    replies = Replies(crowd, notebook)  # type: ignore[arg-type]
    for n in range(5 * PREPARED_AT_ONCE):
        await replies.start(f"c{n}", "hi", shopper_id=SHOPPER)
    await asyncio.gather(*(reply.task for reply in replies._replies.values() if reply.task))
    assert crowd.most == PREPARED_AT_ONCE and set(notebook.saved) == {("complete", "Hello")}


@dataclass
class Talker:
    """Says twenty words, twenty milliseconds apart."""

    async def reply(self, turn: Turn) -> AsyncIterator[Event]:
        yield Considered(count=3, unknown=1)
        for _ in range(20):
            await asyncio.sleep(0.02)
            yield Delta("a ")
        yield Done(answered_by="talker")


async def test_with_many_replies_at_once_each_page_hears_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = []
    for at_most in (1000.0, 2.0):
        monkeypatch.setattr("coffeebot.providers.llm.pace.UPDATES_A_SECOND", at_most)
        replies = Replies(Talker(), Notebook())  # type: ignore[arg-type]
        await replies.start("c", "hi", shopper_id=SHOPPER)
        views = 0
        async for view in replies.follow("c", every=0.005):
            views += 1
            if not view.running:
                break
        heard.append(views)
    assert 1 <= heard[1] <= heard[0] / 2


async def test_what_grows_is_saved_for_all_replies_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coffeebot.services.replies.SAVE_EVERY", 0.05)
    gate = asyncio.Event()
    replies, notebook = hub(Script(gate=gate))
    for conversation in ("a", "b"):
        await replies.start(conversation, "hi", shopper_id=SHOPPER)
    await asyncio.sleep(0.3)
    assert notebook.saved == [("running", "Hello ")] * 2  # once each: nothing has grown since
    gate.set()
    await asyncio.sleep(0.2)
    assert notebook.saved[2:] == [("complete", "Hello there.")] * 2
    await replies.close()


async def test_closing_marks_what_runs_as_interrupted() -> None:
    replies, notebook = hub(Script(gate=asyncio.Event()))
    await replies.start("c", "hi", shopper_id=SHOPPER)
    await asyncio.sleep(0.01)
    await replies.close()
    assert notebook.saved[-1] == ("interrupted", "Hello ")
