"""A pick as the page draws it: every word and mark settled, nothing left to work out in the browser."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coffeebot.domain.coffee import Process, RoastLevel
from coffeebot.domain.price_text import grams, money
from coffeebot.domain.speech import note
from coffeebot.domain.turn import Price
from coffeebot.state.calendar import day
from coffeebot.words import listed, speaking, term, word

STEPS = [level.value for level in RoastLevel]
PROCESSES = [process.value for process in Process]


@dataclass(frozen=True, slots=True)
class Why:
    """A reason; `quote` are the shopper's own words, when there are any, and `trait` the line of the taste card that they wrote."""

    quote: str
    text: str
    trait: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A must in a coffee's way, and the words that let it go."""

    trait: str
    label: str


@dataclass(frozen=True, slots=True)
class Behind:
    """A card that stepped back after the profile was changed by hand. `hidden` is one that the shopper never wants to see."""

    id: str
    name: str
    roaster: str
    why: str
    ways: tuple[Way, ...]
    hidden: bool


@dataclass(frozen=True, slots=True)
class Card:
    """`more` is what the shopper says for more about it, `unit` the price per 100 g. `dark` is the picture's other drawing, "" for a
    photograph. `process` picks the mark, `step` the roast's (0 is unknown).
    """

    id: str
    number: str
    name: str
    roaster: str
    more: str
    image: str
    dark: str
    process: str
    process_words: str
    step: int
    roast: str
    origin: str
    altitude: str
    notes: str
    family: str
    why: tuple[Why, ...]
    gives: str
    price: str
    size: str
    unit: str
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
        id=str(pick["id"]),
        more=word("pick.more.says", name=pick["name"]),
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
        altitude=_altitude(pick.get("altitude_masl")),
        notes=listed([note(each, speaking.get()) for each in pick["notes"]]),
        family=pick["family"],
        why=tuple(Why(r.get("quote", ""), r["text"], r.get("trait_id") or "") for r in pick["reasons"]),
        gives=pick["trade_off"],
        price=_money(price) if price else word("pick.price.unknown"),
        size=f"/ {grams(price['grams'])}" if price else "",
        unit=_unit(pick),
        per=_per(pick, seen),
        sold_out="" if pick["in_stock"] else word("pick.sold_out", when=seen or word("when.today")),
        ad=bool(pick["affiliate"]),
        link=pick["link"] or "",
        sample=bool(pick["sample"]),
    )


def cards(parts: Mapping[str, Any]) -> list[Card]:
    """The cards of a reply's parts, numbered from 1."""
    return [card(pick, number) for number, pick in enumerate(parts.get("picks", ()), 1)]


def behind(parts: Mapping[str, Any]) -> list[Behind]:
    """The cards of a reply that stepped back."""
    return [_behind(pick) for pick in parts.get("behind", ())]


def priced(price: Price | None) -> str:
    """What a bag costs, and how much is in it."""
    if price is None:
        return word("pick.price.unknown")
    return f"{money(price.amount_minor, price.currency, language=speaking.get())} / {grams(price.grams)}"


def _behind(pick: Mapping[str, Any]) -> Behind:
    why = pick["why"]
    ways = tuple(Way(must["id"], must["label"]) for must in why["musts"])
    told = word(f"pick.behind.{why['kind']}", musts=listed([way.label for way in ways]))
    return Behind(str(pick["id"]), pick["name"], pick["roaster"], told, ways, why["kind"] == "hidden")


def _altitude(heights: Sequence[int] | None) -> str:
    """One height, or from the lowest to the highest; "" where it is not known, or the card is older than this."""
    return word("pick.altitude", metres="–".join(f"{metres:,}" for metres in dict.fromkeys(heights))) if heights else ""


def _money(price: Mapping[str, Any]) -> str:
    return money(price["amount_minor"], price["currency"], language=speaking.get())


def _unit(pick: Mapping[str, Any]) -> str:
    unit = pick["price_per_100g"]
    return _money(unit) if unit else ""


def _per(pick: Mapping[str, Any], seen: str) -> str:
    unit = _unit(pick)
    said = [word("pick.per", amount=unit)] if unit else []
    return " · ".join([*said, word("pick.seen", when=seen)] if seen else said)
