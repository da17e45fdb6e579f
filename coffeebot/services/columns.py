"""The columns that an import file may have, and what a value in them must look like.

| column | value |
|---|---|
| external_id or id | your own id of the coffee, once per roaster; made from the name when absent |
| name, roaster | required |
| roaster_country | the country in which it is roasted |
| description | prose; facts that no column states are read from it |
| origin, region | countries and growing regions, several separated by ";" |
| farm, producer, altitude_masl | "Finca El Mirador", "Rosa Huamán", "1800-2000" |
| process, variety | "washed", "SL28; SL34" |
| roast_level or roast | "Light" to "Dark", in any usual wording |
| notes | tasting notes, a list or separated by ";" |
| flags | decaf, organic, fair_trade, espresso, filter, blend, barrel_aged, cold_brew and the other values of domain.coffee.Flag |
| acidity, body, sweetness | low/medium/high, light/medium/full |
| score or rating | 0 to 100 points |
| offers | a list of {grams, price, currency, grind, in_stock, url} (JSON, also inside a CSV field) |
| price, currency, grams, in_stock, url | instead of offers, for one size; without grams it is a 12 oz bag |
| price_usd_per_100g | instead of both |
| image, sample | an address; whether the coffee is an invented sample |
| origin_1, origin_2, blind_assessment, bottom_line | a reviewer's columns; beside blind_assessment, notes is prose |

Other columns are ignored. An empty value means unknown.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from coffeebot.domain.coffee import OfferFacts, to_minor
from coffeebot.domain.folding import plain
from coffeebot.domain.loose import LooseCoffee

MAX_NAME = 200
MAX_PROSE = 20_000
MAX_LIST = 60
MAX_AMOUNT_MINOR = 2**31 - 1
BAG_GRAMS = Decimal("340.19")  # 12 oz: what a bag holds when nobody says
_TRUE, _FALSE = {"true", "yes", "y", "1", "t", "x"}, {"false", "no", "n", "0", "f", ""}


class BadColumn(ValueError):
    """A value that its column cannot hold."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


class Columns:
    """One record's values by type; every reader raises BadColumn with the column's name."""

    def __init__(self, values: Mapping[str, Any], *, within: str = "") -> None:
        self._values = values
        self._within = within

    def _fault(self, column: str, reason: str) -> BadColumn:
        return BadColumn(f"{self._within}{column}", reason)

    def raw(self, *names: str) -> tuple[str, Any]:
        """The first of these columns that holds something, and its value."""
        for name in names:
            value = self._values.get(name)
            if value is not None and value != "" and value != []:
                return name, value
        return names[0], None

    def text(self, *names: str, most: int = MAX_NAME) -> str:
        column, value = self.raw(*names)
        if value is None:
            return ""
        if isinstance(value, bool | dict | list):
            raise self._fault(column, "should be text")
        text = str(value).strip()
        if len(text) > most:
            raise self._fault(column, f"longer than {most:,} characters")
        return text

    def required(self, *names: str) -> str:
        text = self.text(*names)
        if not text:
            raise self._fault(names[0], "missing")
        return text

    def listed(self, *names: str) -> tuple[str, ...]:
        column, value = self.raw(*names)
        if value is None:
            return ()
        items = value if isinstance(value, list) else re.split(r"[;\n|]", self.text(column, most=MAX_PROSE))
        if len(items) > MAX_LIST:
            raise self._fault(column, f"more than {MAX_LIST} entries")
        if not all(isinstance(item, str | int | float) and not isinstance(item, bool) for item in items):
            raise self._fault(column, "should be a list of texts")
        found = tuple(str(item).strip() for item in items if str(item).strip())
        if any(len(item) > MAX_NAME for item in found):
            raise self._fault(column, f"an entry longer than {MAX_NAME} characters")
        return found

    def number(self, *names: str) -> Decimal | None:
        column, value = self.raw(*names)
        if value is None:
            return None
        if isinstance(value, bool | dict | list):
            raise self._fault(column, "should be a number")
        text = str(value).strip()
        try:
            number = Decimal(re.sub(r"^(\d+),(\d{1,2})$", r"\1.\2", text).replace(",", ""))
        except InvalidOperation:
            raise self._fault(column, f"{text[:40]!r} is not a number") from None
        if not number.is_finite() or abs(number) > 10**9:
            raise self._fault(column, f"{text[:40]!r} is out of range")
        return number

    def yes(self, name: str, *, default: bool) -> bool:
        _, value = self.raw(name)
        word = str(default if value is None else value).strip().lower()
        if word not in _TRUE | _FALSE:
            raise self._fault(name, f"{word[:40]!r} is neither yes nor no")
        return word in _TRUE

    def address(self, name: str) -> str | None:
        text = self.text(name, most=2000)
        if not text:
            return None
        try:
            parts = urlsplit(text)
        except ValueError:
            raise self._fault(name, "not a web address") from None
        if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", text):
            raise self._fault(name, "not a web address that begins with http:// or https://")
        return text


