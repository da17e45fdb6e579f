"""The taste card: what the shopper has let be known, in their own words."""

from collections.abc import Iterable
from dataclasses import dataclass

import reflex as rx

from coffeebot.domain import taste as domain
from coffeebot.domain.choices import BREWING, LIMITS, named
from coffeebot.domain.flavour import PLATES
from coffeebot.domain.labels import joint, together
from coffeebot.domain.taste import Facet, Polarity, Source
from coffeebot.domain.turn import TraitLine
from coffeebot.state.calendar import day
from coffeebot.state.card import Card
from coffeebot.state.scales import Scale, scales
from coffeebot.state.wheel import Dot, Legend, Number, Petal, Wheel, numbers, plate, wheel
from coffeebot.words import DEFAULT, speaking, word


@dataclass(frozen=True, slots=True)
class Trait:
    """A line of the card. `ids` are those of all the lines that the same words wrote; `family` colours a dot, "" is none.

    `side` is must, want or avoid. A `fixed` line is a must or nothing, or how the shopper brews: it has no degrees.
    """

    id: str
    ids: str
    label: str
    family: str
    side: str
    strength: int
    fixed: bool
    quote: str
    who: str
    paused: bool


class Profile(rx.State):
    """`fitting` of `catalogue` coffees keep every must. The card `rests` while none of its lines is applied."""

    musts: list[Trait] = []
    likes: list[Trait] = []
    avoids: list[Trait] = []
    brews: list[Trait] = []
    limits: list[Trait] = []
    blank: bool = True
    fitting: int = 0
    catalogue: int = 0
    petals: list[Petal] = []
    avoided: list[Petal] = []
    line: str = ""
    legend: list[Legend] = []
    dots: list[Dot] = []
    rim: dict[str, str] = dict.fromkeys(PLATES, "")
    says: str = ""
    picks: list[Number] = []
    scales: list[Scale] = []
    rests: bool = False

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
        applied = [line for line in written if not line.paused]
        self.rests = bool(written) and not applied
        self._draw(wheel(applied))
        self.scales = scales(applied)
        groups: dict[str, list[Trait]] = {"musts": [], "likes": [], "avoids": [], "limits": [], "brews": []}
        for same in together(written):
            groups[_group(same[0])].append(_trait(same))
        self.musts, self.likes, self.avoids, self.limits, self.brews = groups.values()

    def _draw(self, drawn: Wheel) -> None:
        self.petals, self.avoided, self.line = list(drawn.petals), list(drawn.avoided), drawn.line
        self.rim, self.says, self.legend, self.dots = drawn.rim, drawn.says, list(drawn.legend), list(drawn.dots)

    def _place(self, picks: Iterable[Card]) -> None:
        """Puts the picks' numbers on the wheel."""
        placed = (
            [] if self.blank else numbers([(card.number, card.family) for card in picks], [line for line in self._lines if not line.paused])
        )
        if placed != self.picks:
            self.picks = placed

    def _same(self, trait: object) -> list[TraitLine]:
        """The line of this id and those that the same words wrote, in the card's order; none when it is not there."""
        return next((same for same in together(self._lines) if any(str(line.id) == trait for line in same)), [])

    def _line(self, trait: object) -> TraitLine | None:
        """The first of them."""
        return next(iter(self._same(trait)), None)

    def _labelled(self, trait: object) -> str:
        """What they say, "" when there are none."""
        same = self._same(trait)
        return _label(same) if same else ""

    def _side(self, trait: object) -> str:
        line = self._line(trait)
        return line.polarity if line else ""

    def _value(self, line: TraitLine) -> str:
        """The line's value as a list offers it; "" when it stands for several."""
        return named(_stored(line), speaking.get()) if len(self._same(str(line.id))) == 1 else ""

    def _blank(self) -> None:
        self._write(())
        self._place(())


def _group(line: TraitLine) -> str:
    if line.facet in LIMITS:
        return "limits"
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
    return Trait(
        id=str(line.id),
        ids=" ".join(str(one.id) for one in lines),
        label=_label(lines),
        family=plate(line),
        side=line.polarity,
        strength=line.strength,
        fixed=line.facet in (*LIMITS, *BREWING),
        quote=line.evidence,
        who=_who(line),
        paused=line.paused,
    )


def _who(line: TraitLine) -> str:
    """Who said so, and when."""
    if line.source == Source.SHOPPER:
        return word("taste.hand")
    when = day(line.created_at) if line.created_at else word("when.today")
    if line.source == Source.LLM:
        return word("taste.read", when=when)
    inferred = line.strength == 1 and line.facet not in BREWING  # those only rank, but they were said
    return word("taste.inferred" if inferred else "taste.said", when=when)
