"""What servers of one's own do differently: tool calls in odd pieces, ends without an end, thoughts in the answer, parts they refuse."""

import json
from typing import Any

import pytest

from coffeebot.domain.errors import Failure
from coffeebot.providers.llm.compatible import Compatible
from coffeebot.providers.llm.model import Finished, Step, Stop, Text, Tokens, ToolCall
from evals.wire import Call, Drop, End, Garbage, Say, Scene, Stall, Think, say
from tests.providers.hearing import end, failure, heard, words
from tests.providers.models import KEY, PROMPT, QUICK, played

DONE = Garbage("data: [DONE]")


def chunk(delta: object = None, finish: object = None, **fields: Any) -> Garbage:
    choice = {"index": 0, "delta": delta if delta is not None else {}, "finish_reason": finish}
    return Garbage("data: " + json.dumps({"object": "chat.completion.chunk", "choices": [choice], **fields}))


def called(*calls: dict[str, Any]) -> Garbage:
    return chunk({"tool_calls": list(calls)})


def function(arguments: object = None, name: str | None = None) -> dict[str, Any]:
    return {"function": ({"name": name} if name else {}) | ({"arguments": arguments} if arguments is not None else {})}


async def test_only_what_everybody_understands_is_asked() -> None:
    async with played("compatible") as (wire, model):
        await heard(model)
        body = wire.requests[0].body
    assert set(body) == {"model", "messages", "max_tokens", "stream", "stream_options", "tools"}
    assert body["messages"] == [{"role": "system", "content": PROMPT.system}, {"role": "user", "content": "fruity, please"}]
    assert set(body["tools"][0]["function"]) == {"name", "description", "parameters"} and body["stream_options"] == {"include_usage": True}


async def test_a_server_without_a_key_is_sent_none_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    async with played("compatible") as (wire, _):
        model = Compatible(None, "llama", base_url=wire.url, limits=QUICK)
        await heard(model)
        await model.close()
        assert KEY not in str(wire.requests[0].headers)


@pytest.mark.parametrize(
    ("steps", "calls"),
    [
        ((called({"index": 0, "id": "a", **function('{"n":1}', "search")}),), [("a", "search", '{"n":1}')]),
        ((called({"index": 0, "id": "a", **function("", "search")}), called({"index": 0, **function('{"n"')}),
          called({"index": 0, **function(":1}")})), [("a", "search", '{"n":1}')]),
        ((called({"index": 0, **function({"n": 1}, "search")}),), [("call_0", "search", '{"n": 1}')]),
        ((called({"index": 0, "id": None, **function(None, "search")}),), [("call_0", "search", "{}")]),
        ((called(function('{"n"', "search")), called(function(":1}")), called(function("{}", "search"))),
         [("call_0", "search", '{"n":1}'), ("call_1", "search", "{}")]),
        ((called({"index": 0, "id": "a", **function("{}", "one")}), called({"index": 0, "id": "b", **function("{}", "two")})),
         [("a", "one", "{}"), ("b", "two", "{}")]),
        ((called({"index": 1, "id": "b", **function("{}", "two")}, {"index": 0, "id": "a", **function("{}", "one")}),),
         [("b", "two", "{}"), ("a", "one", "{}")]),
        ((called({"index": 0, "id": "a", **function('{"n"', "search")}), called({"index": 0, "id": "a", **function(":1}", "search")})),
         [("a", "search", '{"n":1}')]),
    ],
    ids=["in one", "in pieces", "an object", "no id and no arguments", "no index", "the same index twice", "out of order", "name repeated"],
)  # fmt: skip
@pytest.mark.parametrize("finish", ["tool_calls", "function_call", "stop"])
async def test_tool_calls_are_put_together_whatever_they_come_in(steps: tuple[Garbage, ...], calls: list[Any], finish: str) -> None:
    async with played("compatible") as (wire, model):
        wire.play(Scene((*steps, chunk({}, finish), DONE)))
        *made, finished = await heard(model)
    assert made == [ToolCall(*call) for call in calls] and isinstance(finished, Finished) and finished.stop is Stop.TOOL
    assert [sent["id"] for sent in finished.raw["tool_calls"]] == [id_ for id_, _, _ in calls]


