"""The wire as a server: who asked what, who hung up, which key and model, and connections that are used again."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

import anthropic
import openai
import pytest

from evals.wire import End, Fault, Request, Say, Scene, Stall, say, wire_server
from evals.wire.http1 import answer as whole_answer
from tests.evals.wire_clients import FORMATS, clients

PATHS = {"anthropic": "/v1/messages", "responses": "/v1/responses", "chat": "/v1/chat/completions"}
SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"], "additionalProperties": False}
JSON_SCHEMA: dict[str, dict[str, Any]] = {
    "anthropic": {"output_config": {"format": {"type": "json_schema", "schema": SCHEMA}}},
    "responses": {"text": {"format": {"type": "json_schema", "name": "answer", "schema": SCHEMA, "strict": True}}},
    "chat": {"response_format": {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA, "strict": True}}},
}


class Line:
    """One connection, by hand."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def to(cls, url: str) -> "Line":
        host, _, port = url.removeprefix("http://").partition(":")
        return cls(*await asyncio.open_connection(host, int(port)))

    async def ask(self, path: str, body: bytes | None = None, *, headers: str = "") -> tuple[int, str, bytes]:
        """Status, head and body of the answer."""
        start = f"GET {path}" if body is None else f"POST {path}"
        length = f"content-length: {len(body)}\r\n" if body is not None and "chunked" not in headers else ""
        self.writer.write(f"{start} HTTP/1.1\r\nHost: wire\r\n{length}{headers}\r\n".encode() + (body or b""))
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        status = int(head.split()[1])
        if "transfer-encoding: chunked" not in head:
            return status, head, await self.reader.readexactly(int(head.partition("content-length: ")[2].split()[0]))
        parts = []
        while size := int(await self.reader.readline(), 16):
            parts.append(await self.reader.readexactly(size))
            await self.reader.readexactly(2)
        assert await self.reader.readline() == b"\r\n"
        return status, head, b"".join(parts)

    async def close(self) -> None:
        self.writer.close()
        await self.writer.wait_closed()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110  (what is waited for has no event)
            await asyncio.sleep(0.01)


async def test_one_connection_serves_many_requests() -> None:
    async with wire_server() as wire:
        wire.play(Scene((Say("One."), Stall(0.02), Say("Two."), End())))
        line = await Line.to(wire.url)
        for kind, path in PATHS.items():
            for stream in (True, False):
                status, head, body = await line.ask(path, json.dumps({"model": "m", "stream": stream}).encode())
                assert status == 200 and b"One." in body and b"Two." in body and ("event-stream" in head) == stream, kind
        assert (await line.ask("/v1/models"))[0] == 200
        wire.play(Scene(status=500))
        assert (await line.ask(PATHS["chat"], b"{}"))[0] == 500
        chunked = b'7\r\n{"model\r\n5;x=y\r\n": 1}\r\n0\r\nTrailer: x\r\n\r\n'
        assert (await line.ask(PATHS["chat"], chunked, headers="transfer-encoding: chunked\r\n"))[0] == 500
        assert wire.requests[-1].body == {"model": 1}
        assert (await line.ask(PATHS["chat"], b"{}", headers="connection: close\r\n"))[0] == 500
        assert await line.reader.read() == b""
        await line.close()
        assert len(wire.requests) == 9 and all(request.closed_at is None for request in wire.requests)


async def test_the_sdks_use_their_connections_again() -> None:
    async with clients() as on:
        seen: set[asyncio.Task[None]] = set()

        def script(request: Request) -> Scene:
            seen.update(on.wire.connections)
            return say("Good morning.")

        on.wire.script = script
        for _ in range(3):
            for kind in FORMATS:
                await on.streamed(kind)
                await on.whole(kind)
        assert len(seen) == 2  # of the one SDK and of the other


