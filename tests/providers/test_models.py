"""Claude, OpenAI and whatever is compatible, on the wire: one table of what may happen, the same outcome from each."""

import asyncio
import json
import time
from contextlib import aclosing
from dataclasses import replace

import pytest

from coffeebot.domain.errors import Failure, ProviderFailed
from coffeebot.providers.llm.clock import in_time
from coffeebot.providers.llm.model import Finished, Model, Piece, Step, Stop, Text, Tokens, ToolCall
from evals.wire import Call, Drop, End, Fault, Garbage, Say, Scene, Stall, Think, Usage, say, wire_server
from tests.providers.models import KEY, KINDS, PROMPT, QUICK, SCHEMA, played

HELLO = (Say("Good "), Say("morning"))
WORDS = "Good morning"  # in one piece or two, as the line has it

FAILURES = {
    "refused key": (Scene(status=401), Failure.KEY, False),
    "forbidden": (Scene(status=403), Failure.KEY, False),
    "unknown model": (Scene(status=404), Failure.REQUEST, False),
    "bad request": (Scene(status=400), Failure.REQUEST, False),
    "rate limit": (Scene(status=429), Failure.RATE_LIMIT, False),
    "server error": (Scene(status=500), Failure.SERVER, False),
    "overloaded": (Scene(status=529), Failure.OVERLOADED, False),
    "overloaded at a gateway": (Scene(status=503), Failure.OVERLOADED, False),
    "error event at once": (Scene((Fault("overloaded"),)), Failure.OVERLOADED, False),
    "error event in the middle": (Scene((*HELLO, Fault("server"))), Failure.SERVER, True),
    "rate limit in the middle": (Scene((*HELLO, Fault("rate_limit"))), Failure.RATE_LIMIT, True),
    "not JSON": (Scene((*HELLO, Garbage())), Failure.MALFORMED, True),
    "not an object": (Scene((*HELLO, Garbage("data: [1, 2]"))), Failure.MALFORMED, True),
    "stall before the first word": (Scene((Stall(3), *HELLO)), Failure.TIMEOUT, False),
    "stall before the head": (Scene(HELLO, before_head=3), Failure.TIMEOUT, False),
    "stall between words": (Scene((*HELLO, Stall(3), End())), Failure.TIMEOUT, True),
    "dropped at once": (Scene((Drop(),)), Failure.CONNECTION, False),
    "dropped in the middle": (Scene((*HELLO, Stall(0.05), Drop())), Failure.CONNECTION, True),
    "ends without an end": (Scene(HELLO), Failure.CONNECTION, True),
}
ENDS = {"end": Stop.END, "max_tokens": Stop.CUT_SHORT, "refusal": Stop.REFUSED}


async def heard(model: Model, *steps: Step, last: bool = False) -> list[Piece]:
    return [piece async for piece in in_time(model.stream(PROMPT, steps, last=last), QUICK)]


def said(pieces: list[Piece]) -> str:
    """The words of pieces that are nothing else."""
    assert all(isinstance(piece, Text) for piece in pieces)
    return "".join(piece.text for piece in pieces if isinstance(piece, Text))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FAILURES)
async def test_every_failure_has_its_name(kind: str, name: str) -> None:
    scene, expected, words = FAILURES[name]
    pieces: list[Piece] = []
    async with played(kind) as (wire, model):
        wire.play(scene)
        with pytest.raises(ProviderFailed) as failed:
            async for piece in in_time(model.stream(PROMPT), QUICK):
                pieces.append(piece)
        assert failed.value.kind is expected and said(pieces) == (WORDS if words else "")
        assert KEY not in f"{failed.value} {failed.value.detail}" and len(wire.requests) == 1


@pytest.mark.parametrize("kind", KINDS)
async def test_nobody_at_the_address_is_a_connection_failure(kind: str) -> None:
    async with wire_server() as wire:
        url = wire.url
    model = KINDS[kind](url)
    with pytest.raises(ProviderFailed) as failed:
        await heard(model)
    await model.close()
    assert failed.value.kind is Failure.CONNECTION


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("said", "seconds"),
    [("7", 7.0), ("soon", None), ("-3", 0.0), ("nan", None), ("1e99", 86_400.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0)],
)
async def test_how_long_to_wait_is_read_with_suspicion(kind: str, said: str, seconds: float | None) -> None:
    async with played(kind) as (wire, model):
        wire.play(Scene(status=429, headers={"retry-after": said}))
        with pytest.raises(ProviderFailed) as failed:
            await heard(model)
    assert failed.value.retry_after == seconds


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("end", ENDS)
async def test_words_come_in_order_and_the_end_says_why(kind: str, end: str) -> None:
    async with played(kind) as (wire, model):
        wire.play(Scene((Think("hm"), *HELLO, End(end)), usage=Usage(input=7, cached=5, output=3)))
        *words, finished = await heard(model)
    assert said(words) == WORDS and isinstance(finished, Finished)
    assert finished.stop is ENDS[end] and finished.tokens == Tokens(input=7, cached=5, output=3)


