"""What a barista is given, and what it may say: the one protocol behind Claude, OpenAI and the house."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Protocol

from coffeebot.domain.message import Understanding
from coffeebot.domain.query import Matches
from coffeebot.domain.taste import Trait
from coffeebot.domain.turn import Followups, Question


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of prose. `[[c2]]` stands for the second candidate; it may be split over pieces."""

    text: str


@dataclass(frozen=True, slots=True)
class Used:
    """Tokens, at the end, where a provider counts them."""

    usage: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """All that a barista may know of a turn. Candidate n of `matches` (from 1) is referred to as `[[cn]]`.

    `turn` counts the shopper's messages from 1. `question` is the one worth asking now, if any. `said` are the barista's
    earlier replies, oldest first, so that it does not repeat itself. `coffees` is the size of the whole catalogue.
    """

    message: str
    understanding: Understanding
    profile: tuple[Trait, ...]
    matches: Matches
    turn: int = 1
    question: Question | None = None
    said: tuple[str, ...] = ()
    coffees: int = 0


Speech = Said | Question | Followups | Used


class Barista(Protocol):
    """`name` is what `done.answered_by` says."""

    name: str

    def reply(self, context: Context) -> AsyncIterator[Speech]:
        """Speaks; raises BaristaFailed when it cannot."""
        ...
