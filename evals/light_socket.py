"""A WebSocket client for hundreds of tabs in one process: permessage-deflate as browsers offer it, and nothing that they do not need."""

import asyncio
import os
import zlib
from base64 import b64encode
from collections.abc import Callable
from secrets import token_bytes

OFFER = "permessage-deflate; client_max_window_bits"  # what Chromium sends
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
_FIN, _COMPRESSED, _OPCODE, _MASKED = 0x80, 0x40, 0x0F, 0x80
_TAIL = b"\x00\x00\xff\xff"  # what permessage-deflate leaves off


class LightSocket(asyncio.Protocol):
    """Calls `heard` with each text message and `lost` with why the connection ended, once."""

    def __init__(self, target: str, headers: dict[str, str], heard: Callable[[str], None], lost: Callable[[str], None]) -> None:
        self._request = self._upgrade(target, headers)
        self._heard, self._lost = heard, lost
        self._buffer = b""
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        self._read = self._read_head
        self.open: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.deflated = False
        self.received = 0  # bytes

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        self._buffer += data
        self._read()

    def connection_lost(self, exception: Exception | None) -> None:
        self._end(str(exception or "the server hung up"))

    def send(self, text: str) -> None:
        self._write(TEXT, text.encode())

    def close(self) -> None:
        self._lost = _ignore
        self._write(CLOSE, (1000).to_bytes(2, "big"))
        self._transport.close()

    def _upgrade(self, target: str, headers: dict[str, str]) -> bytes:
        asked = {
            "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": b64encode(token_bytes(16)).decode(), "Sec-WebSocket-Extensions": OFFER, **headers,
        }  # fmt: skip
        return (f"GET {target} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in asked.items()) + "\r\n").encode()

    def _read_head(self) -> None:
        head, ended, rest = self._buffer.partition(b"\r\n\r\n")
        if not ended:
            return
        if not head.startswith(b"HTTP/1.1 101"):
            self._end(head.partition(b"\r\n")[0].decode("latin-1"))
            self._transport.close()
            return
        self.deflated = b"permessage-deflate" in head
        self._buffer, self._read = rest, self._read_frames
        self.open.set_result(None)
        self._read()

    def _read_frames(self) -> None:
        data, at = self._buffer, 0
        while len(data) >= at + 2:
            size, body = data[at + 1], at + 2
            if size >= 126:
                body += 2 if size == 126 else 8
                size = int.from_bytes(data[at + 2 : body], "big")
            if len(data) < body + size:
                break
            self._take(data[at], data[body : body + size])
            at = body + size
        self._buffer = data[at:]

    def _take(self, first: int, payload: bytes) -> None:
        opcode = first & _OPCODE
        if opcode == TEXT and first & _FIN:
            raw = self._inflate.decompress(payload + _TAIL) if first & _COMPRESSED else payload
            self._heard(raw.decode())
        elif opcode == PING:
            self._write(PONG, payload)
        elif opcode != PONG:
            self._end(f"closed with {int.from_bytes(payload[:2], 'big')}" if opcode == CLOSE else f"a frame of kind {first:#04x}")
            self._transport.close()

    def _write(self, opcode: int, payload: bytes) -> None:
        size = len(payload)
        length = bytes([_MASKED | size]) if size < 126 else bytes([_MASKED | 126]) + size.to_bytes(2, "big")
        mask = os.urandom(4)
        key = int.from_bytes((mask * (size // 4 + 1))[:size], "big")
        masked = (int.from_bytes(payload, "big") ^ key).to_bytes(size, "big")
        self._transport.write(bytes([_FIN | opcode]) + length + mask + masked)

    def _end(self, why: str) -> None:
        lost, self._lost = self._lost, _ignore
        if not self.open.done():
            self.open.set_exception(ConnectionError(why))
        lost(why)


def _ignore(why: str) -> None:
    """An end that was asked for, or was told already."""