@pytest.mark.parametrize("kind", KINDS)
async def test_an_empty_answer_is_finished_without_a_word(kind: str) -> None:
    async with played(kind) as (wire, model):
        wire.play(Scene((End(),)))
        (finished,) = await heard(model)
    assert isinstance(finished, Finished) and finished.stop is Stop.END


@pytest.mark.parametrize("kind", KINDS)
async def test_any_character_survives_and_a_line_separator_is_no_end_of_line(kind: str) -> None:
    text = 'フルーティー ☕ "x" \\ \u2028 \x85 \n\n é 👩‍🌾'
    async with played(kind) as (wire, model):
        wire.play(say(text, chars=1))
        pieces = await heard(model)
    assert "".join(piece.text for piece in pieces if isinstance(piece, Text)) == text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("arguments", ['{"origins": ["Kenya"], "note": "日本"}', "{not json", ""])
async def test_a_tool_is_called_and_its_answer_goes_back(kind: str, arguments: str) -> None:
    async with played(kind) as (wire, model):
        wire.play(Scene((Think("which?"), Say("One moment. "), Call(arguments, id="call_9"), End("tool"))), say("Here they are."))
        text, call, finished = await heard(model)
        assert text == Text("One moment. ") and isinstance(finished, Finished) and finished.stop is Stop.TOOL
        assert call == ToolCall("call_9", "search_coffees", arguments or "{}") or call == ToolCall("call_9", "search_coffees", arguments)
        await heard(model, Step(finished.raw, (("call_9", '{"coffees": []}'),)), last=True)
        first, second = wire.requests
    assert '"coffees": []' in second.text and "call_9" in second.text and "call_9" not in first.text
    assert "search_coffees" in first.text and second.body.get("tool_choice") in ({"type": "none"}, "none", None)


@pytest.mark.parametrize("kind", KINDS)
async def test_json_of_a_schema(kind: str) -> None:
    prompt = replace(PROMPT, schema=SCHEMA, tools=())
    async with played(kind) as (wire, model):
        wire.structured = say('{"n": 3}')
        text, tokens = await model.extract(prompt)
        assert json.loads(text) == {"n": 3} and tokens.output == 90
        assert wire.requests[0].structured and not wire.requests[0].streamed
        for end, failure in (("max_tokens", Failure.CUT_SHORT), ("refusal", Failure.REFUSED)):
            wire.structured = say('{"n":', stop=end)
            with pytest.raises(ProviderFailed) as failed:
                await model.extract(prompt)
            assert failed.value.kind is failure
        wire.structured = Scene(status=500)
        with pytest.raises(ProviderFailed):
            await model.extract(prompt)


@pytest.mark.parametrize("kind", KINDS)
async def test_who_stops_listening_hangs_up_at_once(kind: str) -> None:
    async with played(kind) as (wire, model):
        wire.play(Scene((*HELLO, Stall(30), End())))
        first_word = asyncio.Event()

        async def listen() -> None:
            async for _ in in_time(model.stream(PROMPT), replace(QUICK, next_word=30, total=60)):
                first_word.set()

        listening = asyncio.create_task(listen())
        await asyncio.wait_for(first_word.wait(), 5)
        stopped = time.monotonic()
        listening.cancel()
        await asyncio.wait([listening])
        closed_at = await wire.requests[0].hang_up(seconds=2)
    assert closed_at - stopped < 0.2  # the promise made to whoever presses Stop


@pytest.mark.parametrize("kind", KINDS)
async def test_closing_the_iterator_hangs_up_at_once_also_before_the_first_word(kind: str) -> None:
    async with played(kind) as (wire, model):
        wire.play(Scene((Say("Hi"), Stall(30))), Scene(before_head=30))
        async with aclosing(model.stream(PROMPT)) as pieces:  # type: ignore[type-var]
            assert await anext(pieces) == Text("Hi")
            stopped = time.monotonic()
        assert await wire.requests[0].hang_up(seconds=2) - stopped < 0.2
        waiting = asyncio.ensure_future(anext(model.stream(PROMPT)))
        await wire.wait_for(2)
        stopped = time.monotonic()
        waiting.cancel()
        assert await wire.requests[1].hang_up(seconds=2) - stopped < 0.2


