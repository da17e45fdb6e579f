"""How Claude fails, stops and is checked, where it is unlike the others."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from coffeebot.domain.errors import Failure, ProviderFailed
from coffeebot.providers.llm.claude import Claude
from coffeebot.providers.llm.clock import in_time
from coffeebot.providers.llm.model import Piece, Text
from evals.wire import Call, End, Fault, Garbage, Say, Scene, Stall, Think, say
from evals.wire.http1 import answer
from tests.providers.hearing import failure, words
from tests.providers.messages import event
from tests.providers.models import KEY, PROMPT, QUICK, SCHEMA, played

STRUCTURED = replace(PROMPT, schema=SCHEMA, tools=())


@asynccontextmanager
async def answering(raw: bytes | None) -> AsyncIterator[Claude]:
    """At an address where every request gets the same bytes, or none."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if raw is None:
            await reader.read()
        writer.write(raw or b"")
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1") as server:
        model = Claude(KEY, "claude-sonnet-5-5", base_url=f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", limits=QUICK)
        try:
            yield model
        finally:
            await model.close()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("overloaded_error", Failure.OVERLOADED), ("rate_limit_error", Failure.RATE_LIMIT), ("api_error", Failure.SERVER),
        ("authentication_error", Failure.KEY), ("invalid_request_error", Failure.REQUEST), ("a_new_one", Failure.SERVER),
    ],
)  # fmt: skip
async def test_an_error_in_the_stream_is_named_by_its_type(kind: str, expected: Failure) -> None:
    error = {"type": kind, "message": "It broke."}
    async with played("anthropic") as (wire, model):
        for shape in (event("error", error=error), Garbage("data: " + json.dumps({"error": error}))):
            wire.play(Scene((Say("Well"), shape)))
            failed = await failure(model)
            assert failed.kind is expected and failed.detail == "It broke."


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, Failure.REQUEST), (402, Failure.REQUEST), (413, Failure.REQUEST), (422, Failure.REQUEST), (500, Failure.SERVER),
        (504, Failure.SERVER), (503, Failure.OVERLOADED), (529, Failure.OVERLOADED),
    ],
)  # fmt: skip
async def test_a_refusal_by_status_is_asked_once_and_waits_as_long_as_it_is_told(status: int, expected: Failure) -> None:
    async with played("anthropic") as (wire, model):
        wire.play(Scene(status=status, headers={"retry-after": "7"}))
        failed = await failure(model)
    assert failed.kind is expected and f"status {status}" in failed.detail and len(wire.requests) == 1
    assert failed.retry_after == (7 if expected is Failure.OVERLOADED else None)


@pytest.mark.parametrize(
    "line",
    [
        'data: {"type": "content_block_delta"}',
        'data: {"type": "content_block_delta", "delta": null}',
        'data: {"type": "content_block_delta", "delta": {"type": "text_delta"}}',
        'data: {"type": "content_block_delta", "delta": {"type": "text_delta", "text": 5}}',
        'data: {"type": "content_block_delta", "delta": {"type": "thinking_delta", "thinking": "x"}}',
        'data: {"type": "content_block_start", "content_block": null}',
        'data: {"type": "content_block_start", "content_block": {"type": "text", "text": null}}',
        'data: {"type": "message_delta", "delta": "done"}',
        'data: {"type": "message_start"}',
        "data: null",
        "data: {",
        "data: " + "[" * 100_000,
        'data: {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "' + "x" * 1_100_000,
    ],
    ids=lambda line: line[:90],
)
async def test_what_the_format_does_not_allow_is_malformed(line: str) -> None:
    async with played("anthropic") as (wire, model):
        wire.play(Scene((Say("Well"), Garbage(line), End())))
        assert (await failure(model)).kind is Failure.MALFORMED


async def test_words_before_any_block_are_malformed() -> None:
    async with played("anthropic") as (wire, model):
        for early in (event("content_block_delta", delta={"type": "text_delta", "text": "x"}), event("content_block_stop", index=0)):
            wire.play(Scene((early,)))
            assert (await failure(model)).kind is Failure.MALFORMED


async def test_keep_alives_and_thoughts_are_no_word() -> None:
    idle = (Stall(0.05), event("ping"), Think("hm"), event("content_block_delta", delta={"type": "thinking_delta", "thinking": ""}))
    async with played("anthropic") as (wire, model):
        wire.play(Scene((*idle * 40, Say("late"), End())))
        with pytest.raises(ProviderFailed) as failed:
            _ = [piece async for piece in in_time(model.stream(PROMPT), QUICK)]
        await wire.requests[0].hang_up()
    assert failed.value.kind is Failure.TIMEOUT