async def test_a_step_goes_back_as_it_was_said_with_arguments_that_a_template_can_read() -> None:
    async with played("compatible") as (wire, model):
        wire.play(Scene((Think("hm"), Say("One moment."), Call("{not json", id="call_9"), End("tool"))), say("Here."))
        *_, call, finished = await heard(model)
        assert call == ToolCall("call_9", "search_coffees", "{not json") and isinstance(finished, Finished)
        await heard(model, Step(finished.raw, (("call_9", '{"error": "no JSON"}'),)))
        asked, told = wire.requests[1].body["messages"][-2:]
    assert asked["role"] == "assistant" and asked["content"] == "One moment."
    assert asked["tool_calls"] == [{"id": "call_9", "type": "function", "function": {"name": "search_coffees", "arguments": "{}"}}]
    assert told == {"role": "tool", "tool_call_id": "call_9", "content": '{"error": "no JSON"}'}


@pytest.mark.parametrize(
    ("finish", "stop"),
    [("stop", Stop.END), ("length", Stop.CUT_SHORT), ("content_filter", Stop.REFUSED), ("tool_calls", Stop.END), ("eos", Stop.END)],
)
async def test_why_it_ended_and_an_end_for_a_tool_that_was_not_called_is_only_an_end(finish: str, stop: Stop) -> None:
    async with played("compatible") as (wire, model):
        wire.play(Scene((Say("Well."), chunk({}, finish), DONE)))
        pieces = await heard(model)
    assert words(pieces) == "Well." and end(pieces).stop is stop


async def test_a_call_that_was_cut_off_is_no_call() -> None:
    async with played("compatible") as (wire, model):
        wire.play(Scene((Say("Well."), called({"index": 0, "id": "a", **function('{"n"', "search")}), chunk({}, "length"), DONE)))
        text, finished = await heard(model)
    assert text == Text("Well.") and isinstance(finished, Finished) and finished.stop is Stop.CUT_SHORT


async def test_a_call_without_a_name_is_malformed() -> None:
    async with played("compatible") as (wire, model):
        wire.play(Scene((called({"index": 0, "id": "a", **function("{}")}), chunk({}, "tool_calls"), DONE)))
        assert (await failure(model)).kind is Failure.MALFORMED


async def test_a_refusal_in_words_is_a_refusal() -> None:
    async with played("compatible") as (wire, model):
        wire.play(Scene((chunk({"refusal": "I cannot."}), chunk({}, "stop"), DONE)))
        (finished,) = await heard(model)
    assert isinstance(finished, Finished) and finished.stop is Stop.REFUSED


@pytest.mark.parametrize("steps", [(chunk({}, "stop"),), (chunk({}, "stop"), DONE), (DONE,), (chunk({}, ""), DONE)])
async def test_an_end_is_a_reason_or_a_done(steps: tuple[Garbage, ...]) -> None:
    async with played("compatible") as (wire, model):
        wire.play(Scene((Say("Well."), *steps)))
        pieces = await heard(model)
    assert words(pieces) == "Well." and end(pieces).stop is Stop.END


@pytest.mark.parametrize("steps", [(), (chunk({}, None),), (Stall(0.05), Drop())])
async def test_an_end_with_neither_is_a_line_that_broke(steps: tuple[Any, ...]) -> None:
    async with played("compatible") as (wire, model):
        wire.play(Scene((Say("Well."), *steps)))
        assert (await failure(model)).kind is Failure.CONNECTION


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ({"error": {"code": 500, "message": "slot unavailable", "type": "server_error"}}, Failure.SERVER),
        ({"error": {"code": 429, "message": "slow down"}}, Failure.RATE_LIMIT),
        ({"error": {"code": "503", "message": "busy"}}, Failure.OVERLOADED),
        ({"error": {"code": 400, "message": "too long", "type": "BadRequestError"}}, Failure.REQUEST),
        ({"error": {"code": "rate_limit_exceeded", "message": "slow down"}, "choices": []}, Failure.RATE_LIMIT),
        ({"error": "the model runner has stopped"}, Failure.SERVER),
        ({"object": "error", "message": "too long", "type": "BadRequestError", "code": 400}, Failure.REQUEST),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_an_error_in_the_stream_is_a_failure_in_every_shape(error: dict[str, Any], kind: Failure) -> None:
    async with played("compatible") as (wire, model):
        wire.play(Scene((Say("Well."), Garbage("data: " + json.dumps(error)))))
        assert (await failure(model)).kind is kind


