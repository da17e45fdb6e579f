"""What a page or a client is shown of a conversation: plain values, ready to be drawn, nothing of the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from coffeebot.domain.opinion import Opinion
from coffeebot.domain.turn import TraitLine


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message. `status`: running, complete, stopped, interrupted or failed.

    `text` is prose with `[[c3]]`-style references already replaced by the coffees' names in **bold**.
    `parts` holds event payloads as POST /chat sends them: "answering", "considered", "picks" (a list), "question", "followups", "error".
    Cards that were ranked again (services/reranking.py) add "behind", "ranked" and "offered".
    """

    id: UUID
    role: str
    text: str
    status: str
    created_at: datetime
    answered_by: str | None = None
    parts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Where a search found its words: in what `role` said, as runs of text that are one of the words or not."""

    role: str
    runs: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class ConversationLine:
    """A row of the conversation list."""

    id: str
    title: str
    updated_at: datetime
    found: Excerpt | None = None


@dataclass(frozen=True, slots=True)
class ConversationList:
    """The newest of the `found` conversations, of `total` in all."""

    lines: tuple[ConversationLine, ...]
    found: int
    total: int


@dataclass(frozen=True, slots=True)
class ConversationView:
    """All that the page draws when it opens a conversation: its last messages, and whether there are `earlier` ones."""

    id: str
    title: str
    messages: tuple[MessageView, ...]
    traits: tuple[TraitLine, ...]
    fitting: int  # coffees that keep every must
    catalogue: int  # coffees in all
    edited: bool = False  # whether an edit can be undone
    earlier: bool = False
    opinions: Mapping[UUID, Opinion] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EarlierView:
    """Messages that stand before those shown, oldest first, and whether there are `earlier` ones still."""

    messages: tuple[MessageView, ...]
    earlier: bool
    opinions: Mapping[UUID, Opinion] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A running or just finished reply, as a follower sees it; `revision` grows with every change."""

    conversation_id: str
    message: MessageView
    traits: tuple[TraitLine, ...]
    considered: Mapping[str, int]
    revision: int

    @property
    def running(self) -> bool:
        return self.message.status == "running"


@dataclass(frozen=True, slots=True)
class CatalogueSummary:
    """What the empty page says of the place."""

    coffees: int
    roasters: int
    samples: bool  # whether only the starter catalogue's invented coffees are there
    prices_seen_at: datetime | None
