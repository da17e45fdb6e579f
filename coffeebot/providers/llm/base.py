"""What a barista is given, and what it may say: the one protocol behind Claude, OpenAI and the house."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from coffeebot.domain.bearing import Prices
from coffeebot.domain.message import Understanding
from coffeebot.domain.query import Candidate, Filters, Matches
from coffeebot.domain.taste import Trait
from coffeebot.domain.turn import Answering, Followups, Question
from coffeebot.domain.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of prose. `[[c2]]` stands for the second coffee of the shelf; it may be split over pieces."""

    text: str


@dataclass(frozen=True, slots=True)
class Used:
    """Tokens, at the end, where a provider counts them."""

    usage: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody said earlier: `role` is "shopper" or "barista". References have become the coffees' names."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a call is billed to. No barista and no provider is told."""

    shopper_id: UUID
    conversation_id: str
    message_id: UUID


@dataclass(frozen=True, slots=True)
class Found:
    """What a search put on the shelf: `coffees` by reference ("c11"), of `count` that fit; `error` says what to change."""

    coffees: tuple[tuple[str, Candidate], ...] = ()
    count: int = 0
    unknown: int = 0
    error: str = ""


class Shelf(Protocol):
    """The coffees of one turn. `[[cn]]` is `candidates[n - 1]`; a search adds to the end and never renumbers."""

    @property
    def candidates(self) -> tuple[Candidate, ...]: ...

    async def search(self, filters: Filters) -> Found:
        """More coffees that keep the shopper's musts and these filters. Says in `error` what it cannot use; never raises for that."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """All that a barista may know of a turn. Coffee n of the shelf (from 1) is referred to as `[[cn]]`.

    `turn` counts the shopper's messages from 1. `question` is the one worth asking now, if any. `said` are the barista's
    earlier replies, oldest first, so that it does not repeat itself. `coffees` is the size of the whole catalogue.
    `history` is what both said before this message, oldest first; `summary` what was said before that. `resume` is the
    beginning of this very reply, when it broke off and is to go on from there. `about` are the coffees offered before that the
    message speaks of, in its order, with their `prices`; `verdict` is what keeps one out that was asked for ("why not the Kenyan?").
    """

    message: str
    understanding: Understanding
    profile: tuple[Trait, ...]
    matches: Matches
    turn: int = 1
    question: Question | None = None
    said: tuple[str, ...] = ()
    coffees: int = 0
    history: tuple[Line, ...] = ()
    summary: str = ""
    resume: str = ""
    shelf: Shelf | None = None
    account: Account | None = None
    about: tuple[Candidate, ...] = ()
    prices: Prices = field(default_factory=dict)
    verdict: Verdict | None = None

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The coffees that can be referred to, those that a search has added included."""
        return self.shelf.candidates if self.shelf else self.matches.candidates


Speech = Said | Answering | Question | Followups | Used


class Barista(Protocol):
    """`name` is what `done.answered_by` says, unless the barista says `Answering` first."""

    name: str

    def reply(self, context: Context) -> AsyncIterator[Speech]:
        """Speaks; raises BaristaFailed when it cannot."""
        ...
