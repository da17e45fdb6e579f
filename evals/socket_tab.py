"""A browser tab as the server sees it: the page's socket spoken by hand, and every byte that comes down it counted."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect

NAMESPACE = "/_event"
OPEN, CONNECT, EVENT, PING, PONG = "0", "40", "42", "2", "3"  # Engine.IO and Socket.IO packet types


class Counter:
    """A relay on loopback that counts what the server sends, as TCP carries it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.received = 0

    async def relay(self, near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        far_in, far_out = await asyncio.open_connection("127.0.0.1", self._port)
        await asyncio.gather(
            self._pump(near_in, far_out, counted=False), self._pump(far_in, near_out, counted=True), return_exceptions=True
        )

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, counted: bool) -> None:
        try:
            while piece := await source.read(65536):
                self.received += len(piece) if counted else 0
                sink.write(piece)
                await sink.drain()
        finally:
            sink.close()


class Tab:
    def __init__(self, socket: ClientConnection, counter: Counter) -> None:
        self._socket = socket
        self._counter = counter
        self.payload = 0

    @property
    def tcp(self) -> int:
        return self._counter.received

    async def send(self, event: str, payload: dict[str, Any] | None = None, *, query: str = "") -> None:
        router = {"pathname": "/", "query": {}, "asPath": f"/{query}"}
        body = json.dumps(["event", {"name": event, "payload": payload or {}, "router_data": router}])
        await self._socket.send(f"{EVENT}{NAMESPACE},{body}")

    async def updates(self, *, quiet: float) -> AsyncIterator[tuple[float, str]]:
        """(time.monotonic, the frame's text) of each update, until nothing has come for `quiet` seconds."""
        while True:
            try:
                frame = await asyncio.wait_for(self._socket.recv(), quiet)
            except TimeoutError:
                return
            text = frame if isinstance(frame, str) else frame.decode()
            if text == PING:
                await self._socket.send(PONG)
                continue
            self.payload += len(text.encode())
            yield time.monotonic(), text


@asynccontextmanager
async def open_tab(port: int, *, cookie: str = "") -> AsyncIterator[Tab]:
    """A connected tab; permessage-deflate is offered, as browsers do."""
    counter = Counter(port)
    server = await asyncio.start_server(counter.relay, "127.0.0.1", 0)
    relay_port = server.sockets[0].getsockname()[1]
    address = f"ws://127.0.0.1:{relay_port}{NAMESPACE}/?EIO=4&transport=websocket&token={uuid4()}"
    headers = {"Cookie": cookie} if cookie else {}
    async with server, connect(address, additional_headers=headers, origin=f"http://127.0.0.1:{port}", max_size=None) as socket:  # type: ignore[arg-type]
        assert str(await socket.recv()).startswith(OPEN)
        await socket.send(f"{CONNECT}{NAMESPACE},")
        while not str(await socket.recv()).startswith(f"{CONNECT}{NAMESPACE}"):
            pass
        yield Tab(socket, counter)
        server.close()
