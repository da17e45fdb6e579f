"""A running reply as far as it has come: what its events add up to, for the database and for whoever follows."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from coffeebot.domain.turn import Answering, Considered, Delta, Done, Event, Failed, Followups, Pick, Profile, Question, TraitLine
from coffeebot.models.base import now
from coffeebot.services.signal import Signal
from coffeebot.services.transcript import Turn
from coffeebot.services.views import MessageView, ReplyView


@dataclass(slots=True)
class Reply:
    """A reply as far as it has come."""

    turn: Turn
    status: str = "running"
    text: list[str] = field(default_factory=list)
    parts: dict[str, Any] = field(default_factory=dict)
    traits: tuple[TraitLine, ...] = ()
    answered_by: str | None = None
    events: list[Event] = field(default_factory=list)
    saved: int = 0  # of the events
    task: asyncio.Task[None] | None = None
    started_at: Any = field(default_factory=now)
    changed: Signal = field(default_factory=Signal)

    def __post_init__(self) -> None:
        """A reply that goes on begins with what it had come to."""
        self.text = [self.turn.resume] if self.turn.resume else []
        self.parts = dict(self.turn.parts)

    def take(self, event: Event) -> None:
        """Adds an event to what the reply has come to."""
        match event:
            case Delta(text):
                self.text.append(text)
            case Profile(traits):
                self.traits = traits
            case Pick():
                self.parts["picks"] = [*self.parts.get("picks", ()), json.loads(event.data())]
            case Considered() | Question() | Followups():
                self.parts[event.name] = json.loads(event.data())
            case Answering():
                self.parts[event.name] = json.loads(event.data())
                self.answered_by = event.by
            case Done():
                self.answered_by = event.answered_by
            case Failed():
                self.parts["error"] = json.loads(event.data())
        self.events.append(event)

    def row(self) -> dict[str, Any]:
        """What a kill must not take away."""
        return {"id": self.turn.message_id, "text": "".join(self.text), "parts": self.parts, "answered_by": self.answered_by}

    def view(self) -> ReplyView:
        message = MessageView(
            id=self.turn.message_id, role="barista", text="".join(self.text), status=self.status, created_at=self.started_at,
            answered_by=self.answered_by, parts=dict(self.parts),
        )  # fmt: skip
        considered = self.parts.get("considered", {})
        revision = len(self.events) + (self.status != "running")
        return ReplyView(
            conversation_id=self.turn.conversation_id, message=message, traits=self.traits, considered=considered, revision=revision
        )