@pytest.mark.parametrize(
    "scene",
    [
        *(Scene(status=status, message=f"Bad header: Bearer {KEY}") for status in (400, 401, 403, 404, 429, 500, 529)),
        Scene(status=400, message="x" * 190 + KEY),
        Scene((event("error", error={"type": "api_error", "message": f"{KEY} is not good"}),)),
        Scene((event("error", error=f"refused {KEY}"),)),
    ],
    ids=["400", "401", "403", "404", "429", "500", "529", "cut through", "event", "event in words"],
)
async def test_neither_key_nor_what_a_service_says_reaches_the_shopper_and_the_key_not_even_the_log(scene: Scene) -> None:
    async with played("anthropic") as (wire, model):
        wire.play(scene)
        failed = await failure(model)
    assert str(failed) == str(ProviderFailed(failed.kind)) and KEY[:8] not in f"{failed} {failed.detail}"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<html>Sign in to the network</html>", Failure.MALFORMED),
        ("[]", Failure.MALFORMED),
        ("{}", Failure.MALFORMED),
        ('{"stop_reason": "end_turn", "content": [{"type": "text"}]}', Failure.MALFORMED),
        ('{"stop_reason": "end_turn", "content": []}', Failure.EMPTY),
        ('{"stop_reason": "end_turn", "content": [{"type": "thinking", "thinking": "hm"}]}', Failure.EMPTY),
        ('{"stop_reason": "model_context_window_exceeded", "content": []}', Failure.CUT_SHORT),
        ('{"type": "error", "error": {"type": "overloaded_error", "message": "no"}}', Failure.OVERLOADED),
    ],
)
async def test_json_that_is_not_there_is_a_failure(body: str, kind: Failure) -> None:
    async with played("anthropic") as (wire, model):
        wire.structured = Scene((Garbage(body),))
        with pytest.raises(ProviderFailed) as failed:
            await model.extract(STRUCTURED)
    assert failed.value.kind is kind


async def test_stopping_one_answer_leaves_the_others_alone() -> None:
    async with played("anthropic") as (wire, model):
        wire.script = lambda request: say(f"{request.text} " * 15, tokens_per_second=40)

        async def listen(n: int) -> str:
            prompt = replace(PROMPT, system="s", turns=(("user", f"shopper-{n}"),), tools=())
            return words([piece async for piece in in_time(model.stream(prompt), replace(QUICK, first_word=5, next_word=5))])

        listening = [asyncio.create_task(listen(n)) for n in range(20)]
        await wire.wait_for(20)
        for task in listening[::2]:
            task.cancel()
        outcomes = await asyncio.gather(*listening, return_exceptions=True)
        asked = {int(request.text.rpartition("-")[2]): request for request in wire.requests}
        for n in range(0, 20, 2):
            await asked[n].hang_up()
    assert all(isinstance(outcome, asyncio.CancelledError) for outcome in outcomes[::2])
    assert outcomes[1::2] == [f"{asked[n].text} " * 15 for n in range(1, 20, 2)]


async def test_a_fault_after_a_tool_call_is_still_a_fault() -> None:
    async with played("anthropic") as (wire, model):
        wire.play(Scene((Say("One moment."), Call("{}"), Fault("overloaded"))))
        pieces: list[Piece] = []
        with pytest.raises(ProviderFailed) as failed:
            async for piece in model.stream(PROMPT):
                pieces.append(piece)
    assert failed.value.kind is Failure.OVERLOADED and pieces == [Text("One moment.")]


@pytest.mark.parametrize(
    ("raw", "kind", "told"),
    [
        (
            answer(404, {"type": "error", "error": {"type": "not_found_error", "message": "model: x"}}),
            Failure.REQUEST,
            "unknown model claude-sonnet-5-5",
        ),
        (answer(404, "404 page not found", {"content-type": "text/plain"}), Failure.REQUEST, "status 404"),
        (answer(200, "<html>Welcome</html>", {"content-type": "text/html"}), Failure.MALFORMED, "not a service of models"),
        (answer(200, {"models": []}), Failure.MALFORMED, "not a service of models"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", Failure.CONNECTION, ""),
        (None, Failure.TIMEOUT, ""),
    ],
)
async def test_checking_says_what_is_wrong_with_an_address(raw: bytes | None, kind: Failure, told: str) -> None:
    async with answering(raw) as model:
        with pytest.raises(ProviderFailed) as failed:
            await model.check()
    assert failed.value.kind is kind and told in failed.value.detail


async def test_an_answer_that_is_no_stream_is_no_answer() -> None:
    async with answering(answer(200, "<html>Sign in to the network</html>", {"content-type": "text/html"})) as model:
        assert (await failure(model)).kind is Failure.CONNECTION