@pytest.mark.parametrize(
    "line",
    [
        'data: {"choices": [null]}', 'data: {"choices": "x"}', 'data: {"choices": 7}', 'data: {"choices": [{"delta": "x"}]}',
        'data: {"choices": [{"delta": {"content": {"text": "x"}}}]}', 'data: {"choices": [{"delta": {"tool_calls": [7]}}]}',
        'data: {"choices": [{"delta": {"tool_calls": [{"index": 0, "function": "x"}]}}]}', 'data: "x"', "data: " + "[" * 100_000,
    ],
    ids=lambda line: line[:70],
)  # fmt: skip
async def test_what_the_format_does_not_allow_is_malformed(line: str) -> None:
    async with played("compatible") as (wire, model):
        wire.play(Scene((Say("Well."), Garbage(line), End())))
        assert (await failure(model)).kind is Failure.MALFORMED


async def test_empty_choices_and_unknown_fields_say_nothing() -> None:
    odd = [Garbage('data: {"choices": null}'), Garbage("data: {}"), chunk({"content": None, "audio": 1}, mood=3), Garbage(": ping")]
    async with played("compatible") as (wire, model):
        wire.play(Scene((*odd, Garbage('data: {"choices": [{"delta": null}]}'), Say("Well."), End())))
        assert words(await heard(model)) == "Well."


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
async def test_thoughts_beside_the_answer_stay_unsaid(field: str) -> None:
    async with played("compatible") as (wire, model):
        wire.play(Scene((chunk({field: "They want fruit."}), chunk({field: None, "content": "Fruit, then."}), End())))
        assert words(await heard(model)) == "Fruit, then."


@pytest.mark.parametrize("chars", [1, 4, 1000])
@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("\n<think>a <think> b</think>\n\nFruit. <think> is a word", "Fruit. <think> is a word"),
        ("<think></think>Fruit.", "Fruit."),
        ("<think>" + "long " * 400 + "</think> Fruit.", "Fruit."),
        ("<thi", "<thi"),
        ("  Fruit.", "  Fruit."),
        ("<think>never an end", ""),
    ],
)
async def test_thoughts_at_the_start_of_the_answer_stay_unsaid(written: str, spoken: str, chars: int) -> None:
    async with played("compatible") as (wire, model):
        wire.play(say(written, chars=chars))
        assert words(await heard(model)) == spoken


async def test_letters_that_cannot_be_kept_are_left_out() -> None:
    async with played("compatible") as (wire, model):
        wire.play(Scene((Garbage(r'data: {"choices": [{"delta": {"content": "a\u0000b\ud83d"}}]}'), End())))
        assert words(await heard(model)).encode() == b"ab"


@pytest.mark.parametrize(
    ("usage", "tokens"),
    [
        ({"prompt_tokens": 9, "prompt_tokens_details": {"cached_tokens": 3, "cache_write_tokens": 2}}, Tokens(4, 3, 2)),
        ({"prompt_tokens": 10, "completion_tokens": 4, "prompt_tokens_details": None}, Tokens(10, 0, 0, 4)),
        ({"prompt_tokens": 1, "completion_tokens": "x", "prompt_tokens_details": {"cached_tokens": 9}}, Tokens(0, 9, 0, 0)),
        (None, Tokens(output=2)),
        ("many", Tokens()),
    ],
)  # fmt: skip
async def test_tokens_are_counted_by_the_server_or_guessed_by_what_it_wrote(usage: object, tokens: Tokens) -> None:
    async with played("compatible") as (wire, model):
        wire.play(Scene((Say("12345678"), chunk({}, "stop", usage=usage), DONE)))
        assert end(await heard(model)).tokens == tokens


async def test_a_key_that_a_server_quotes_stays_out_of_the_log() -> None:
    async with played("compatible") as (wire, model):
        for scene in (Scene(status=400, message=f"Bearer {KEY}?"), Scene((Garbage("data: " + json.dumps({"error": f"no {KEY}"})),))):
            wire.play(scene)
            failed = await failure(model)
            assert KEY not in failed.detail and "[key]" in failed.detail
