"""A line between browser and server that can go dead without a word, as a phone's does in a tunnel."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Line:
    """Relays loopback connections to `port`. `die` lets those that are open hang: nothing passes, nothing closes; new ones work."""

    def __init__(self, port: int) -> None:
        self._far = port
        self._alive: list[asyncio.Event] = []
        self._loop = asyncio.new_event_loop()
        self.port = 0

    def die(self) -> None:
        self._loop.call_soon_threadsafe(self._cut)

    def _cut(self) -> None:
        for alive in self._alive:
            alive.clear()
        self._alive.clear()

    async def _relay(self, near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        alive = asyncio.Event()
        alive.set()
        self._alive.append(alive)
        far_in, far_out = await asyncio.open_connection("127.0.0.1", self._far)
        await asyncio.gather(_pump(near_in, far_out, alive), _pump(far_in, near_out, alive), return_exceptions=True)

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._relay, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]

    def run(self, ready: threading.Event) -> None:
        self._loop.run_until_complete(self._serve())
        ready.set()
        self._loop.run_forever()

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter, alive: asyncio.Event) -> None:
    while piece := await source.read(65536):
        await alive.wait()
        sink.write(piece)
        await sink.drain()
    sink.close()


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
