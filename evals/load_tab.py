"""One shopper of many: opens the page as a browser does, says one thing, and notes when words come."""

import asyncio
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from coffeebot.domain.shopper import COOKIE
from evals.light_socket import LightSocket
from evals.script import numbers
from evals.served import event_name
from evals.socket_tab import CONNECT, EVENT, NAMESPACE, OPEN, PING, PONG

HYDRATE = "reflex___state____state.hydrate_and_load"
ON_LOAD = event_name("reflex.state", "OnLoadInternalState", "on_load_internal")
SAY = event_name("coffeebot.state.composer", "Composer", "say")
_WORDS = re.compile(r'"(?:first|second|third|rest|done|head|tail)_rx_state_":')  # where state.live has its text
_ENDED = re.compile(r'"running_rx_state_":\s*false')
_COMPLAINT = re.compile(r'"(?:text|note)_rx_state_":\s*"[^"]')
_LOADED = re.compile(r'"ready_rx_state_":\s*true')
_MOVED = re.compile(r'"path":\s*"(/\?c=[^"]+)"')


@dataclass
class Heard:
    """One reply, as one tab saw it. Times are time.monotonic()."""

    sent: float = 0.0
    updates: list[float] = field(default_factory=list)  # those that brought new words
    tokens: set[int] = field(default_factory=set)

    @property
    def gaps(self) -> list[float]:
        return [later - earlier for earlier, later in zip(self.updates, self.updates[1:], strict=False)]


class LoadTab:
    """`expected` tokens name themselves (evals.script); 0 is a barista whose words do not. `error` says what went wrong, "" is nothing."""

    def __init__(self, port: int, expected: int) -> None:
        self._port, self._expected = port, expected
        self._where = "/"
        self._ready = asyncio.Event()
        self._over = asyncio.Event()
        self.reply = Heard()
        self.error = ""
        self.updates = 0
        self.socket: LightSocket

    async def open(self) -> None:
        """Connects, hydrates and loads the page."""
        headers = {
            "Host": f"127.0.0.1:{self._port}", "Origin": f"http://127.0.0.1:{self._port}", "Cookie": f"{COOKIE}={uuid4().hex}",
        }  # fmt: skip
        target = f"{NAMESPACE}/?EIO=4&transport=websocket&token={uuid4()}"
        loop = asyncio.get_running_loop()
        _, self.socket = await loop.create_connection(
            lambda: LightSocket(target, headers, self._frame, self._lost), "127.0.0.1", self._port
        )
        await self.socket.open
        await self._ready.wait()

    def say(self, text: str) -> None:
        self.reply.sent = time.monotonic()
        self._send(SAY, {"form": {"message": text}})

    async def heard_out(self, timeout: float) -> None:  # noqa: ASYNC109 (a reply that never ends is an error like another)
        try:
            async with asyncio.timeout(timeout):
                await self._over.wait()
        except TimeoutError:
            self._fail(f"not finished after {timeout:.0f} s: {len(self.reply.tokens)} of {self._expected} tokens")

    def _frame(self, text: str) -> None:
        if text == PING:
            self.socket.send(PONG)
        elif text.startswith(OPEN):
            self.socket.send(f"{CONNECT}{NAMESPACE},{json.dumps({'event': self._event(HYDRATE, {})})}")
        elif text.startswith(EVENT):
            self.updates += 1
            self._update(text)

    def _update(self, text: str) -> None:
        if _LOADED.search(text):
            self._ready.set()
        if moved := _MOVED.search(text):
            self._where = moved[1]
            self._send(ON_LOAD, {})
        if not self.reply.sent:
            return
        if self._brings_words(text):
            self.reply.updates.append(time.monotonic())
        if _COMPLAINT.search(text):
            self._complaint(text)
        if self.reply.updates and _ENDED.search(text):
            self._ended()

    def _brings_words(self, text: str) -> bool:
        if not self._expected:
            return bool(_WORDS.search(text))
        known = len(self.reply.tokens)
        self.reply.tokens.update(numbers(text))
        return len(self.reply.tokens) > known

    def _ended(self) -> None:
        if (heard := len(self.reply.tokens)) < self._expected:
            self._fail(f"ended after {heard} of {self._expected} tokens")
        self._over.set()

    def _complaint(self, text: str) -> None:
        """A notice, or the note of a reply that did not end well."""
        _, update = json.loads(text.partition(",")[2])
        for state in update["delta"].values():
            if said := state.get("text_rx_state_") or state.get("note_rx_state_"):
                self._fail(said)

    def _send(self, name: str, payload: dict[str, Any]) -> None:
        self.socket.send(f"{EVENT}{NAMESPACE},{json.dumps(['event', self._event(name, payload)])}")

    def _event(self, name: str, payload: dict[str, Any]) -> dict[str, Any]:
        return {"name": name, "payload": payload, "router_data": {"pathname": "/", "query": {}, "asPath": self._where}}

    def _lost(self, why: str) -> None:
        self._fail(f"connection lost: {why}")

    def _fail(self, error: str) -> None:
        self.error = self.error or error
        self._ready.set()
        self._over.set()
