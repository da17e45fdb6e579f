"""Every step of a scene in every format, as the real SDKs read it."""

import asyncio
import json
from typing import Any

import anthropic
import httpx2
import openai
import pytest

from evals.wire import Call, Drop, End, Fault, Garbage, Say, Scene, Stall, Think, Usage, say
from tests.evals.wire_clients import FORMATS, Clients, Heard, clients

TEXT = 'Two light ones: [[c1]] — “bright”, and [[c2]].\n\nコーヒー \\ "quoted"'
ARGUMENTS = '{"origins": ["Kenya"], "note": "日本"}'
STOPS = {
    "anthropic": {"end": "end_turn", "tool": "tool_use", "max_tokens": "max_tokens", "refusal": "refusal"},
    "responses": {"end": "completed", "tool": "completed", "max_tokens": "incomplete", "refusal": "completed"},
    "chat": {"end": "stop", "tool": "tool_calls", "max_tokens": "length", "refusal": "content_filter"},
}
ORDER = {
    "anthropic": [
        "message_start", "content_block_start", "content_block_delta", "content_block_delta", "content_block_stop",
        "content_block_start", "content_block_delta", "content_block_delta", "content_block_stop", "content_block_start",
        "content_block_delta", "content_block_delta", "content_block_delta", "content_block_delta", "content_block_delta",
        "content_block_stop", "message_delta", "message_stop",
    ],
    "responses": [
        "response.created", "response.in_progress", "response.output_item.added", "response.reasoning_summary_part.added",
        "response.reasoning_summary_text.delta", "response.reasoning_summary_text.done", "response.reasoning_summary_part.done",
        "response.output_item.done", "response.output_item.added", "response.content_part.added", "response.output_text.delta",
        "response.output_text.delta", "response.output_text.done", "response.content_part.done", "response.output_item.done",
        "response.output_item.added", *["response.function_call_arguments.delta"] * 4, "response.function_call_arguments.done",
        "response.output_item.done", "response.completed",
    ],
}  # fmt: skip


async def events(on: Clients, kind: str, *, into: list[Any] | None = None) -> list[Any]:
    """The events of a stream; those before a failure are in `into`."""
    came: list[Any] = [] if into is None else into
    async for event in await on.create(kind, stream=True):
        came.append(event)
    return came


def words(kind: str, came: list[Any]) -> str:
    if kind == "anthropic":
        return "".join(e.delta.text for e in came if e.type == "content_block_delta" and e.delta.type == "text_delta")
    if kind == "responses":
        return "".join(e.delta for e in came if e.type == "response.output_text.delta")
    return "".join(e.choices[0].delta.content or "" for e in came if e.choices)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("chars", [None, 1, 3])
async def test_words_come_as_they_were_written(kind: str, chars: int | None) -> None:
    async with clients() as on:
        on.wire.play(say(TEXT, chars=chars))
        assert (await on.streamed(kind)).text == (await on.whole(kind)).text == TEXT
        assert words(kind, await events(on, kind)) == TEXT


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("way", ["streamed", "whole"])
async def test_thoughts_words_and_calls_are_told_apart(kind: str, way: str) -> None:
    async with clients() as on:
        calls = (Call(ARGUMENTS), Call("{}", name="another", id="call_2"))
        on.wire.play(Scene((Think("Fruity, "), Say("Let me "), Say("look."), *calls, End("tool")), usage=Usage(200, 1000, 0, 33)))
        heard: Heard = await getattr(on, way)(kind)
    parsed = kind == "anthropic"
    assert heard.thoughts == "Fruity, " and heard.text == "Let me look." and heard.stop == STOPS[kind]["tool"]
    assert heard.calls == [
        ("call_1", "search_coffees", json.loads(ARGUMENTS) if parsed else ARGUMENTS),
        ("call_2", "another", {} if parsed else "{}"),
    ]
    assert heard.usage == (1200, 1000, 33)


@pytest.mark.parametrize("kind", ORDER)
async def test_events_come_in_the_order_of_the_service(kind: str) -> None:
    async with clients() as on:
        on.wire.play(Scene((Think("Hm."), Say("Let me "), Say("look."), Call(ARGUMENTS), End("tool"))))
        assert [event.type for event in await events(on, kind)] == ORDER[kind]