@pytest.mark.parametrize("path", PATHS.values())
@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize(
    "scene", [Scene((Say("Two "), Stall(30), End())), say("Two", before_head=30), say("a b c d", tokens_per_second=0.1)]
)
async def test_who_hangs_up_is_noticed_at_once(path: str, stream: bool, scene: Scene) -> None:
    async with wire_server() as wire:
        wire.play(scene)
        line = await Line.to(wire.url)
        body = json.dumps({"model": "m", "stream": stream}).encode()
        line.writer.write(f"POST {path} HTTP/1.1\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)
        await wire.wait_for(1)
        if stream and not scene.before_head:
            await line.reader.readuntil(b"Two" if len(scene.steps) == 3 else b"a ")
            assert wire.requests[0].first_token_at
        hung_up = time.monotonic()
        await line.close()
        closed_at = await wire.requests[0].hang_up()
        assert hung_up <= closed_at < hung_up + 2 and wire.requests[0].closed_at == closed_at
        await until(lambda: not wire.connections)


@pytest.mark.parametrize("kind", FORMATS)
async def test_an_sdk_that_stops_reading_hangs_up(kind: str) -> None:
    async with clients() as on:
        on.wire.play(Scene((Say("Two "), Stall(30), End())))
        stream = await on.create(kind, stream=True)
        await anext(aiter(stream))
        assert on.wire.requests[0].closed_at is None
        await stream.close()
        await on.wire.requests[0].hang_up()


async def test_who_stays_has_not_hung_up() -> None:
    async with wire_server() as wire:
        wire.play(Scene((Stall(30),)))
        line = await Line.to(wire.url)
        asking = asyncio.create_task(line.ask(PATHS["chat"], b'{"stream": true}'))
        await wire.wait_for(1)
        with pytest.raises(TimeoutError):
            await wire.requests[0].hang_up(seconds=0.05)
        with pytest.raises(TimeoutError):
            await wire.wait_for(2, timeout=0.05)
        asking.cancel()
        await line.close()


async def test_the_end_of_the_server_ends_what_it_plays() -> None:
    async with wire_server() as wire:
        wire.play(Scene((Say("Two "), Stall(30))))
        line, idle = await Line.to(wire.url), await Line.to(wire.url)
        asking = asyncio.create_task(line.ask(PATHS["chat"], b'{"stream": true}'))
        await wire.wait_for(1)
    with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
        await asking
    assert not wire.connections and wire.requests[0].closed_at is None
    for each in (line, idle):
        await each.close()


@pytest.mark.parametrize("kind", FORMATS)
async def test_a_request_is_kept_as_it_came(kind: str) -> None:
    async with clients(key="sk-mine") as on:
        began = time.monotonic()
        on.wire.play(say("Good morning.", before_head=0.05))
        await on.streamed(kind)
        await on.whole(kind)
        streamed, whole = on.wire.requests
    assert (streamed.format, streamed.path, streamed.model, streamed.key) == (kind, PATHS[kind], "m", "sk-mine")
    assert streamed.streamed and not whole.streamed and not streamed.structured and streamed.closed_at is None
    for said in ("You are the barista.", "fruity, please", "search_coffees", "Looks on the shelf."):
        assert said in streamed.text.split("\n")
    assert streamed.first_token_at is not None and began <= streamed.at < streamed.first_token_at - 0.04
    assert set(streamed.headers) >= {"host", "content-type", "user-agent"}


@pytest.mark.parametrize("kind", FORMATS)
async def test_requests_for_json_are_told_apart(kind: str) -> None:
    async with clients() as on:
        on.wire.play(say("prose"))
        first = await on.create(kind, **JSON_SCHEMA[kind])
        on.wire.structured = say('{"n": 3}')
        second = await on.create(kind, **JSON_SCHEMA[kind])
        assert (await on.whole(kind)).text == "prose"
        assert [request.structured for request in on.wire.requests] == [True, True, False]
        assert len(on.wire.replies) == 1
    assert '"traits": []' in first.model_dump_json().replace("\\", "") and '"n": 3' in second.model_dump_json().replace("\\", "")


@pytest.mark.parametrize(
    ("body", "structured"),
    [
        ({}, False),
        ({"output_config": {"effort": "low"}, "text": "odd", "response_format": None}, False),
        ({"text": {"format": {"type": "text"}}}, False),
        ({"response_format": {"type": "json_object"}}, True),
    ],
)
def test_what_asks_for_json(body: dict[str, Any], structured: bool) -> None:
    assert Request("/v1/chat/completions", {}, body).structured is structured


async def test_scenes_are_played_in_turn_and_the_last_one_again() -> None:
    async with clients() as on:
        assert (await on.whole("chat")).text == "Good morning."
        on.wire.play(say("one"), Scene((Fault("server"),)), say("three"))
        assert (await on.whole("anthropic")).text == "one"
        with pytest.raises(openai.InternalServerError):
            await on.whole("responses")
        assert [(await on.streamed(kind)).text for kind in FORMATS] == ["three"] * 3
        on.wire.script = lambda request: say(f"scripted for {request.format}") if request.streamed else on.wire.next_scene(request)
        assert (await on.streamed("responses")).text == "scripted for responses"
        assert (await on.whole("responses")).text == "three"
    async with wire_server(lambda request: say("from the start")) as wire:
        line = await Line.to(wire.url)
        assert b"from the start" in (await line.ask(PATHS["chat"], b"{}"))[2]
        await line.close()


@pytest.mark.parametrize("kind", FORMATS)
async def test_words_keep_their_pace_also_after_a_silence(kind: str) -> None:
    async with clients() as on:
        steps = [Say("x ") for _ in range(6)]
        on.wire.play(Scene((*steps[:3], Stall(0.2), *steps[3:], End()), tokens_per_second=50))
        began = time.monotonic()
        assert (await on.streamed(kind)).text == "x " * 6
    assert time.monotonic() - began >= 0.2 + 4 / 50  # five gaps, of which one runs beside the silence


async def test_a_wrong_key_is_refused_everywhere() -> None:
    async with clients(key="sk-wrong") as on:
        on.wire.key = "sk-right"
        for kind, error in (
            ("anthropic", anthropic.AuthenticationError),
            ("responses", openai.AuthenticationError),
            ("chat", openai.AuthenticationError),
        ):
            with pytest.raises(error):
                await on.create(kind)
        with pytest.raises(anthropic.AuthenticationError):
            await on.anthropic.models.list()
        with pytest.raises(openai.AuthenticationError):
            await on.openai.models.retrieve("m")
        on.wire.key = "sk-wrong"
        assert (await on.whole("anthropic")).text == (await on.whole("chat")).text == "Good morning."


async def test_models_in_both_shapes() -> None:
    async with clients() as on:
        assert (await on.anthropic.models.retrieve("any")).id == (await on.openai.models.retrieve("any")).id == "any"
        on.wire.models = ["m", "meta/llama"]
        assert [model.id async for model in on.anthropic.models.list()] == ["m", "meta/llama"]
        assert [model.id async for model in on.openai.models.list()] == ["m", "meta/llama"]
        assert (await on.openai.models.retrieve("meta/llama")).id == "meta/llama"
        assert (await on.whole("responses")).text == "Good morning."
        on.wire.models = ["another"]
        with pytest.raises(anthropic.NotFoundError) as claude:
            await on.anthropic.models.retrieve("m")
        with pytest.raises(openai.NotFoundError) as gpt:
            await on.openai.models.retrieve("m")
        assert claude.value.type == "not_found_error" and gpt.value.code == "model_not_found"
        for kind, error in (("anthropic", anthropic.NotFoundError), ("responses", openai.NotFoundError), ("chat", openai.NotFoundError)):
            with pytest.raises(error):
                await on.create(kind, stream=True)


async def test_what_is_no_request_is_answered_too() -> None:
    async with wire_server() as wire:
        line = await Line.to(wire.url)
        assert (await line.ask("/v1/embeddings", b"{}"))[0] == 404
        assert (await line.ask("/v1/messages"))[0] == 404
        status, _, body = await line.ask("/v1/messages", b"{broken")
        assert status == 400 and json.loads(body)["error"]["type"] == "invalid_request_error"
        assert not wire.requests
        wire.look_up = lambda asked: whole_answer(200, f"<html>{asked.method} {asked.path}</html>", {"content-type": "text/html"})
        status, head, body = await line.ask("/v1/models?limit=1")
        assert status == 200 and "text/html" in head and "application/json" not in head and body == b"<html>GET /v1/models</html>"
        await line.close()
