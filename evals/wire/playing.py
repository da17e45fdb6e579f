"""One scene, played to one client."""

import asyncio
import time
from asyncio import StreamWriter
from typing import Any, Protocol

from evals.wire.chat import Chat
from evals.wire.errors import error_body, fault_status
from evals.wire.http1 import LAST_CHUNK, answer, chunk, head
from evals.wire.messages import Messages
from evals.wire.request import Request
from evals.wire.responses import Responses
from evals.wire.scene import Drop, Fault, Garbage, Say, Scene, Stall, Step


class Format(Protocol):
    """One answer being written. Events come as text, ready to be sent; `whole` is the answer to who does not stream."""

    def __init__(self, request: Request, scene: Scene) -> None: ...
    def begin(self) -> str: ...
    def tell(self, step: Step) -> str: ...
    def whole(self) -> dict[str, Any]: ...


FORMATS: dict[str, type[Format]] = {"anthropic": Messages, "responses": Responses, "chat": Chat}


async def play(request: Request, scene: Scene, writer: StreamWriter) -> bytes | None:
    """Writes all but the last bytes, and returns those; None when the connection is to be cut."""
    await asyncio.sleep(scene.before_head)
    if scene.status != 200:
        return _refused(request, scene.status, scene)
    playing = _stream if request.streamed else _whole
    return await playing(request, scene, FORMATS[request.format](request, scene), writer)


async def _stream(request: Request, scene: Scene, written: Format, writer: StreamWriter) -> bytes | None:
    kind = {"content-type": "text/event-stream; charset=utf-8", "transfer-encoding": "chunked", "cache-control": "no-cache"}
    writer.write(head(200, {**kind, **_own(request), **scene.headers}) + chunk(written.begin()))
    between = 1 / scene.tokens_per_second if scene.tokens_per_second else 0.0
    due = time.monotonic()
    for step in scene.steps:
        match step:
            case Say():
                if between:
                    if (wait := due - time.monotonic()) > 0:
                        await asyncio.sleep(wait)
                    due += between
                request.spoke()
            case Stall(seconds):
                await asyncio.sleep(seconds)
                due += seconds
                continue
            case Drop():
                await writer.drain()
                return None
        if told := written.tell(step):
            writer.write(chunk(told))
            await writer.drain()
    return LAST_CHUNK


async def _whole(request: Request, scene: Scene, written: Format, writer: StreamWriter) -> bytes | None:
    """The answer takes as long as it would take to be streamed; what breaks a stream breaks it before anything is sent."""
    for step in scene.steps:
        match step:
            case Say() if scene.tokens_per_second:
                await asyncio.sleep(1 / scene.tokens_per_second)
            case Stall(seconds):
                await asyncio.sleep(seconds)
            case Drop():
                return None
            case Fault(kind):
                return _refused(request, fault_status(request.format, kind), scene)
            case Garbage(line):
                return answer(200, line, {**_own(request), **scene.headers})
        written.tell(step)
    request.spoke()
    return answer(200, written.whole(), {**_own(request), **scene.headers})


def _refused(request: Request, status: int, scene: Scene) -> bytes:
    """A key that is refused is quoted, as services do."""
    quoted = f"Incorrect API key provided: {request.key}." if status == 401 and request.format != "anthropic" else ""
    body = error_body(request.format, status, scene.message or quoted, request_id=request.id)
    return answer(status, body, {**_own(request), **scene.headers})


def _own(request: Request) -> dict[str, str]:
    return {"request-id" if request.format == "anthropic" else "x-request-id": request.id}
