"""What is Claude's own: the request that Messages is asked with, and the events of an answer."""

from dataclasses import replace

import pytest

from coffeebot.domain.errors import Failure, ProviderFailed
from coffeebot.providers.llm.claude import HOME, Claude
from coffeebot.providers.llm.clock import in_time
from coffeebot.providers.llm.model import Finished, Step, Stop, Text, Tokens, ToolCall
from evals.wire import Call, Drop, End, Garbage, Say, Scene, Think, say, wire_server
from tests.providers.hearing import end, heard, words
from tests.providers.messages import called, event, stopped
from tests.providers.models import KEY, PROMPT, QUICK, SCHEMA, played

STRUCTURED = replace(PROMPT, schema=SCHEMA, tools=())
EPHEMERAL = {"type": "ephemeral"}


async def test_what_is_asked() -> None:
    async with played("anthropic") as (wire, model):
        wire.key = KEY
        await heard(model)
        await heard(model, last=True)
        first, second = (request.body for request in wire.requests)
    assert first["system"] == [{"type": "text", "text": PROMPT.system, "cache_control": EPHEMERAL}]
    assert first["messages"] == [{"role": "user", "content": "fruity, please"}]
    assert first["max_tokens"] == 300 and first["stream"] is True
    (tool,) = first["tools"]
    assert tool["name"] == "search_coffees" and tool["strict"] is True and tool["input_schema"]["additionalProperties"] is False
    assert first["tool_choice"] == {"type": "auto", "disable_parallel_tool_use": True}
    assert second["tool_choice"] == {"type": "none"} and second["tools"] == first["tools"]
    assert not {"temperature", "top_p", "top_k"} & set(first)


async def test_a_conversation_that_grows_is_cached_up_to_what_was_said_before() -> None:
    turns = (("user", "hi"), ("assistant", "Good morning."), ("user", "fruity"), ("assistant", "Two."), ("user", "cheaper"))
    async with played("anthropic") as (wire, model):
        await anext(model.stream(replace(PROMPT, turns=turns)))
        messages = wire.requests[0].body["messages"]
    assert messages[3]["content"] == [{"type": "text", "text": "Two.", "cache_control": EPHEMERAL}]
    assert [message["content"] for n, message in enumerate(messages) if n != 3] == ["hi", "Good morning.", "fruity", "cheaper"]


@pytest.mark.parametrize(
    ("model", "thinking", "effort"),
    [
        ("claude-sonnet-5-5", "between_tools", "low"), ("claude-sonnet-5-5-20260928", "between_tools", "low"),
        ("claude-haiku-5-5", "disabled", "low"), ("claude-haiku-5-5-20261007", "disabled", "low"),
        ("claude-sonnet-5", "disabled", "low"), ("claude-opus-5", "disabled", "low"), ("claude-opus-5-5", None, "low"),
        ("claude-sonnet-5-6", None, None), ("claude-haiku-4-5", None, None), ("anthropic/claude-sonnet-5.5", None, None),
    ],
)  # fmt: skip
async def test_each_model_is_asked_for_the_least_thinking_it_allows(model: str, thinking: str | None, effort: str | None) -> None:
    async with wire_server() as wire:
        asked = Claude(KEY, model, base_url=wire.url, limits=QUICK)
        await heard(asked)
        await asked.extract(STRUCTURED)
        await asked.close()
    for body in (request.body for request in wire.requests):
        assert body.get("thinking") == ({"type": thinking} if thinking else None)
        assert body.get("output_config", {}).get("effort") == effort


