"""A request that came, and what became of it."""

import asyncio
import secrets
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_PATHS = {"/messages": "anthropic", "/responses": "responses", "/chat/completions": "chat"}
_PROMPT = ("system", "instructions", "messages", "input", "tools")
_JSON = {"json_schema", "json_object"}


@dataclass(slots=True)
class Request:
    """Header names are in lower case. `at` (all of it had come), `first_token_at` (the first Say went out) and `closed_at`
    (the client went away before the end) are time.monotonic().
    """

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    at: float = field(default_factory=time.monotonic)
    first_token_at: float | None = None
    closed_at: float | None = None
    id: str = field(default_factory=lambda: f"req_{secrets.token_hex(12)}")
    _closed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def format(self) -> str:
        """ "anthropic", "responses" or "chat"."""
        return format_of(self.path)

    @property
    def streamed(self) -> bool:
        return bool(self.body.get("stream"))

    @property
    def structured(self) -> bool:
        """Whether the answer has to be JSON, of a schema or any."""
        asked = (_inside(self.body, "output_config", "format"), _inside(self.body, "text", "format"), self.body.get("response_format"))
        return any(isinstance(wanted, Mapping) and wanted.get("type") in _JSON for wanted in asked)

    @property
    def model(self) -> str:
        return str(self.body.get("model", ""))

    @property
    def key(self) -> str:
        return self.headers.get("x-api-key") or self.headers.get("authorization", "").removeprefix("Bearer ")

    @property
    def text(self) -> str:
        """All text of the prompt as the model reads it: instructions, messages, tool results and what the tools are said to do."""
        return "\n".join(_strings([self.body.get(part) for part in _PROMPT]))

    def spoke(self) -> None:
        self.first_token_at = self.first_token_at or time.monotonic()

    def close(self) -> None:
        self.closed_at = time.monotonic()
        self._closed.set()

    async def hang_up(self, *, seconds: float = 5.0) -> float:
        """Waits until the client has gone away, and says when that was. TimeoutError if it stays."""
        await asyncio.wait_for(self._closed.wait(), seconds)
        assert self.closed_at is not None
        return self.closed_at


def format_of(path: str) -> str:
    """The format spoken at a path; "" for another path. What stands before the last part is free, as base addresses differ."""
    return next((name for end, name in _PATHS.items() if path.endswith(end)), "")


def _inside(body: Mapping[str, Any], part: str, name: str) -> Any:
    outer = body.get(part)
    return outer.get(name) if isinstance(outer, Mapping) else None


def _strings(part: Any) -> Iterator[str]:
    match part:
        case str():
            yield part
        case Mapping():
            for inner in part.values():
                yield from _strings(inner)
        case list():
            for inner in part:
                yield from _strings(inner)
