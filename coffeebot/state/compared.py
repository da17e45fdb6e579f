"""Coffees chosen to be compared, and the table that puts them side by side."""

import json
from dataclasses import dataclass
from uuid import UUID

import reflex as rx

from coffeebot.domain.comparison import SCALES, Row
from coffeebot.domain.labels import label
from coffeebot.domain.taste import Facet, Trait
from coffeebot.services.comparison import LEAST, MOST, Comparison
from coffeebot.state.card import Card, card
from coffeebot.state.ids import known
from coffeebot.state.notice import told
from coffeebot.state.thread import Thread
from coffeebot.state.visit import shopper
from coffeebot.wiring import services
from coffeebot.words import listed, speaking, word


@dataclass(frozen=True, slots=True)
class Cell:
    """One fact in words, and what is drawn beside it: marks of a process, a roast or a family, or a scale.

    `place` is where on a scale of three (1 to 3) the coffee stands, `wanted` where the shopper does; 0 is not said. `you` says it in words.
    """

    text: str
    process: str = ""
    step: int = 0
    family: str = ""
    place: int = 0
    wanted: int = 0
    you: str = ""
    best: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    id: str
    name: str


class Compared(rx.State):
    """`chosen` in the order of choosing; `ids` are theirs, for the cards' buttons. `full` when no more can be added."""

    chosen: list[Chosen] = []
    ids: list[str] = []
    enough: bool = False
    full: bool = False
    open: bool = False
    title: str = ""
    cards: list[Card] = []
    lines: list[Line] = []

    @rx.event
    async def toggle(self, coffee: str) -> None:
        """Puts a coffee on the tray, or takes it off."""
        thread = await self.get_state(Thread)
        async with told(self, afresh=True):
            key = str(known(coffee, "pick.gone"))
            if key in self.ids:
                self._choose([one for one in self.chosen if one.id != key])
            elif len(self.chosen) < MOST:
                self._choose([*self.chosen, Chosen(key, await thread._name_of(key))])

    @rx.event
    async def show(self) -> None:
        """Opens the table."""
        thread = await self.get_state(Thread)
        async with told(self, afresh=True):
            await thread._restore()
            ids = [UUID(one.id) for one in self.chosen]
            found = await services().comparisons.of(ids, shopper_id=shopper(self), conversation_id=thread.id)
            self.cards = [card(json.loads(pick.data()), number) for number, pick in enumerate(found.picks, 1)]
            self.lines = _lines(found, self.cards)
            self.title, self.open = word(f"compare.title.{len(self.cards)}"), True

    @rx.event
    def close(self) -> None:
        self.open = False

    @rx.event
    def clear(self) -> None:
        self.open = False
        self._choose([])

    def _choose(self, chosen: list[Chosen]) -> None:
        self.chosen, self.ids = chosen, [one.id for one in chosen]
        self.enough, self.full = len(chosen) >= LEAST, len(chosen) >= MOST


def _lines(found: Comparison, cards: list[Card]) -> list[Line]:
    """The row of reasons, the facts, and what each costs, in money and otherwise."""
    cheapest = [word("compare.lowest") if pick.id == found.cheapest else "" for pick in found.picks]
    rows = [
        ("compare.line", [Cell(card.why[0].text if card.why else "") for card in cards]),
        *((f"compare.{row.of}", _cells(row, cards, speaking.get())) for row in found.rows),
        ("compare.gives", [Cell(card.gives) for card in cards]),
        ("compare.price", [Cell(f"{card.price} {card.size}".strip()) for card in cards]),
        ("compare.per", [Cell(card.unit, best=best) for card, best in zip(cards, cheapest, strict=True)]),
    ]
    return [Line(word(title), tuple(cells)) for title, cells in rows if any(cell.text for cell in cells)]


def _cells(row: Row, cards: list[Card], language: str) -> list[Cell]:
    return [_cell(row, values, card, language) for values, card in zip(row.values, cards, strict=True)]


def _cell(row: Row, values: tuple[str, ...], card: Card, language: str) -> Cell:
    if not values:
        return Cell(word("compare.silent"))
    match row.of:
        case Facet.NOTE:
            return Cell(card.notes, family=card.family)
        case Facet.PROCESS:
            return Cell(card.process_words, process=card.process)
        case Facet.ROAST:
            return Cell(card.roast, step=card.step)
        case Facet.ORIGIN:
            return Cell(card.origin)
        case Facet.SCORE:
            return Cell(values[0])
    text = listed([label(Trait(row.of, value), language=language) for value in values])
    if row.of not in SCALES:
        return Cell(text)
    steps = SCALES[row.of]
    place = steps.index(values[0]) + 1
    if row.wanted not in steps:
        return Cell(text, place=place)
    you = word("compare.you", wanted=label(Trait(row.of, row.wanted), language=language))
    return Cell(text, place=place, wanted=steps.index(row.wanted) + 1, you=you)