async def test_numbers_and_places_of_responses_have_no_gap() -> None:
    async with clients() as on:
        on.wire.play(Scene((Say("One."), Call("{}"), Say("Two."), End())))
        came = await events(on, "responses")
    assert [event.sequence_number for event in came] == list(range(len(came)))
    done = [event for event in came if event.type == "response.output_item.done"]
    assert [event.output_index for event in done] == [0, 1, 2] and [event.item for event in done] == came[-1].response.output
    assert len({event.item.id for event in done}) == 3 and came[0].response.instructions == "You are the barista."


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("arguments", ["{not json", '["a list"]', ""])
async def test_malformed_arguments_arrive_as_they_are(kind: str, arguments: str) -> None:
    async with clients() as on:
        on.wire.play(Scene((Call(arguments), End("tool"))))
        came = await events(on, kind)
        whole = await on.whole(kind)
    match kind:
        case "anthropic":
            deltas = [event.delta for event in came if event.type == "content_block_delta"]
            assert "".join(delta.partial_json for delta in deltas) == arguments
        case "responses":
            assert "".join(e.delta for e in came if e.type == "response.function_call_arguments.delta") == arguments
        case "chat":
            calls = [call for event in came if event.choices for call in event.choices[0].delta.tool_calls or ()]
            assert "".join(call.function.arguments for call in calls) == arguments
    assert whole.calls == [("call_1", "search_coffees", {} if kind == "anthropic" else arguments)]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("stop", ["end", "max_tokens", "refusal"])
async def test_how_an_answer_ends(kind: str, stop: str) -> None:
    async with clients() as on:
        on.wire.play(Scene((Say("Two light"), End(stop))))
        came = await events(on, kind)
        whole = await on.create(kind)
    match kind:
        case "anthropic":
            assert came[-2].delta.stop_reason == whole.stop_reason == STOPS[kind][stop]
            assert came[-2].usage.output_tokens == whole.usage.output_tokens == 90
            assert bool(came[-2].delta.stop_details) == bool(whole.stop_details) == (stop == "refusal")
        case "responses":
            last = came[-1].response
            assert came[-1].type == f"response.{STOPS[kind][stop]}" and last.status == whole.status
            reasons = {answer.incomplete_details and answer.incomplete_details.reason for answer in (last, whole)}
            assert reasons == ({"max_output_tokens"} if stop == "max_tokens" else {None})
            refused = "".join(e.delta for e in came if e.type == "response.refusal.delta")
            assert last.output[-1].content[-1].type == whole.output[-1].content[-1].type == ("refusal" if refused else "output_text")
            assert bool(refused) == (stop == "refusal")
        case "chat":
            assert came[-1].choices[0].finish_reason == whole.choices[0].finish_reason == STOPS[kind][stop]


async def test_chat_counts_only_when_asked() -> None:
    async with clients() as on:
        on.wire.play(say("Two light ones."))
        unasked = await events(on, "chat")
        asked = [event async for event in await on.create("chat", stream=True, stream_options={"include_usage": True})]
    assert all("usage" not in event.model_fields_set for event in unasked)
    *before, last = asked
    assert all(event.usage is None and event.choices for event in before)
    assert not last.choices and last.usage.prompt_tokens == 2200


@pytest.mark.parametrize("kind", FORMATS)
async def test_silence_lasts_as_long_as_it_says(kind: str) -> None:
    async with clients(seconds=0.3) as on:
        on.wire.play(Scene((Say("Two "), Stall(0.1), Say("light"), Stall(30), End())))
        came: list[Any] = []
        with pytest.raises((httpx2.ReadTimeout, openai.APITimeoutError)):
            await events(on, kind, into=came)
        assert words(kind, came) == "Two light"
        with pytest.raises((anthropic.APITimeoutError, openai.APITimeoutError)):
            await on.create(kind)


@pytest.mark.parametrize("kind", FORMATS)
async def test_a_cut_connection_is_no_end(kind: str) -> None:
    async with clients() as on:
        on.wire.play(Scene((Say("Two "), Say("light"), Drop())))
        came: list[Any] = []
        with pytest.raises((httpx2.RemoteProtocolError, openai.APIConnectionError)):
            await events(on, kind, into=came)
        assert words(kind, came) == "Two light"
        with pytest.raises((anthropic.APIConnectionError, openai.APIConnectionError)):
            await on.create(kind)
        assert on.wire.requests[0].closed_at is None


@pytest.mark.parametrize("kind", FORMATS)
async def test_a_broken_line_breaks_the_reader(kind: str) -> None:
    async with clients() as on:
        on.wire.play(Scene((Say("Two "), Say("light"), Garbage(), End())))
        came: list[Any] = []
        with pytest.raises(json.JSONDecodeError):
            await events(on, kind, into=came)
        assert words(kind, came) == "Two light"
        with pytest.raises((ValueError, anthropic.APIError, openai.APIError)):
            await on.create(kind)
        on.wire.play(Scene((Say("Two "), Garbage(": a comment is none"), Say("light"), End())))
        assert (await on.streamed(kind)).text == "Two light"


@pytest.mark.parametrize(
    ("fault", "error", "status"),
    [("overloaded", "overloaded_error", 529), ("rate_limit", "rate_limit_error", 429), ("server", "api_error", 500)],
)
async def test_messages_break_with_an_error_event(fault: str, error: str, status: int) -> None:
    async with clients() as on:
        on.wire.play(Scene((Say("Two "), Fault(fault))))
        came: list[Any] = []
        with pytest.raises(anthropic.APIStatusError) as failed:
            await events(on, "anthropic", into=came)
        body: Any = failed.value.body
        assert failed.value.status_code == 200 and body["error"]["type"] == error and words("anthropic", came) == "Two "
        with pytest.raises(anthropic.APIStatusError) as failed:
            await on.create("anthropic")
        assert failed.value.status_code == status


