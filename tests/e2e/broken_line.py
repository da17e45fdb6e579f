"""A line between browser and server that can go dead without a word, as a phone's does in a tunnel."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Connection:
    """One that the browser opened; while it is not `alive` nothing passes, and nobody is told."""

    near: asyncio.StreamWriter
    alive: asyncio.Event = field(default_factory=asyncio.Event)
    socket: bool = False

    async def pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while piece := await source.read(65536):
            self.socket = self.socket or b"Upgrade: websocket" in piece
            await self.alive.wait()
            sink.write(piece)
            await sink.drain()
        sink.close()


class Line:
    """Relays loopback connections to `port`. `die` lets the open sockets hang; new connections work."""

    def __init__(self, port: int) -> None:
        self._far = port
        self._open: list[Connection] = []
        self._loop = asyncio.new_event_loop()
        self.port = 0

    def die(self) -> None:
        self._loop.call_soon_threadsafe(self._cut)

    def _cut(self) -> None:
        for connection in self._open:
            if connection.socket:
                connection.alive.clear()
            else:
                connection.near.close()  # the browser would use it again for the page
        self._open.clear()

    async def _relay(self, near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        connection = Connection(near_out)
        connection.alive.set()
        self._open.append(connection)
        far_in, far_out = await asyncio.open_connection("127.0.0.1", self._far)
        await asyncio.gather(connection.pump(near_in, far_out), connection.pump(far_in, near_out), return_exceptions=True)

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._relay, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]

    def run(self, ready: threading.Event) -> None:
        self._loop.run_until_complete(self._serve())
        ready.set()
        self._loop.run_forever()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.close()

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)


@contextmanager
def line_to(port: int) -> Iterator[Line]:
    line, ready = Line(port), threading.Event()
    relaying = threading.Thread(target=line.run, args=(ready,), daemon=True)
    relaying.start()
    ready.wait(10)
    try:
        yield line
    finally:
        line.end()
        relaying.join(10)