async def test_thoughts_go_back_signed_and_in_order_with_what_the_tool_found() -> None:
    async with played("anthropic") as (wire, model):
        wire.play(Scene((Think("wh"), Think("ich?"), Say("One moment."), Call('{"n": "日本"}', id="call_9"), End("tool"))), say("Here."))
        finished = end(await heard(model))
        await heard(model, Step(finished.raw, (("call_9", "[]"),)))
        asked, assistant, results = wire.requests[1].body["messages"]
    thought, text, call = assistant["content"]
    assert asked["role"] == results["role"] == "user" and assistant["role"] == "assistant"
    assert thought["type"] == "thinking" and thought["thinking"] == "which?" and thought["signature"]
    assert text == {"type": "text", "text": "One moment."}
    assert call == {"type": "tool_use", "id": "call_9", "name": "search_coffees", "input": {"n": "日本"}}
    assert results["content"] == [{"type": "tool_result", "tool_use_id": "call_9", "content": "[]"}]


async def test_text_that_is_nothing_but_space_does_not_go_back() -> None:
    async with played("anthropic") as (wire, model):
        wire.play(Scene((Say("\n\n"), Call("{}"), End("tool"))))
        finished = end(await heard(model))
    assert [block["type"] for block in finished.raw] == ["tool_use"]


@pytest.mark.parametrize("arguments", ["{not json", "[1]", "null", '{"n": NaN}', '{"n": "\\ud83d"}', '{"n": ' + "[" * 100_000])
async def test_arguments_that_are_none_are_told_as_they_are_and_go_back_empty(arguments: str) -> None:
    async with played("anthropic") as (wire, model):
        wire.play(Scene((*called(arguments), *stopped("tool_use"))), say("Here."))
        call, finished = await heard(model)
        assert call == ToolCall("call_9", "search_coffees", arguments) and isinstance(finished, Finished)
        await heard(model, Step(finished.raw, (("call_9", '{"error": "no"}'),)))
        (back,) = wire.requests[1].body["messages"][1]["content"]
    assert back["input"] == {}


async def test_arguments_may_come_at_once_with_the_call() -> None:
    block = {"type": "tool_use", "id": "c", "name": "search_coffees", "input": {"n": 1}}
    begun = event("content_block_start", index=0, content_block=block), event("content_block_stop", index=0)
    async with played("anthropic") as (wire, model):
        wire.play(Scene((*begun, *stopped("tool_use"))))
        call, finished = await heard(model)
    assert call == ToolCall("c", "search_coffees", '{"n": 1}') and isinstance(finished, Finished) and finished.raw == [block]


@pytest.mark.parametrize(("end_", "stop"), [("max_tokens", Stop.CUT_SHORT), ("refusal", Stop.REFUSED)])
async def test_a_call_in_an_answer_that_broke_off_is_no_call(end_: str, stop: Stop) -> None:
    async with played("anthropic") as (wire, model):
        wire.play(Scene((Say("One moment."), Call('{"ori'), End(end_))))
        text, finished = await heard(model)
    assert text == Text("One moment.") and isinstance(finished, Finished) and finished.stop is stop


@pytest.mark.parametrize(
    ("reason", "stop"),
    [
        ("end_turn", Stop.END), ("stop_sequence", Stop.END), ("pause_turn", Stop.END), ("max_tokens", Stop.CUT_SHORT),
        ("model_context_window_exceeded", Stop.CUT_SHORT), ("refusal", Stop.REFUSED), ("a_new_one", Stop.END), (None, Stop.END),
        ("tool_use", Stop.END),
    ],
)  # fmt: skip
async def test_the_end_says_why_and_a_call_that_never_came_is_none(reason: str | None, stop: Stop) -> None:
    async with played("anthropic") as (wire, model):
        wire.play(Scene((Say("Well"), *stopped(reason))))
        finished = end(await heard(model))
    assert finished.stop is stop


async def test_a_call_counts_even_when_the_end_does_not_tell() -> None:
    async with played("anthropic") as (wire, model):
        wire.play(Scene((Call("{}"), End("end"))))
        call, finished = await heard(model)
    assert isinstance(call, ToolCall) and isinstance(finished, Finished) and finished.stop is Stop.TOOL


