"""The server-sent events of a model's answer, each read as a JSON object."""

import json
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Any, Protocol

from coffeebot.domain.errors import Failure, ProviderFailed
from coffeebot.providers.llm.model import Piece, Text

LONGEST = 1_000_000  # bytes of one event; a reply is a thousand times smaller
_LAST = b"[DONE]"
DONE: dict[str, Any] = {}  # the last event, where a service says that it was the last
_UNSPEAKABLE = re.compile("[\x00\ud800-\udfff]")  # neither UTF-8 nor PostgreSQL can hold them


class Response(Protocol):
    """What an SDK's `with_streaming_response` gives."""

    def iter_bytes(self) -> AsyncIterator[bytes]: ...


async def pieces(response: Response, read: Callable[[dict[str, Any]], Iterable[Piece]]) -> AsyncIterator[Piece]:
    """What `read` makes of each event until the stream ends, or `[DONE]`, which is DONE here. ProviderFailed for what is no object.

    Texts that came since the last were taken are one: the less often somebody asks, the fewer there are. Reading lines costs a quarter of
    what the SDKs' event classes do; with two hundred replies at once that is half a processor. Lines end at a line feed and
    nowhere else: a JSON string may hold U+2028 as it is.
    """
    held = b""
    async for sent in response.iter_bytes():
        *lines, held = (held + sent).split(b"\n")
        if len(held) > LONGEST:
            raise ProviderFailed(Failure.MALFORMED, detail="an event without end")
        told = [data for line in lines if line.startswith(b"data:") and (data := line[5:].strip())]
        last = told.index(_LAST) + 1 if _LAST in told else 0
        for piece in _joined(piece for data in told[: last or None] for piece in read(_object(data))):
            yield piece
        if last:
            return


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Texts that follow each other as one; what was said before a failure comes before it."""
    texts: list[str] = []
    try:
        for piece in pieces:
            if isinstance(piece, Text):
                texts.append(piece.text)
                continue
            if texts:
                yield Text("".join(texts))
                texts = []
            yield piece
    except Exception:
        if texts:
            yield Text("".join(texts))
        raise
    if texts:
        yield Text("".join(texts))


def spoken(delta: Any) -> str:
    """A piece of prose that can be sent and stored. TypeError for what is not text."""
    return _UNSPEAKABLE.sub("", delta)


def _object(data: bytes) -> dict[str, Any]:
    if data == _LAST:
        return DONE
    try:
        event = json.loads(data)
    except ValueError:
        raise ProviderFailed(Failure.MALFORMED, detail="an event that is not JSON") from None
    if not isinstance(event, dict):
        raise ProviderFailed(Failure.MALFORMED, detail="an event that is not an object")
    return event
