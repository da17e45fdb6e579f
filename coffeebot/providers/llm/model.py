"""A language model behind one protocol: what it is asked, what it streams, how it fails, what it costs."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a call read and wrote. `input` counts neither what came from the cache nor what was written to it."""

    input: int = 0
    cached: int = 0
    cache_write: int = 0
    output: int = 0


@dataclass(frozen=True, slots=True)
class Tool:
    """A function that the model may call. `schema` is a strict JSON schema: every property required, nothing besides."""

    name: str
    description: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request. `system` is the same for every shopper and is cached, `turns` end with the shopper's message.

    Each turn is (role, text), role "user" or "assistant"; the first is a user's, and they alternate. `cache_key` groups requests that
    share a beginning. `schema` asks for JSON of that shape instead of prose. `tools` are offered when there are any.
    """

    system: str
    turns: tuple[tuple[str, str], ...]
    max_tokens: int
    tools: tuple[Tool, ...] = ()
    schema: Mapping[str, Any] | None = None
    cache_key: str = ""

    @property
    def chars(self) -> int:
        """The size of all that is sent, for an estimate of its tokens."""
        return len(self.system) + sum(len(text) for _, text in self.turns) + sum(len(str(tool.schema)) for tool in self.tools)


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class ToolCall:
    """Complete, once its last piece has come. `arguments` is JSON as the model wrote it, unchecked."""

    id: str
    name: str
    arguments: str


class Stop(StrEnum):
    END = "end"
    TOOL = "tool"
    CUT_SHORT = "cut_short"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of a call. `raw` is what the provider wants back, unchanged, in a `Step`."""

    stop: Stop
    tokens: Tokens
    raw: Any = None


@dataclass(frozen=True, slots=True)
class Step:
    """An earlier call of the same turn that used tools: its `raw` end, and (call id, JSON result) of each tool call."""

    raw: Any
    results: tuple[tuple[str, str], ...]


Piece = Text | ToolCall | Finished


class Model(Protocol):
    """`provider` is "anthropic", "openai" or "compatible"; `name` the model's own, `address` where its service is."""

    provider: str
    name: str
    address: str

    def stream(self, prompt: Prompt, steps: Sequence[Step] = (), *, last: bool = False) -> AsyncIterator[Piece]:
        """Text as it comes, complete tool calls, and Finished. With `last` no tool may be called any more.

        Raises ProviderFailed, whatever broke. Closing the iterator closes the connection at once.
        """
        ...

    async def extract(self, prompt: Prompt) -> tuple[str, Tokens]:
        """The whole answer to a prompt with a `schema`: JSON as the model wrote it. Raises ProviderFailed."""
        ...

    async def check(self) -> None:
        """Asks the provider, without cost, whether key, address and model are good. Raises ProviderFailed that says what is not."""
        ...

    async def close(self) -> None: ...


class Receipt(Protocol):
    """One call that is being paid for."""

    def first_word(self) -> None: ...

    async def settle(self, outcome: str, tokens: Tokens | None) -> None:
        """`outcome` is "ok", "cancelled" or a kind of failure; without `tokens` what was reserved is what it cost."""
        ...


class Meter(Protocol):
    """Reserves and settles what the calls of one turn cost."""

    async def open(self, model: Model, prompt: Prompt, *, purpose: str) -> Receipt:
        """Raises BudgetSpent. `purpose` is "reply" or "profile"."""
        ...