def loose_coffee(values: Mapping[str, Any], *, currencies: frozenset[str], sample: bool = False) -> LooseCoffee:
    """A record's columns as a coffee. Raises BadColumn for the first value that cannot be used."""
    columns = Columns(values)
    name, roaster = columns.required("name"), columns.required("roaster")
    reviewed = bool(columns.text("blind_assessment", most=MAX_PROSE))
    return LooseCoffee(
        external_id=columns.text("external_id", "id") or _made_id(name),
        name=name,
        roaster=roaster,
        roaster_country=columns.text("roaster_country"),
        tasting=columns.text("blind_assessment", most=MAX_PROSE),
        story=columns.text("notes" if reviewed else "description", most=MAX_PROSE),
        summary=columns.text("bottom_line", most=MAX_PROSE),
        places=columns.listed("origin") + columns.listed("region") + columns.listed("origin_1") + columns.listed("origin_2"),
        farm=columns.text("farm"),
        producer=columns.text("producer"),
        altitude=columns.text("altitude_masl"),
        process="; ".join(columns.listed("process")),
        varieties=columns.listed("variety"),
        roast=columns.text("roast_level", "roast"),
        notes=() if reviewed else columns.listed("notes"),
        flags=columns.listed("flags"),
        acidity=columns.text("acidity"),
        body=columns.text("body"),
        sweetness=columns.text("sweetness"),
        score=_score(columns),
        image=_image(columns),
        sample=sample or columns.yes("sample", default=False),
        offers=_offers(columns, currencies),
    )


def _made_id(name: str) -> str:
    return f"{plain(name).replace(' ', '-')[:60]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _score(columns: Columns) -> Decimal | None:
    column, _ = columns.raw("score", "rating")
    score = columns.number(column)
    if score is not None and not 0 <= score <= 100:
        raise BadColumn(column, f"{score} is not between 0 and 100")
    return score


def _image(columns: Columns) -> str | None:
    image = columns.text("image", most=2000)
    return image if image.startswith("/") and not image.startswith("//") else columns.address("image")


def _offers(columns: Columns, currencies: frozenset[str]) -> tuple[OfferFacts, ...]:
    _, listed = columns.raw("offers")
    if listed is None:
        flat = _flat_offer(columns, currencies)
        return (flat,) if flat else ()
    if isinstance(listed, str):
        try:
            listed = json.loads(listed)
        except (ValueError, RecursionError):
            raise BadColumn("offers", "should be a JSON list") from None
    if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
        raise BadColumn("offers", "should be a list of {grams, price, currency, ...}")
    if len(listed) > MAX_LIST:
        raise BadColumn("offers", f"more than {MAX_LIST} entries")
    offers = [_offer(Columns(item, within=f"offers[{n}]."), currencies, f"offers[{n}].") for n, item in enumerate(listed)]
    by_size = {(offer.grams, offer.grind, offer.currency): offer for offer in offers}
    return tuple(by_size.values())


def _flat_offer(columns: Columns, currencies: frozenset[str]) -> OfferFacts | None:
    if columns.raw("price")[1] is not None:
        return _offer(columns, currencies, "")
    per_100g = columns.number("price_usd_per_100g")
    return _priced(columns, "price_usd_per_100g", per_100g, Decimal(100), "USD") if per_100g is not None else None


def _offer(columns: Columns, currencies: frozenset[str], within: str) -> OfferFacts:
    currency = (columns.text("currency") or "USD").upper()
    if currency not in currencies:
        raise BadColumn(f"{within}currency", f"{currency[:20]!r} has no exchange rate in EXCHANGE_RATES")
    grams, price = columns.number("grams"), columns.number("price")
    grams = BAG_GRAMS if grams is None else grams
    if not 1 <= grams <= 100_000:
        raise BadColumn(f"{within}grams", f"{grams} is not between 1 and 100000")
    if price is None:
        raise BadColumn(f"{within}price", "missing")
    return _priced(columns, f"{within}price", price, grams, currency)


def _priced(columns: Columns, column: str, price: Decimal, grams: Decimal, currency: str) -> OfferFacts:
    if price <= 0:
        raise BadColumn(column, f"{price} is not more than 0")
    offer = OfferFacts(
        grams=grams.quantize(Decimal("0.01")),
        amount_minor=to_minor(price, currency),
        currency=currency,
        in_stock=columns.yes("in_stock", default=True),
        grind=columns.text("grind").lower().replace(" ", "_") or "whole_bean",
        url=columns.address("url"),
    )
    if not 0 < offer.amount_minor <= MAX_AMOUNT_MINOR or offer.per_100g_minor > MAX_AMOUNT_MINOR:
        raise BadColumn(column, f"{price} {currency} is out of range")
    return offer