@pytest.mark.parametrize(("fault", "status"), [("overloaded", 503), ("rate_limit", 429), ("server", 500)])
async def test_responses_break_in_three_shapes(fault: str, status: int) -> None:
    async with clients() as on, openai.AsyncOpenAI(api_key="k", base_url=f"{on.wire.url}/v1", max_retries=0) as lenient:
        on.wire.play(Scene((Say("Two "), Fault(fault))))
        came: list[Any] = []
        broken: Any = None
        try:
            async for event in await lenient.responses.create(model="m", input="hi", stream=True):
                came.append(event)
        except openai.APIError as error:
            broken = error.body
        ends = [event for event in came if event.type in ("error", "response.failed")]
        match fault:
            case "overloaded":
                assert [event.type for event in ends] == ["error", "response.failed"]
                assert ends[0].code == ends[1].response.error.code == "server_is_overloaded"
            case "rate_limit":
                assert not ends and broken["code"] == "rate_limit_exceeded"
            case "server":
                assert [event.type for event in ends] == ["response.failed"] and ends[0].response.error.code == "server_error"
        assert words("responses", came) == "Two "
        with pytest.raises(openai.APIStatusError) as failed:
            await on.create("responses")
        assert failed.value.status_code == status


@pytest.mark.parametrize(
    ("fault", "code", "status"),
    [("overloaded", "server_is_overloaded", 503), ("rate_limit", "rate_limit_exceeded", 429), ("server", "server_error", 500)],
)
async def test_chat_breaks_with_an_error_object(fault: str, code: str, status: int) -> None:
    async with clients() as on:
        on.wire.play(Scene((Say("Two "), Fault(fault))))
        came: list[Any] = []
        with pytest.raises(openai.APIError) as failed:
            await events(on, "chat", into=came)
        assert failed.value.code == code and words("chat", came) == "Two "
        with pytest.raises(openai.APIStatusError) as refused:
            await on.create("chat")
        assert refused.value.status_code == status


REFUSALS = [
    (400, anthropic.BadRequestError, "invalid_request_error", openai.BadRequestError, None),
    (401, anthropic.AuthenticationError, "authentication_error", openai.AuthenticationError, "invalid_api_key"),
    (403, anthropic.PermissionDeniedError, "permission_error", openai.PermissionDeniedError, None),
    (404, anthropic.NotFoundError, "not_found_error", openai.NotFoundError, "model_not_found"),
    (429, anthropic.RateLimitError, "rate_limit_error", openai.RateLimitError, "rate_limit_exceeded"),
    (500, anthropic.InternalServerError, "api_error", openai.InternalServerError, "server_error"),
    (503, anthropic.ServiceUnavailableError, "api_error", openai.InternalServerError, "server_is_overloaded"),
    (529, anthropic.OverloadedError, "overloaded_error", openai.InternalServerError, "server_is_overloaded"),
]


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize(("status", "claude", "kind", "gpt", "code"), REFUSALS)
async def test_a_status_has_its_error(status: int, claude: Any, kind: str, gpt: Any, code: str | None, stream: bool) -> None:
    async with clients() as on:
        on.wire.play(Scene(status=status, headers={"retry-after": "7"}, message="Not today."))
        with pytest.raises(claude) as failed:
            await on.create("anthropic", stream=stream)
        assert failed.value.type == failed.value.body["error"]["type"] == kind and failed.value.body["error"]["message"] == "Not today."
        assert failed.value.response.headers["retry-after"] == "7" and failed.value.request_id == on.wire.requests[-1].id
        for name in ("responses", "chat"):
            with pytest.raises(gpt) as failed:
                await on.create(name, stream=stream)
            assert failed.value.code == code and "Not today." in failed.value.message
            assert failed.value.response.headers["retry-after"] == "7" and failed.value.request_id == on.wire.requests[-1].id


async def test_an_account_that_ran_dry_has_its_own_code() -> None:
    async with clients() as on:
        on.wire.play(Scene(status=429, message="You exceeded your current quota, please check your plan."))
        with pytest.raises(openai.RateLimitError) as failed:
            await on.create("chat")
    assert failed.value.code == failed.value.type == "insufficient_quota"


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("stream", [True, False])
async def test_answers_at_the_same_time_do_not_mix(kind: str, stream: bool) -> None:
    async with clients() as on:
        on.wire.script = lambda request: say(f"for {len(on.wire.requests)} of many", tokens_per_second=200)
        ways = on.streamed if stream else on.whole
        heard = await asyncio.gather(*(ways(kind) for _ in range(20)))
    assert sorted(answer.text for answer in heard) == sorted(f"for {n} of many" for n in range(1, 21))
