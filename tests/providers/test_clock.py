"""How long a model may be silent: what is late, what is not, and that its line is always closed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, replace

import pytest

from coffeebot.domain.errors import Failure, ProviderFailed
from coffeebot.providers.llm.clock import Limits, in_time
from coffeebot.providers.llm.model import Finished, Piece, Stop, Text, Tokens, ToolCall

LIMITS = Limits(connect=1, first_word=30, next_word=30, total=30)
CALL = ToolCall("call_1", "search_coffees", "{}")
DONE = Finished(Stop.END, Tokens(output=2))


@dataclass
class Source:
    """Gives pieces one by one; a number among them is a silence of that many seconds, an exception is raised."""

    steps: tuple[Piece | float | Exception, ...]
    closed: bool = False

    async def stream(self) -> AsyncIterator[Piece]:
        try:
            for step in self.steps:
                if isinstance(step, Exception):
                    raise step
                if isinstance(step, float):
                    await asyncio.sleep(step)
                else:
                    yield step
        finally:
            await asyncio.sleep(0)  # a line is not closed in one step
            self.closed = True


async def heard(source: Source, limits: Limits, into: list[Piece] | None = None) -> list[Piece]:
    pieces = [] if into is None else into
    async for piece in in_time(source.stream(), limits):
        pieces.append(piece)
    return pieces


async def test_what_comes_in_time_comes_as_it_is() -> None:
    source = Source((Text("a"), 0.01, Text("b"), CALL, DONE))
    assert await heard(source, LIMITS) == [Text("a"), Text("b"), CALL, DONE] and source.closed


@pytest.mark.parametrize(
    ("steps", "limits", "before", "told"),
    [
        ((30.0, Text("a")), replace(LIMITS, first_word=0.05), [], "silent for 0.05 s"),
        ((Text("a"), 30.0, Text("b")), replace(LIMITS, next_word=0.05), [Text("a")], "silent for 0.05 s"),
        ((CALL, 30.0, DONE), replace(LIMITS, next_word=0.05), [CALL], "silent for 0.05 s"),
        ((30.0, Text("a")), replace(LIMITS, total=0.05), [], "not finished within 0.05 s"),
        ((Text("a"), 30.0, Text("b")), replace(LIMITS, total=0.05), [Text("a")], "not finished within 0.05 s"),
    ],
)
async def test_silence_is_a_timeout(steps: tuple[Piece | float, ...], limits: Limits, before: list[Piece], told: str) -> None:
    source, pieces = Source(steps), list[Piece]()
    with pytest.raises(ProviderFailed) as failed:
        await heard(source, limits, pieces)
    assert failed.value.kind is Failure.TIMEOUT and failed.value.detail == told
    assert pieces == before and source.closed


async def test_the_first_word_may_take_longer_than_the_next_and_the_next_longer_than_the_first() -> None:
    assert await heard(Source((0.2, Text("a"), DONE)), replace(LIMITS, next_word=0.1)) == [Text("a"), DONE]
    assert await heard(Source((Text("a"), 0.2, DONE)), replace(LIMITS, first_word=0.1)) == [Text("a"), DONE]


async def test_words_without_letters_are_left_out_and_do_not_make_a_stall_look_alive() -> None:
    assert await heard(Source((Text(""), Text("a"), Text(""), DONE)), LIMITS) == [Text("a"), DONE]
    drip = (0.02, Text("")) * 100
    for steps, limits in (
        (drip, replace(LIMITS, first_word=0.1)),
        ((Text("a"), *drip), replace(LIMITS, next_word=0.1)),
    ):
        with pytest.raises(ProviderFailed) as failed:
            await heard(Source(steps), limits)
        assert failed.value.kind is Failure.TIMEOUT


async def test_a_source_that_never_pauses_is_ended_too() -> None:
    closed = asyncio.Event()

    async def torrent() -> AsyncIterator[Piece]:
        try:
            while True:
                yield Text("a")
        finally:
            closed.set()

    with pytest.raises(ProviderFailed) as failed:
        async for _ in in_time(torrent(), replace(LIMITS, total=0.05)):
            pass
    assert failed.value.kind is Failure.TIMEOUT and closed.is_set()


async def test_who_listens_slowly_is_not_the_silence_of_the_model() -> None:
    pieces: list[Piece] = []
    async for piece in in_time(Source((Text("a"), Text("b"), DONE)).stream(), replace(LIMITS, first_word=0.05, next_word=0.05)):
        await asyncio.sleep(0.1)
        pieces.append(piece)
    assert pieces == [Text("a"), Text("b"), DONE]


async def test_a_failure_of_the_source_is_passed_on_as_it_is() -> None:
    failure = ProviderFailed(Failure.OVERLOADED, retry_after=3)
    source, pieces = Source((Text("a"), failure)), list[Piece]()
    with pytest.raises(ProviderFailed) as failed:
        await heard(source, LIMITS, pieces)
    assert failed.value is failure and pieces == [Text("a")] and source.closed


@pytest.mark.parametrize("after", [30.0, ProviderFailed(Failure.CONNECTION)])
async def test_once_all_is_said_the_line_may_break_or_stay_open(after: float | Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coffeebot.providers.llm.clock.HANGING_UP", 0.05)
    source = Source((Text("a"), DONE, after))
    assert await heard(source, LIMITS) == [Text("a"), DONE] and source.closed


async def test_the_end_of_the_stream_is_read_so_that_the_line_can_be_used_again() -> None:
    read = asyncio.Event()

    async def ending() -> AsyncIterator[Piece]:
        yield DONE
        await asyncio.sleep(0.01)
        read.set()

    assert [piece async for piece in in_time(ending(), LIMITS)] == [DONE] and read.is_set()


@pytest.mark.parametrize("steps", [(Text("a"), 30.0), (30.0,)], ids=["between words", "before the first"])
async def test_cancelling_who_listens_closes_the_source_first(steps: tuple[Piece | float, ...]) -> None:
    source = Source(steps)
    listening = asyncio.create_task(heard(source, LIMITS))
    await asyncio.sleep(0.05)
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening
    assert source.closed


async def test_closing_it_closes_the_source_first() -> None:
    source = Source((Text("a"), Text("b")))
    async with aclosing(in_time(source.stream(), LIMITS)) as pieces:  # type: ignore[type-var]
        assert await anext(pieces) == Text("a")
    assert source.closed
