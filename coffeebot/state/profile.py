"""The taste card: what the shopper has let be known, in their own words."""

from collections.abc import Iterable
from dataclasses import dataclass

import reflex as rx

from coffeebot.domain import taste as domain
from coffeebot.domain.flavour import PLATES
from coffeebot.domain.labels import joint, together
from coffeebot.domain.taste import Facet, Polarity, Source
from coffeebot.domain.turn import TraitLine
from coffeebot.state.calendar import day
from coffeebot.state.card import Card
from coffeebot.state.wheel import Number, Petal, Wheel, numbers, plate, wheel
from coffeebot.words import DEFAULT, speaking, word

BREWING = (Facet.BREW_METHOD, Facet.MILK)


@dataclass(frozen=True, slots=True)
class Trait:
    """A line of the card. `family` colours a dot, "" is none."""

    id: str
    label: str
    family: str
    strength: int
    quote: str
    who: str


class Profile(rx.State):
    """`fitting` of `catalogue` coffees keep every must."""

    musts: list[Trait] = []
    likes: list[Trait] = []
    avoids: list[Trait] = []
    brews: list[Trait] = []
    blank: bool = True
    fitting: int = 0
    catalogue: int = 0
    petals: list[Petal] = []
    avoided: list[Petal] = []
    line: str = ""
    rim: dict[str, str] = dict.fromkeys(PLATES, "")
    says: str = ""
    picks: list[Number] = []

    _lines: tuple[TraitLine, ...] = ()

    def _write(self, lines: Iterable[TraitLine] | None, *, fitting: int | None = None, catalogue: int | None = None) -> None:
        """The card of `lines`; None leaves what is there."""
        if fitting is not None and fitting != self.fitting:
            self.fitting = fitting
        if catalogue is not None and catalogue != self.catalogue:
            self.catalogue = catalogue
        if lines is None or (written := tuple(lines)) == self._lines:
            return
        self._lines = written
        self.blank = not written
        self._draw(wheel(written))
        groups: dict[str, list[Trait]] = {"musts": [], "likes": [], "avoids": [], "brews": []}
        for same in together(written):
            groups[_group(same[0])].append(_trait(same))
        self.musts, self.likes, self.avoids, self.brews = groups.values()

    def _draw(self, drawn: Wheel) -> None:
        self.petals, self.avoided, self.line = list(drawn.petals), list(drawn.avoided), drawn.line
        self.rim, self.says = drawn.rim, drawn.says

    def _place(self, picks: Iterable[Card]) -> None:
        """Puts the picks' numbers on the wheel."""
        placed = [] if self.blank else numbers([(card.number, card.family) for card in picks], self._lines)
        if placed != self.picks:
            self.picks = placed

    def _blank(self) -> None:
        self._write(())
        self._place(())


def _group(line: TraitLine) -> str:
    if line.facet in BREWING:
        return "brews"
    return {Polarity.MUST: "musts", Polarity.AVOID: "avoids"}.get(Polarity(line.polarity), "likes")


def _label(lines: list[TraitLine]) -> str:
    language = speaking.get()
    if len(lines) == 1 and language == DEFAULT:
        return lines[0].label  # as the conversation's language has it
    return joint([_stored(line) for line in lines], language=language)


def _stored(line: TraitLine) -> domain.Trait:
    kind = (Facet(line.facet), line.value, Polarity(line.polarity), line.strength)
    return domain.Trait(*kind, amount=line.amount, currency=line.currency, grams=line.grams)


def _trait(lines: list[TraitLine]) -> Trait:
    line = lines[0]
    by_hand = line.source == Source.SHOPPER
    when = day(line.created_at) if line.created_at else word("when.today")
    inferred = line.strength == 1 and line.facet not in BREWING  # those only rank, but they were said
    said = "taste.inferred" if inferred else "taste.said"
    return Trait(
        id=str(line.id),
        label=_label(lines),
        family=plate(line),
        strength=line.strength,
        quote="" if by_hand else line.evidence,
        who=word("taste.hand") if by_hand else word(said, when=when),
    )