@pytest.mark.parametrize("kind", KINDS)
async def test_many_answers_at_once_do_not_mix(kind: str) -> None:
    async with played(kind) as (wire, model):
        wire.script = lambda request: say(f"for {request.text.count('x')}", tokens_per_second=100)

        async def one(n: int) -> str:
            pieces = [p async for p in model.stream(replace(PROMPT, system="s", turns=(("user", "x" * n),), tools=()))]
            return "".join(p.text for p in pieces if isinstance(p, Text))

        base = int((await one(0)).split()[-1])
        assert await asyncio.gather(*(one(n) for n in range(30))) == [f"for {base + n}" for n in range(30)]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_key_and_a_model_can_be_checked_without_cost(kind: str) -> None:
    async with played(kind) as (wire, model):
        wire.key, wire.models = KEY, [model.name]
        await model.check()
        wire.models = ["another"]
        with pytest.raises(ProviderFailed) as failed:
            await model.check()
        assert failed.value.kind is Failure.REQUEST
        wire.key = "another"
        with pytest.raises(ProviderFailed) as failed:
            await model.check()
        assert failed.value.kind is Failure.KEY and not wire.requests


@pytest.mark.parametrize(
    ("kind", "model", "expected"),
    [
        ("anthropic", "claude-sonnet-5-5", {"thinking": {"type": "between_tools"}, "output_config": {"effort": "low"}}),
        ("anthropic", "claude-haiku-5-5", {"thinking": {"type": "disabled"}, "output_config": {"effort": "low"}}),
        ("anthropic", "claude-next", {}),
        ("openai", "gpt-6.1-terra", {"reasoning": {"effort": "none"}}),
        ("openai", "o3", {"reasoning": {"effort": "low"}}),
        ("openai", "other", {}),
    ],
)
async def test_a_model_is_asked_to_speak_at_once_in_its_own_way(kind: str, model: str, expected: dict[str, object]) -> None:
    async with wire_server() as wire:
        asked = KINDS[kind](wire.url, model)
        await heard(asked)
        await asked.close()
    body = wire.requests[0].body
    assert {name: body[name] for name in ("thinking", "output_config", "reasoning") if name in body} == expected
    assert not {"temperature", "top_p", "top_k"} & set(body)


async def test_what_stays_the_same_is_cached() -> None:
    turns = (("user", "hi"), ("assistant", "Good morning."), ("user", "fruity"))
    async with wire_server() as wire:
        for kind in ("anthropic", "openai"):
            model = KINDS[kind](wire.url)
            _ = [piece async for piece in model.stream(replace(PROMPT, turns=turns))]
            await model.close()
    claude, responses = (request.body for request in wire.requests)
    assert claude["system"][0]["cache_control"] == claude["messages"][1]["content"][0]["cache_control"] == {"type": "ephemeral"}
    assert "cache_control" not in claude["messages"][2] and responses["prompt_cache_key"] == "place" and responses["store"] is False


async def test_a_server_without_tools_or_schemas_is_asked_again_without() -> None:
    async with played("compatible") as (wire, model):
        refuse = Scene(status=400, message="this model does not support tools")
        wire.script = lambda request: refuse if "tools" in request.body else say("Plain words.")
        assert said((await heard(model))[:-1]) == "Plain words."
        await heard(model)
        assert ["tools" in request.body for request in wire.requests] == [True, False, False]
        refuse_schema = Scene(status=400, message="response_format is not supported")
        wire.script = lambda request: refuse_schema if "response_format" in request.body else say('<think>hm</think>{"n": 1}')
        assert json.loads((await model.extract(replace(PROMPT, schema=SCHEMA)))[0]) == {"n": 1}


@pytest.mark.parametrize("chars", [1, 3, 100])
async def test_thoughts_written_into_the_answer_stay_unsaid(chars: int) -> None:
    async with played("compatible") as (wire, model):
        for written, spoken in (
            ("<think>Fruity, they say.</think>\n\nTwo light ones.", "Two light ones."),
            ("<thistle> honey", "<thistle> honey"),
            ("<think>and never an end", ""),
        ):
            wire.play(say(written, chars=chars))
            assert "".join(p.text for p in await heard(model) if isinstance(p, Text)) == spoken


async def test_a_local_server_may_know_no_models_and_count_nothing() -> None:
    async with played("compatible") as (wire, model):
        wire.play(Scene((Say("eight ch"), Garbage('data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}'))))
        *_, finished = await heard(model)
        assert isinstance(finished, Finished) and finished.tokens == Tokens(output=2)
