"""A pick as the page draws it: every word and mark settled, nothing left to work out in the browser."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coffeebot.domain.coffee import Process, RoastLevel
from coffeebot.domain.price_text import grams, money
from coffeebot.domain.speech import note
from coffeebot.state.calendar import day
from coffeebot.words import listed, speaking, term, word

STEPS = [level.value for level in RoastLevel]
PROCESSES = [process.value for process in Process]


@dataclass(frozen=True, slots=True)
class Why:
    """A reason; `quote` are the shopper's own words, when there are any."""

    quote: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """`dark` is the picture's other drawing, "" for a photograph. `process` picks the mark, `step` the roast's (0 is unknown)."""

    number: str
    name: str
    roaster: str
    image: str
    dark: str
    process: str
    process_words: str
    step: int
    roast: str
    origin: str
    notes: str
    family: str
    why: tuple[Why, ...]
    gives: str
    price: str
    size: str
    per: str
    sold_out: str
    ad: bool
    link: str
    sample: bool


def card(pick: Mapping[str, Any], number: int) -> Card:
    """The card of a `pick` payload."""
    processes = [p for p in str(pick["process"]).split(" / ") if p]
    price, image = pick["price"], str(pick["image"])
    seen = day(datetime.fromisoformat(pick["price_seen_at"])) if pick["price_seen_at"] else ""
    return Card(
        number=str(number),
        name=pick["name"],
        roaster=pick["roaster"],
        image=image,
        dark=f"{image}?theme=dark" if image.startswith("/plates/") else "",
        process=processes[0] if processes and processes[0] in PROCESSES else "",
        process_words=" / ".join(term("process", p) for p in processes),
        step=STEPS.index(pick["roast"]) + 1 if pick["roast"] in STEPS else 0,
        roast=term("roast", pick["roast"]),
        origin=pick["origin"],
        notes=listed([note(each, speaking.get()) for each in pick["notes"]]),
        family=pick["family"],
        why=tuple(Why(quote=reason.get("quote", ""), text=reason["text"]) for reason in pick["reasons"]),
        gives=pick["trade_off"],
        price=_money(price) if price else word("pick.price.unknown"),
        size=f"/ {grams(price['grams'])}" if price else "",
        per=_per(pick, seen),
        sold_out="" if pick["in_stock"] else word("pick.sold_out", when=seen or word("when.today")),
        ad=bool(pick["affiliate"]),
        link=pick["link"] or "",
        sample=bool(pick["sample"]),
    )


def cards(parts: Mapping[str, Any]) -> list[Card]:
    """The cards of a reply's parts, numbered from 1."""
    return [card(pick, number) for number, pick in enumerate(parts.get("picks", ()), 1)]


def _money(price: Mapping[str, Any]) -> str:
    return money(price["amount_minor"], price["currency"], language=speaking.get())


def _per(pick: Mapping[str, Any], seen: str) -> str:
    unit = pick["price_per_100g"]
    said = [word("pick.per", amount=_money(unit))] if unit else []
    return " · ".join([*said, word("pick.seen", when=seen)] if seen else said)
