"""The server that plays scenes to whoever speaks one of the three formats; it keeps every request and what became of it."""

import asyncio
import json
import secrets
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from evals.wire.errors import error_body
from evals.wire.http1 import Asked, answer, read
from evals.wire.playing import play
from evals.wire.request import Request, format_of
from evals.wire.scene import Scene, say

__all__ = ["NOTHING_LEARNT", "Request", "Wire", "wire_server"]

NOTHING_LEARNT = say('{"traits": [], "remove": [], "summary": ""}')
GREETING = say("Good morning.")
QUEUE = 1000  # connections that may wait to be accepted


@dataclass
class Wire:
    """`script` decides what is played to a request, and may be changed at any time; until it is, `play` queues scenes.
    `look_up` gives the bytes for whatever asks for no answer of a model: the catalogue of models, until it is changed.

    With `key` any other is refused, with `models` any other is unknown; both are free while they are None.
    """

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    structured: Scene = NOTHING_LEARNT
    key: str | None = None
    models: Sequence[str] | None = None
    _queue: list[Scene] = field(default_factory=lambda: [GREETING])
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    connections: dict[asyncio.Task[None], StreamWriter] = field(default_factory=dict)
    _closing: bool = False

    def __post_init__(self) -> None:
        self.script: Callable[[Request], Scene] = self.next_scene
        self.look_up: Callable[[Asked], bytes] = self.catalogue

    def play(self, *scenes: Scene) -> None:
        """Queues scenes for requests that want prose; the last one is repeated. Those that want JSON get `structured`."""
        self._queue = list(scenes)

    def next_scene(self, request: Request) -> Scene:
        if request.structured:
            return self.structured
        return self._queue.pop(0) if len(self._queue) > 1 else self._queue[0]

    @property
    def replies(self) -> list[Request]:
        """The requests that want prose."""
        return [request for request in self.requests if not request.structured]

    async def wait_for(self, count: int, timeout: float = 5.0) -> None:  # noqa: ASYNC109 (tests read better without a block)
        """Until that many requests have come. TimeoutError if they do not within `timeout` seconds."""
        async with asyncio.timeout(timeout):
            while len(self.requests) < count:
                self._arrived.clear()
                await self._arrived.wait()

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Answers one client until either has enough."""
        task = asyncio.current_task()
        assert task is not None
        self.connections[task] = writer
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                while await self._answer(await read(reader), reader, writer):
                    await writer.drain()
        finally:
            del self.connections[task]
            writer.close()

    async def close(self) -> None:
        """Hangs up on everybody."""
        self._closing = True
        for writer in self.connections.values():
            writer.transport.abort()
        if self.connections:
            await asyncio.wait(self.connections)

    async def _answer(self, asked: Asked, reader: StreamReader, writer: StreamWriter) -> bool:
        """Whether the connection stays."""
        if asked.method != "POST" or not format_of(asked.path):
            writer.write(self.look_up(asked))
            return asked.stays
        try:
            body = json.loads(asked.body)
        except ValueError:
            writer.write(answer(400, error_body(format_of(asked.path), 400, "The body is not JSON.", request_id=_id())))
            return asked.stays
        request = Request(asked.path, asked.headers, body, at=asked.at)
        self.requests.append(request)
        self._arrived.set()
        scene = self._refused(request) or self.script(request)
        return await self._perform(request, scene, reader, writer) and asked.stays

    async def _perform(self, request: Request, scene: Scene, reader: StreamReader, writer: StreamWriter) -> bool:
        """Plays until the end, or until the client goes away; whether the connection can be used again.

        The last bytes go out when nobody listens for the hang-up any more: what comes after them is the next request.
        """
        playing = asyncio.create_task(play(request, scene, writer))
        hung_up = asyncio.create_task(reader.read(1))
        await asyncio.wait((playing, hung_up), return_when=asyncio.FIRST_COMPLETED)
        if not playing.done():
            if not self._closing:
                request.close()
            playing.cancel()
        hung_up.cancel()
        await asyncio.gather(playing, hung_up, return_exceptions=True)
        last = None if playing.cancelled() else playing.result()
        if last is None:
            writer.transport.abort()
            return False
        writer.write(last)
        return True

    def _refused(self, request: Request) -> Scene | None:
        if self.key is not None and request.key != self.key:
            return Scene(status=401)
        if self.models is not None and request.model not in self.models:
            return Scene(status=404, message=f"model: {request.model}")
        return None

    def catalogue(self, asked: Asked) -> bytes:
        """The models or one of them, and 404 for any other question."""
        shape = "anthropic" if "anthropic-version" in asked.headers else "openai"
        _, found, rest = unquote(asked.path).partition("/models")
        name = rest.strip("/")
        status, message = 200, ""
        if self.key is not None and Request(asked.path, asked.headers, {}).key != self.key:
            status = 401
        elif asked.method != "GET" or not found:
            status, message = 404, f"Unknown request: {asked.method} {asked.path}"
        elif name and self.models is not None and name not in self.models:
            status, message = 404, f"model: {name}"
        if status != 200:
            return answer(status, error_body(shape, status, message, request_id=_id()))
        if name:
            return answer(200, _model(shape, name))
        return answer(200, _models(shape, ["a-model"] if self.models is None else list(self.models)))


def _id() -> str:
    return f"req_{secrets.token_hex(12)}"


def _models(shape: str, names: list[str]) -> dict[str, Any]:
    data = [_model(shape, name) for name in names]
    if shape == "anthropic":
        return {"data": data, "first_id": names[0] if names else None, "last_id": names[-1] if names else None, "has_more": False}
    return {"object": "list", "data": data}


def _model(shape: str, name: str) -> dict[str, Any]:
    if shape == "anthropic":
        return {"type": "model", "id": name, "display_name": name, "created_at": "2026-01-01T00:00:00Z", "lifecycle": "active"}
    return {"id": name, "object": "model", "created": 1_767_225_600, "owned_by": "system"}


@asynccontextmanager
async def wire_server(script: Callable[[Request], Scene] | None = None, *, port: int = 0) -> AsyncIterator[Wire]:
    """A server on loopback while the block runs; `port` 0 is any that is free."""
    wire = Wire()
    if script is not None:
        wire.script = script
    server = await asyncio.start_server(wire.serve, "127.0.0.1", port, backlog=QUEUE)
    wire.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield wire
    finally:
        server.close()
        await wire.close()
        await server.wait_closed()
