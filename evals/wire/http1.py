"""As much of HTTP/1.1 as the services' clients need."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from evals.wire.events import encode

LAST_CHUNK = b"0\r\n\r\n"
_PHRASES = {status.value: status.phrase for status in HTTPStatus} | {529: "Overloaded"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came. Header names are in lower case, `path` is without a query, `at` (all of it was there) is time.monotonic()."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    at: float

    @property
    def stays(self) -> bool:
        """Whether the client keeps its connection."""
        return self.headers.get("connection", "").lower() != "close"


async def read(reader: asyncio.StreamReader) -> Asked:
    """The next request. IncompleteReadError when the client has none, or breaks off."""
    start, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").rstrip("\r\n").split("\r\n")
    method, target, _ = start.split(" ", 2)
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await _body(reader, headers)
    return Asked(method, target.partition("?")[0], headers, body, time.monotonic())


async def _body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    parts = []
    while size := int((await reader.readuntil(b"\r\n")).partition(b";")[0], 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    while await reader.readuntil(b"\r\n") != b"\r\n":
        continue
    return b"".join(parts)


def phrase(status: int) -> str:
    return _PHRASES.get(status, "Unknown")


def head(status: int, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} {phrase(status)}", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def answer(status: int, body: object, headers: Mapping[str, str] | None = None) -> bytes:
    """A whole response; a `body` that is text goes as it is, anything else as JSON."""
    raw = (body if isinstance(body, str) else encode(body)).encode()
    return head(status, {"content-type": "application/json", "content-length": str(len(raw)), **(headers or {})}) + raw


def chunk(text: str) -> bytes:
    raw = text.encode()
    return b"%x\r\n%s\r\n" % (len(raw), raw)