async def test_events_that_are_new_say_nothing() -> None:
    new = (
        event("mood", mood=3),
        event("content_block_delta", index=0, delta={"type": "mood_delta", "mood": 3}),
        event("content_block_start", index=1, content_block={"type": "mood"}),
        event("content_block_stop", index=1),
        Garbage(": keep-alive"),
        Garbage("event: x\nid: 1"),
    )
    async with played("anthropic") as (wire, model):
        wire.play(Scene((Say("Hi"), *new, *stopped("end_turn"))))
        pieces = await heard(model)
    assert words(pieces) == "Hi" and end(pieces).stop is Stop.END


async def test_letters_that_cannot_be_kept_are_left_out_and_do_not_go_back() -> None:
    deltas = [Garbage(f'data: {{"type": "content_block_delta", "delta": {{"type": "text_delta", "text": "{text}"}}}}')
              for text in (r"a\u0000b", r"c\ud83d", r"\u0000")]  # fmt: skip
    async with played("anthropic") as (wire, model):
        wire.play(Scene((Say("+"), *deltas, *stopped("end_turn"))))
        pieces = await heard(model)
    assert words(pieces) == "+abc" and end(pieces).raw == [{"type": "text", "text": "+abc"}]


@pytest.mark.parametrize(
    ("begun", "ended", "tokens"),
    [
        (
            {"input_tokens": 7, "cache_read_input_tokens": 5, "cache_creation_input_tokens": 3, "output_tokens": 1},
            {"output_tokens": 9},
            Tokens(7, 5, 3, 9),
        ),
        ({"input_tokens": 7}, {"input_tokens": 8, "cache_read_input_tokens": None, "output_tokens": 9}, Tokens(8, output=9)),
        ({"input_tokens": "many", "cache_read_input_tokens": -5}, {"output_tokens": 2}, Tokens(output=2)),
        ("many", [], Tokens()),
        (None, None, Tokens()),
    ],
)  # fmt: skip
async def test_the_last_count_holds_and_nonsense_is_none(begun: object, ended: object, tokens: Tokens) -> None:
    async with played("anthropic") as (wire, model):
        names = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens", "output_tokens")
        forget = event("message_start", message={"usage": dict.fromkeys(names, 0)})
        wire.play(Scene((forget, event("message_start", message={"usage": begun}), Say("Hi."), *stopped("end_turn", ended))))
        assert end(await heard(model)).tokens == tokens


async def test_space_around_a_key_is_no_part_of_it() -> None:
    async with wire_server() as wire:
        wire.key = KEY
        model = Claude(f" {KEY}\n", "claude-sonnet-5-5", base_url=wire.url, limits=QUICK)
        assert words(await heard(model)) == "Good morning."
        await model.close()


async def test_json_is_asked_for_by_a_schema_and_without_tools() -> None:
    async with played("anthropic") as (wire, model):
        wire.structured = Scene((Think("hm"), Say('{"n": '), Say("3}"), End()))
        assert (await model.extract(STRUCTURED))[0] == '{"n": 3}'
        body = wire.requests[0].body
        wire.structured = Scene((Drop(),))
        with pytest.raises(ProviderFailed) as failed:
            await model.extract(STRUCTURED)
    assert body["output_config"] == {"effort": "low", "format": {"type": "json_schema", "schema": SCHEMA}}
    assert "tools" not in body and not body.get("stream") and failed.value.kind is Failure.CONNECTION


async def test_the_next_call_goes_out_on_the_same_connection() -> None:
    async with played("anthropic") as (wire, model):
        connections = set()
        for _ in range(3):
            _ = [piece async for piece in in_time(model.stream(PROMPT), QUICK)]
            connections |= set(wire.connections)
        assert len(wire.requests) == 3 and len(connections) == 1


async def test_an_empty_variable_for_the_address_means_anthropic_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "")
    model = Claude(KEY, "claude-sonnet-5-5", limits=QUICK)
    assert str(model._client.base_url).rstrip("/") == HOME
    await model.close()
