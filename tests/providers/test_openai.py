"""What is OpenAI's own: the request that Responses is asked with, its events, and its ways to fail."""

import json
from dataclasses import replace
from typing import Any

import pytest

from coffeebot.domain.errors import Failure, ProviderFailed
from coffeebot.providers.llm.model import Finished, Step, Stop, Text, Tokens, ToolCall
from coffeebot.providers.llm.openai import Responses
from evals.wire import Call, Drop, End, Fault, Garbage, Say, Scene, Think, Wire, say
from evals.wire.http1 import answer
from tests.providers.hearing import end, failure, heard, words
from tests.providers.models import KEY, PROMPT, QUICK, SCHEMA, played

STRUCTURED = replace(PROMPT, schema=SCHEMA, tools=())
EMPTY = {"output": [], "usage": None}


def event(kind: str, **fields: Any) -> Garbage:
    return Garbage("data: " + json.dumps({"type": kind, **fields}))


def completed(**response: Any) -> Garbage:
    return event("response.completed", response=EMPTY | {"status": "completed"} | response)


async def test_what_is_asked() -> None:
    async with played("openai") as (wire, model):
        await heard(model)
        await heard(model, last=True)
        first, second = (request.body for request in wire.requests)
    assert first["instructions"] == PROMPT.system and first["input"] == [{"role": "user", "content": "fruity, please"}]
    assert first["max_output_tokens"] == 300 and first["parallel_tool_calls"] is False and first["store"] is False
    (tool,) = first["tools"]
    assert tool["type"] == "function" and tool["name"] == "search_coffees" and tool["strict"] is True
    assert (first["tool_choice"], second["tool_choice"]) == ("auto", "none") and first["tools"] == second["tools"]


async def test_thoughts_go_back_sealed_and_in_order_with_what_the_tool_found() -> None:
    async with played("openai") as (wire, model):
        wire.play(Scene((Think("which?"), Call("{}", id="call_9"), End("tool"))), say("Here."))
        *_, finished = await heard(model)
        assert isinstance(finished, Finished)
        await heard(model, Step(finished.raw, (("call_9", "[]"),)))
        sent = wire.requests[1].body["input"]
    assert [item.get("type") for item in sent] == [None, "reasoning", "function_call", "function_call_output"]
    assert sent[1]["encrypted_content"] and sent[3] == {"type": "function_call_output", "call_id": "call_9", "output": "[]"}
    assert wire.requests[0].body["include"] == ["reasoning.encrypted_content"]


@pytest.mark.parametrize(
    ("model", "effort"),
    [
        ("gpt-6.1-terra", "none"), ("gpt-6-luna", "none"), ("gpt-5.1", "none"), ("gpt-5.4-mini", "none"),
        ("gpt-5", "minimal"), ("gpt-5-mini", "minimal"), ("gpt-5-nano-2025-08-07", "minimal"),
        ("o3", "low"), ("o4-mini", "low"), ("gpt-5-pro", None), ("gpt-5.1-chat-latest", None), ("gpt-4.1", None), ("llama3", None),
    ],
)  # fmt: skip
async def test_each_family_is_asked_for_the_least_thinking_it_allows(model: str, effort: str | None) -> None:
    async with played("openai") as (wire, _):
        asked = Responses(KEY, model, base_url=wire.url, limits=QUICK)
        await heard(asked)
        await asked.close()
        body = wire.requests[0].body
    assert body.get("reasoning") == ({"effort": effort} if effort else None) and ("include" in body) == bool(effort)


