"""What the played model does with one request: the head of its answer, then step after step."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Say:
    """One event of text."""

    text: str


@dataclass(frozen=True, slots=True)
class Think:
    """One event of thoughts; in chat completions as `reasoning_content`, which is how local servers send them."""

    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A tool call; `arguments` is JSON as a model might write it, good or not, and comes in several pieces."""

    arguments: str
    name: str = "search_coffees"
    id: str = "call_1"


@dataclass(frozen=True, slots=True)
class Stall:
    """Silence on an open connection."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Drop:
    """The connection is cut."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An error event in mid-stream: "overloaded", "rate_limit" or "server"; as an error status where nothing is streamed.

    Responses has three shapes for it, and each kind shows one: an `error` event with its code at the top and then
    `response.failed` (overloaded), an `error` event around an error object (rate_limit), `response.failed` alone (server).
    """

    kind: str = "overloaded"


@dataclass(frozen=True, slots=True)
class Garbage:
    """A raw line in place of an event."""

    line: str = "data: {not json"


@dataclass(frozen=True, slots=True)
class End:
    """How the answer ends: "end", "tool", "max_tokens" or "refusal"."""

    stop: str = "end"


Step = Say | Think | Call | Stall | Drop | Fault | Garbage | End


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens. `input` counts neither `cached` nor `cache_write`: Anthropic reports it so, OpenAI reports the sum of the three."""

    input: int = 1200
    cached: int = 1000
    cache_write: int = 0
    output: int = 90


@dataclass(frozen=True, slots=True)
class Scene:
    """An answer. A `status` other than 200 is an error with `message`, or with what such a status usually says.

    `before_head` is in seconds; `tokens_per_second` is the pace of Say, and 0 is at once.
    """

    steps: tuple[Step, ...] = ()
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    message: str = ""
    before_head: float = 0.0
    tokens_per_second: float = 0.0
    usage: Usage = field(default_factory=Usage)


def say(text: str, *, stop: str = "end", chars: int | None = None, **scene: Any) -> Scene:
    """An answer in words of about a token each, or in pieces of `chars` characters, whatever they cut through."""
    pieces = [text[n : n + chars] for n in range(0, len(text), chars)] if chars else re.findall(r"\S+\s*|\s+", text)
    return Scene(steps=(*map(Say, pieces), End(stop)), **scene)
