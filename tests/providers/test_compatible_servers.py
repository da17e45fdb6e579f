"""Servers that refuse parts of a request, have no schemas, or know no models."""

import json
from dataclasses import replace

import pytest

from coffeebot.domain.errors import Failure, ProviderFailed
from evals.wire import Garbage, Request, Scene, Wire, say
from evals.wire.http1 import Asked, answer
from tests.providers.hearing import failure, heard, words
from tests.providers.models import PROMPT, SCHEMA, played

STRUCTURED = replace(PROMPT, schema=SCHEMA, tools=())


@pytest.mark.parametrize(
    ("part", "refusal"),
    [
        ("tools", Scene(status=400, message="registry/gemma:2b does not support tools")),
        ("tools", Scene(status=400, message='"auto" tool choice requires --enable-auto-tool-choice')),
        ("tools", Scene(status=500, message="Unsupported param: tools")),
        ("tools", Scene(status=404, message="No endpoints found that support tool use")),
        ("stream_options", Scene(status=422, message="stream_options: Extra inputs are not permitted")),
        ("max_tokens", Scene(status=400, message="Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")),
    ],
    ids=lambda value: value if isinstance(value, str) else value.message,
)
async def test_a_part_that_a_server_refuses_is_left_out_from_then_on(part: str, refusal: Scene) -> None:
    async with played("compatible") as (wire, model):
        wire.script = lambda request: refusal if part in request.body else say("Well.")
        assert words(await heard(model)) == words(await heard(model)) == "Well."
        assert [part in request.body for request in wire.requests] == [True, False, False]
        assert (wire.requests[-1].body.get("max_completion_tokens") == 300) == (part == "max_tokens")


async def test_several_parts_may_be_refused() -> None:
    def script(request: Request) -> Scene:
        refused = next((part for part in ("tools", "stream_options") if part in request.body), None)
        return Scene(status=400, message=f"{refused}: unknown") if refused else say("Well.")

    async with played("compatible") as (wire, model):
        wire.script = script
        assert words(await heard(model)) == words(await heard(model)) == "Well." and len(wire.requests) == 4


async def test_what_did_not_help_is_not_remembered() -> None:
    async with played("compatible") as (wire, model):
        wire.play(Scene(status=400, message="a tool? too long"), Scene(status=400, message="a tool? too long"), say("Well."))
        assert (await failure(model)).kind is Failure.REQUEST and len(wire.requests) == 2
        await heard(model)
    assert "tools" in wire.requests[2].body


async def test_a_failure_that_is_no_refusal_is_not_repeated() -> None:
    async with played("compatible") as (wire, model):
        wire.play(Scene(status=429, message="too many tools"))
        assert (await failure(model)).kind is Failure.RATE_LIMIT and len(wire.requests) == 1


async def test_last_leaves_no_tool_to_call() -> None:
    async with played("compatible") as (wire, model):
        await heard(model, last=True)
        body = wire.requests[0].body
    assert "tools" not in body and "tool_choice" not in body


@pytest.mark.parametrize(
    "written",
    ['{"n": 1}', '```json\n{"n": 1}\n```', 'Here it is:\n{"n": 1}\nAnything else?', '<think>{"n": 7}?</think>\n{"n": 1}'],
)
async def test_json_is_asked_for_in_words_where_schemas_are_refused(written: str) -> None:
    async with played("compatible") as (wire, model):
        refusal = Scene(status=400, message="This response_format type is unavailable now")
        wire.script = lambda request: refusal if "response_format" in request.body else say(written)
        for _ in range(2):
            text, _tokens = await model.extract(STRUCTURED)
            assert json.loads(text) == {"n": 1}
        first, *rest = (request.body for request in wire.requests)
    assert first["response_format"]["json_schema"]["strict"] is True and first["response_format"]["json_schema"]["schema"] == SCHEMA
    assert len(rest) == 2 and all(json.dumps(SCHEMA) in body["messages"][0]["content"] for body in rest)
    assert first["messages"][0]["content"] == PROMPT.system and "stream_options" not in first


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<html>Sign in</html>", Failure.MALFORMED),
        ("{}", Failure.MALFORMED),
        ('{"choices": []}', Failure.MALFORMED),
        ('{"choices": [{"message": null, "finish_reason": "stop"}]}', Failure.MALFORMED),
        ('{"choices": [{"message": {"content": null}, "finish_reason": "stop"}]}', Failure.EMPTY),
        ('{"choices": [{"message": {"content": "<think>hm</think>"}, "finish_reason": "stop"}]}', Failure.EMPTY),
        ('{"choices": [{"message": {"content": null, "refusal": "No."}, "finish_reason": "stop"}]}', Failure.REFUSED),
        ('{"error": {"code": 429, "message": "slow down"}}', Failure.RATE_LIMIT),
        ('{"object": "error", "message": "too long", "code": 400}', Failure.REQUEST),
    ],
)
async def test_json_that_is_not_there_is_a_failure(body: str, kind: Failure) -> None:
    async with played("compatible") as (wire, model):
        wire.structured = Scene((Garbage(body),))
        with pytest.raises(ProviderFailed) as failed:
            await model.extract(STRUCTURED)
    assert failed.value.kind is kind


def catalogue(wire: Wire, monkeypatch: pytest.MonkeyPatch, *, of_one: tuple[int, object], of_all: tuple[int, object]) -> None:
    def shown(asked: Asked) -> bytes:
        status, body = of_all if asked.path.endswith("/models") else of_one
        return answer(status, body, {"content-type": "text/html"} if str(body).startswith("<") else None)

    monkeypatch.setattr(wire, "look_up", shown)


NOT_FOUND = (404, "404 page not found")
LISTED = {"object": "list", "data": [{"id": "llama", "object": "model"}, {"id": "other", "object": "model"}]}
LATEST = {"object": "list", "data": [{"id": "llama:latest", "object": "model"}]}
PATHS = {"object": "list", "data": [{"id": "/models/some.gguf", "object": "model", "owned_by": "llamacpp"}]}


@pytest.mark.parametrize("of_one", [NOT_FOUND, (405, "no"), (501, "no"), (200, {"error": "Unexpected endpoint"}), (200, "<html>")])
@pytest.mark.parametrize("of_all", [(200, LISTED), (200, LATEST), (200, PATHS), NOT_FOUND, (405, "no")])
async def test_a_server_that_knows_no_single_model_is_good_when_it_lists_it_or_lists_nothing(
    of_one: tuple[int, object], of_all: tuple[int, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with played("compatible") as (wire, model):
        catalogue(wire, monkeypatch, of_one=of_one, of_all=of_all)
        await model.check()
    assert not wire.requests


@pytest.mark.parametrize(
    ("of_one", "of_all", "kind", "told"),
    [
        (NOT_FOUND, (200, {"object": "list", "data": [{"id": "phi", "object": "model"}]}), Failure.REQUEST, "phi"),
        (NOT_FOUND, (200, "<html>Welcome</html>"), Failure.MALFORMED, ""),
        (NOT_FOUND, (401, "no"), Failure.KEY, ""),
        ((403, "no"), (200, LISTED), Failure.KEY, ""),
        ((500, "no"), (200, LISTED), Failure.SERVER, ""),
    ],
)
async def test_what_is_wrong_with_a_server_is_said(
    of_one: tuple[int, object], of_all: tuple[int, object], kind: Failure, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with played("compatible") as (wire, model):
        catalogue(wire, monkeypatch, of_one=of_one, of_all=of_all)
        with pytest.raises(ProviderFailed) as failed:
            await model.check()
    assert failed.value.kind is kind and told in failed.value.detail
