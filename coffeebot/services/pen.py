"""Writes a reply: the barista's words as they may be shown, and a card the first time a coffee is named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from uuid import UUID

from coffeebot.domain.message import Intent
from coffeebot.domain.query import Candidate
from coffeebot.domain.sums import stated
from coffeebot.domain.turn import Delta, Event, Pick
from coffeebot.domain.untrusted import visible
from coffeebot.providers.llm.base import Context
from coffeebot.services.cards import card
from coffeebot.services.grounding import named_plainly
from coffeebot.services.references import Reference, ReferenceParser, Words
from coffeebot.services.scrubbing import Scrubber

OFFERED = 3  # cards of a reply that named no coffee
ASKED_FOR = {Intent.RECOMMEND, Intent.MORE}


@dataclass(slots=True)
class Pen:
    """`shown` are the coffees whose cards the reply has, those of its beginning included when it goes on.

    What a `stranger` says, which is every language model, is scrubbed of prices and addresses.
    """

    context: Context
    rates: Mapping[str, Decimal]
    shown: list[UUID] = field(default_factory=list)
    stranger: bool = False
    _text: list[str] = field(default_factory=list)
    _read: int = 0  # how many of the pieces were looked through for names
    _trade_offs: list[str] = field(default_factory=list)
    _parser: ReferenceParser = field(init=False)
    _scrubber: Scrubber = field(init=False)

    def __post_init__(self) -> None:
        self._parser = ReferenceParser(0)
        shopper = [line.text for line in self.context.history if line.role == "shopper"]
        self._scrubber = Scrubber(stated("\n".join((*shopper, self.context.message))))

    @property
    def text(self) -> str:
        """All that was written so far."""
        return "".join(self._text)

    def write(self, text: str) -> Iterator[Event]:
        self._parser.candidates = len(self.context.candidates)
        pieces = self._parser.feed(text)
        yield from self._events(self._scrubber.feed(pieces) if self.stranger else pieces)

    def close(self) -> Iterator[Event]:
        """What was held back."""
        pieces = self._parser.close()
        if self.stranger:
            yield from self._events(self._scrubber.feed(pieces))
            pieces = self._scrubber.close()
        yield from self._events(pieces)

    def offer(self) -> Iterator[Event]:
        """The cards that the words leave out: of coffees named without their reference, or the best when coffees were asked for."""
        if self.stranger and self._read < len(self._text):
            self._read = len(self._text)
            for index in named_plainly(self.text, self.context.candidates, known=self.shown):
                yield from self._card(self.context.candidates[index])
        if not self.shown and self.context.understanding.intent in ASKED_FOR:
            for coffee in islice(self.context.matches.candidates, OFFERED):
                yield from self._card(coffee)

    def _events(self, pieces: Iterator[Words | Reference]) -> Iterator[Event]:
        for piece in pieces:
            if isinstance(piece, Words):
                yield self._delta(piece.text)
                continue
            coffee = self.context.candidates[piece.index]
            yield from self._card(coffee)
            yield self._delta(f"**{visible(coffee.name.replace('*', ''))}**")

    def _delta(self, text: str) -> Delta:
        self._text.append(text)
        return Delta(text=text)

    def _card(self, coffee: Candidate) -> Iterator[Pick]:
        if coffee.id in self.shown:
            return
        best = self.context.candidates[:OFFERED]
        beside = best if coffee in best else (*best, coffee)
        language = self.context.understanding.language
        pick = card(coffee, beside, self.context.profile, language=language, rates=self.rates, said=self._trade_offs)
        self._trade_offs.append(pick.trade_off)
        self.shown.append(coffee.id)
        yield pick
