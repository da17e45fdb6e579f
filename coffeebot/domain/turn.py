"""The events of one reply, as the page, POST /chat and the terminal all receive them."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID


def _plain(value: Any) -> Any:
    """JSON's own types for the few that a turn carries besides them."""
    match value:
        case UUID() | Decimal():
            return str(value)
        case datetime():
            return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not belong in an event")


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a reply. `name` is the SSE event, `payload()` its data."""

    name: ClassVar[str] = ""

    def payload(self) -> dict[str, Any]:
        return asdict(self)

    def data(self) -> str:
        """The payload as one line of JSON."""
        return json.dumps(self.payload(), ensure_ascii=False, default=_plain, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Start(Event):
    name: ClassVar[str] = "start"
    conversation_id: str
    message_id: UUID


@dataclass(frozen=True, slots=True)
class TraitLine:
    """A trait as it goes over the wire."""

    id: UUID
    facet: str
    value: str
    polarity: str
    strength: int
    label: str
    evidence: str
    source: str
    amount: Decimal | None = None
    currency: str | None = None
    grams: Decimal | None = None
    created_at: datetime | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Profile(Event):
    name: ClassVar[str] = "profile"
    traits: tuple[TraitLine, ...]


@dataclass(frozen=True, slots=True)
class Considered(Event):
    """`count` coffees are known to keep every must; `unknown` more break none but do not state every fact."""

    name: ClassVar[str] = "considered"
    count: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Answering(Event):
    """Who is about to speak: "anthropic", "openai", "compatible" or "house"; `instead_of` the first choice, when it could not."""

    name: ClassVar[str] = "answering"
    by: str
    model: str = ""
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class Delta(Event):
    name: ClassVar[str] = "delta"
    text: str


@dataclass(frozen=True, slots=True)
class Price:
    amount_minor: int
    currency: str
    grams: float


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """Per 100 g."""

    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a coffee fits; `quote` is the shopper's own words, when there are any."""

    text: str
    trait_id: UUID | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Pick(Event):
    """The card itself. `altitude_masl` is (lowest, highest) in metres."""

    name: ClassVar[str] = "pick"
    id: UUID
    external_id: str
    slug: str
    coffee_name: str
    roaster: str
    image: str
    origin: str
    process: str
    roast: str
    notes: tuple[str, ...]
    family: str
    price: Price | None
    price_per_100g: UnitPrice | None
    price_seen_at: datetime | None
    in_stock: bool
    sample: bool
    reasons: tuple[Reason, ...] = ()
    trade_off: str = ""
    altitude_masl: tuple[int, int] | None = None
    affiliate: bool = False
    link: str | None = None

    def payload(self) -> dict[str, Any]:
        fields = asdict(self)
        fields["name"] = fields.pop("coffee_name")  # a dataclass field cannot share the class's `name`
        return fields


@dataclass(frozen=True, slots=True)
class Choice:
    """A quick reply to a question: what it says, and how many coffees would be left."""

    text: str
    left: int


@dataclass(frozen=True, slots=True)
class Question(Event):
    """`left` coffees fit now; about `left_if` would after an answer."""

    name: ClassVar[str] = "question"
    facet: str
    text: str
    choices: tuple[Choice, ...]
    left: int
    left_if: int


@dataclass(frozen=True, slots=True)
class Followups(Event):
    name: ClassVar[str] = "followups"
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Done(Event):
    name: ClassVar[str] = "done"
    answered_by: str
    usage: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failed(Event):
    """The end of a reply that could not be finished; what came before it stays."""

    name: ClassVar[str] = "error"
    code: str
    message: str
    retryable: bool
