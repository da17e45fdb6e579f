"""The server-sent events of a model's answer, as JSON objects."""

import json
import re
from collections.abc import AsyncIterator
from typing import Any, Protocol

from coffeebot.domain.errors import Failure, ProviderFailed

LONGEST = 1_000_000  # bytes of one event; a reply is a thousand times smaller
DONE: dict[str, Any] = {}  # the last event, where a service says that it was the last
_UNSPEAKABLE = re.compile("[\x00\ud800-\udfff]")  # neither UTF-8 nor PostgreSQL can hold them


class Response(Protocol):
    """What an SDK's `with_streaming_response` gives."""

    def iter_bytes(self) -> AsyncIterator[bytes]: ...


async def events(response: Response) -> AsyncIterator[dict[str, Any]]:
    """Each `data:` line until the stream ends, or `[DONE]`, which is DONE here. ProviderFailed (malformed) for what is not a JSON object.

    Reading lines costs a quarter of what the SDKs' event classes do; with two hundred replies at once that is half a processor.
    Lines end at a line feed and nowhere else: a JSON string may hold U+2028 as it is.
    """
    held = b""
    async for piece in response.iter_bytes():
        *lines, held = (held + piece).split(b"\n")
        if len(held) > LONGEST:
            raise ProviderFailed(Failure.MALFORMED, detail="an event without end")
        for line in lines:
            if not line.startswith(b"data:"):
                continue
            data = line[5:].strip()
            if data == b"[DONE]":
                yield DONE
                return
            if data:
                yield _object(data)


def spoken(delta: Any) -> str:
    """A piece of prose that can be sent and stored. TypeError for what is not text."""
    return _UNSPEAKABLE.sub("", delta)


def _object(data: bytes) -> dict[str, Any]:
    try:
        event = json.loads(data)
    except ValueError:
        raise ProviderFailed(Failure.MALFORMED, detail="an event that is not JSON") from None
    if not isinstance(event, dict):
        raise ProviderFailed(Failure.MALFORMED, detail="an event that is not an object")
    return event
