"""Events as they come off the line, whatever it cuts through."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from coffeebot.domain.errors import Failure, ProviderFailed
from coffeebot.providers.llm.events import DONE, LONGEST, pieces
from coffeebot.providers.llm.model import Finished, Piece, Stop, Text, Tokens

END = Finished(Stop.END, Tokens())


class Line:
    """A response whose bytes come in these pieces; whatever is read after the last is counted."""

    def __init__(self, *sent: bytes) -> None:
        self._sent = sent
        self.read = 0

    async def iter_bytes(self) -> AsyncIterator[bytes]:
        for piece in self._sent:
            self.read += 1
            yield piece


def event(**fields: Any) -> bytes:
    return f"event: any\ndata: {json.dumps(fields)}\n\n".encode()


def read(told: dict[str, Any]) -> Iterator[Piece]:
    if told is DONE or "end" in told:
        yield END
    elif "broken" in told:
        raise LookupError("broken")
    else:
        yield from (Text(word) for word in told.get("words", ()))


async def heard(line: Line) -> list[Piece]:
    return [piece async for piece in pieces(line, read)]


async def test_texts_that_came_at_once_are_one_piece() -> None:
    at_once = event(words=["a "]) + event(ping=1) + event(words=["b ", "c "]) + event(end=1)
    assert await heard(Line(event(words=["Well, "]), at_once)) == [Text("Well, "), Text("a b c "), END]


async def test_it_does_not_matter_where_the_line_is_cut() -> None:
    whole = b": keep alive\r\n\r\n" + event(words=["caf\u00e9 "]).replace(b"\n", b"\r\n") + event(words=["\u2028"]) + event(end=1)
    for at in range(len(whole)):
        *said, end = await heard(Line(whole[:at], whole[at:]))
        assert "".join(piece.text for piece in said if isinstance(piece, Text)) == "caf\u00e9 \u2028" and end is END


async def test_nothing_is_read_after_the_last_event() -> None:
    line = Line(event(words=["a"]) + b"data: [DONE]\n\ndata: {no more\n\n", event(words=["b"]))
    assert await heard(line) == [Text("a"), END] and line.read == 1


@pytest.mark.parametrize(
    ("after", "error"),
    [
        (event(broken=1), LookupError),
        (b"data: {no JSON\n\n", ProviderFailed),
        (b"data: [1]\n\n", ProviderFailed),
        (b"data: " + b"x" * (LONGEST + 1), ProviderFailed),
    ],
)
async def test_what_was_said_before_a_failure_is_heard(after: bytes, error: type[Exception]) -> None:
    said: list[Piece] = []
    for sent in ((event(words=["a"]) + event(words=["b"]) + after,), (event(words=["a"]), event(words=["b"]), after)):
        said.clear()
        with pytest.raises(error) as failed:
            async for piece in pieces(Line(*sent), read):
                said.append(piece)
        assert not isinstance(failed.value, ProviderFailed) or failed.value.kind is Failure.MALFORMED
        if len(after) < LONGEST:
            assert "".join(piece.text for piece in said if isinstance(piece, Text)) == "ab"