async def test_a_call_that_was_cut_off_is_no_call() -> None:
    item = {"type": "function_call", "id": "fc_1", "call_id": "c", "name": "search_coffees", "arguments": '{"ori', "status": "incomplete"}
    cut = event("response.incomplete", response=EMPTY | {"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}})
    async with played("openai") as (wire, model):
        wire.play(Scene((Say("One moment."), event("response.output_item.done", item=item), cut)))
        text, finished = await heard(model)
    assert text == Text("One moment.") and isinstance(finished, Finished) and finished.stop is Stop.CUT_SHORT


async def test_what_the_filter_stopped_is_refused() -> None:
    stopped = event("response.incomplete", response=EMPTY | {"status": "incomplete", "incomplete_details": {"reason": "content_filter"}})
    async with played("openai") as (wire, model):
        wire.play(Scene((Say("Well"), stopped)))
        assert end(await heard(model)).stop is Stop.REFUSED


async def test_a_refusal_that_only_its_item_tells_of_is_a_refusal() -> None:
    item = {"type": "message", "content": [{"type": "refusal", "refusal": "I cannot."}]}
    async with played("openai") as (wire, model):
        wire.play(Scene((event("response.output_item.done", item=item), completed())))
        assert end(await heard(model)).stop is Stop.REFUSED


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("server_error", Failure.SERVER), ("server_overloaded", Failure.OVERLOADED), ("slow_down", Failure.OVERLOADED),
        ("rate_limit_exceeded", Failure.RATE_LIMIT), ("insufficient_quota", Failure.RATE_LIMIT), ("invalid_prompt", Failure.REQUEST),
        ("context_length_exceeded", Failure.REQUEST), ("bio_policy", Failure.REFUSED), ("a new one", Failure.SERVER),
        ("9" * 5000, Failure.SERVER), (None, Failure.SERVER),
    ],
)  # fmt: skip
async def test_an_error_in_the_stream_is_named_by_its_code_in_every_shape(code: str | None, kind: Failure) -> None:
    error = {"code": code, "message": "It broke."}
    shapes = [
        event("error", **error),
        event("error", error=error),
        event("response.failed", response=EMPTY | {"status": "failed", "error": error}),
        Garbage("data: " + json.dumps({"error": error})),
    ]
    async with played("openai") as (wire, model):
        for shape in shapes:
            wire.play(Scene((Say("Well"), shape)))
            failed = await failure(model)
            assert failed.kind is kind and failed.detail == "It broke."
            assert failed.retry_after == (3600 if code == "insufficient_quota" else None)


async def test_an_account_that_ran_dry_is_left_alone_for_an_hour() -> None:
    async with played("openai") as (wire, model):
        wire.play(Scene(status=429, message="insufficient_quota: check your plan", headers={"retry-after": "2"}))
        failed = await failure(model)
    assert failed.kind is Failure.RATE_LIMIT and failed.retry_after == 3600


@pytest.mark.parametrize(
    "line",
    [
        'data: {"type": "response.output_text.delta"}',
        'data: {"type": "response.output_text.delta", "delta": null}',
        'data: {"type": "response.output_text.delta", "delta": {"text": "x"}}',
        'data: {"type": "response.output_item.done", "item": null}',
        'data: {"type": "response.output_item.done", "item": {"type": "function_call", "call_id": "c"}}',
        'data: {"type": "response.completed", "response": "done"}',
        'data: {"type": "response.completed"}',
        "data: null",
        "data: " + "[" * 100_000,
        'data: {"type": "response.output_text.delta", "delta": "' + "x" * 1_100_000,
    ],
    ids=lambda line: line[:70],
)
async def test_what_the_format_does_not_allow_is_malformed(line: str) -> None:
    async with played("openai") as (wire, model):
        wire.play(Scene((Say("Well"), Garbage(line), End())))
        assert (await failure(model)).kind is Failure.MALFORMED


async def test_events_that_are_new_say_nothing() -> None:
    async with played("openai") as (wire, model):
        wire.play(Scene((event("response.mood.changed", mood=3), Garbage(": keep-alive"), Garbage("event: x\nid: 1"), Say("Hi."), End())))
        text, finished = await heard(model)
    assert text == Text("Hi.") and isinstance(finished, Finished) and finished.stop is Stop.END


async def test_letters_that_cannot_be_kept_are_left_out() -> None:
    async with played("openai") as (wire, model):
        deltas = [Garbage('data: {"type": "response.output_text.delta", "delta": "' + text + '"}') for text in (r"a\u0000b", r"c\ud83d")]
        wire.play(Scene((*deltas, End())))
        assert words(await heard(model)).encode() == b"abc"


@pytest.mark.parametrize(
    ("usage", "tokens"),
    [
        (
            {"input_tokens": 10, "input_tokens_details": {"cached_tokens": 4, "cache_write_tokens": 5}, "output_tokens": 2},
            Tokens(1, 4, 5, 2),
        ),
        ({"input_tokens": 3, "input_tokens_details": {"cached_tokens": 9}, "output_tokens": 2}, Tokens(0, 9, 0, 2)),
        ({"input_tokens": "many", "input_tokens_details": None, "output_tokens": -1}, Tokens()),
        ({"input_tokens": 7, "input_tokens_details": [], "output_tokens": None}, Tokens(input=7)),
        ("many", Tokens()),
        (None, Tokens()),
    ],
)
async def test_what_was_read_is_counted_once_and_nonsense_not_at_all(usage: object, tokens: Tokens) -> None:
    async with played("openai") as (wire, model):
        wire.play(Scene((Say("Hi."), completed(usage=usage))))
        assert end(await heard(model)).tokens == tokens


@pytest.mark.parametrize("said", ["1 Jan -1 00:00:00 +99999999999", "Mon, 31 Dec 9999 23:59:59 -9999", "9" * 400, "-inf", "in a while"])
async def test_a_wait_that_makes_no_sense_is_none_or_a_day(said: str) -> None:
    async with played("openai") as (wire, model):
        wire.play(Scene(status=429, headers={"retry-after": said}))
        assert (await failure(model)).retry_after in (None, 0.0, 86_400.0)


@pytest.mark.parametrize(
    "scene",
    [
        *(Scene(status=status, message=f"Bad header: Bearer {KEY}") for status in (400, 401, 403, 404, 429, 500, 529)),
        Scene(status=400, message="x" * 190 + KEY),
        Scene((event("error", code="server_error", message=f"{KEY} is not good"),)),
        Scene((Garbage("data: " + json.dumps({"error": f"refused {KEY}"})),)),
    ],
    ids=["400", "401", "403", "404", "429", "500", "529", "cut through", "event", "event in words"],
)
async def test_a_key_that_a_service_quotes_stays_out_of_the_log(scene: Scene) -> None:
    async with played("openai") as (wire, model):
        wire.play(scene)
        failed = await failure(model)
    assert KEY[:8] not in f"{failed} {failed.detail}"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<html>Sign in to the network</html>", Failure.MALFORMED),
        ("[]", Failure.MALFORMED),
        ("{}", Failure.MALFORMED),
        ('{"status": "completed", "error": null, "output": [{"type": "message"}]}', Failure.MALFORMED),
        ('{"status": "completed", "error": null, "output": []}', Failure.EMPTY),
        ('{"status": "failed", "error": {"code": "server_error", "message": "no"}, "output": []}', Failure.SERVER),
        ('{"error": {"code": "rate_limit_exceeded", "message": "no"}}', Failure.RATE_LIMIT),
    ],
)
async def test_json_that_is_not_there_is_a_failure(body: str, kind: Failure) -> None:
    async with played("openai") as (wire, model):
        wire.structured = Scene((Garbage(body),))
        with pytest.raises(ProviderFailed) as failed:
            await model.extract(STRUCTURED)
    assert failed.value.kind is kind


async def test_json_is_asked_for_by_a_strict_schema_and_without_tools() -> None:
    async with played("openai") as (wire, model):
        wire.structured = say('{"n": 3}')
        await model.extract(STRUCTURED)
        body = wire.requests[0].body
        wire.structured = Scene((Drop(),))
        with pytest.raises(ProviderFailed) as failed:
            await model.extract(STRUCTURED)
    assert body["text"]["format"]["schema"] == SCHEMA and body["text"]["format"]["strict"] is True
    assert "tools" not in body and not body.get("stream") and failed.value.kind is Failure.CONNECTION


async def test_an_address_that_is_no_service_of_models_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    async with played("openai") as (wire, model):
        shows(wire, monkeypatch, "<html>Welcome</html>")
        with pytest.raises(ProviderFailed) as failed:
            await model.check()
    assert failed.value.kind is Failure.MALFORMED


def shows(wire: Wire, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    monkeypatch.setattr(wire, "look_up", lambda asked: answer(200, page, {"content-type": "text/html"}))


def test_an_empty_variable_for_the_address_means_openai_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "")
    assert str(Responses("k", "gpt-6-luna", limits=QUICK)._client.base_url) == "https://api.openai.com/v1/"


async def test_a_fault_after_a_tool_call_is_still_a_fault() -> None:
    async with played("openai") as (wire, model):
        wire.play(Scene((Call("{}"), Fault("overloaded"))))
        pieces = model.stream(PROMPT)
        assert await anext(pieces) == ToolCall("call_1", "search_coffees", "{}")
        with pytest.raises(ProviderFailed) as failed:
            await anext(pieces)
    assert failed.value.kind is Failure.OVERLOADED
