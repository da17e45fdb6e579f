"""A coffee's facts, its offers, and the words the trade uses for them."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


def heights(low: int | None, high: int | None) -> tuple[int, int] | None:
    """Lowest and highest, in metres above the sea; None where one of them is not known."""
    return (low, high) if low is not None and high is not None else None


class RoastLevel(StrEnum):
    """Five steps, lightest first."""

    LIGHT = "Light"
    MEDIUM_LIGHT = "Medium-Light"
    MEDIUM = "Medium"
    MEDIUM_DARK = "Medium-Dark"
    DARK = "Dark"


class Process(StrEnum):
    WASHED = "washed"
    NATURAL = "natural"
    HONEY = "honey"
    WET_HULLED = "wet_hulled"
    ANAEROBIC = "anaerobic"


class Flag(StrEnum):
    DECAF = "decaf"
    ORGANIC = "organic"
    FAIR_TRADE = "fair_trade"
    ESPRESSO = "espresso"
    BLEND = "blend"
    BARREL_AGED = "barrel_aged"
    COLD_BREW = "cold_brew"
    FILTER = "filter"
    RAINFOREST_ALLIANCE = "rainforest_alliance"
    BIRD_FRIENDLY = "bird_friendly"
    BIODYNAMIC = "biodynamic"
    CARBONIC_MACERATION = "carbonic_maceration"
    COFERMENT = "coferment"
    SWISS_WATER = "swiss_water"
    MOUNTAIN_WATER = "mountain_water"
    SUGARCANE_DECAF = "sugarcane_decaf"
    CO2_DECAF = "co2_decaf"
    SOLVENT_DECAF = "solvent_decaf"


MINOR_DIGITS = {"JPY": 0, "KRW": 0, "TWD": 2, "HUF": 2}  # ISO 4217 exponents that are not 2, and those often mistaken


def minor_digits(currency: str) -> int:
    """Decimal places of a currency's minor unit (ISO 4217)."""
    return MINOR_DIGITS.get(currency, 2)


def to_minor(amount: Decimal, currency: str) -> int:
    """An amount in the currency's minor unit, rounded half up: 14.32 USD is 1432, 1600 JPY is 1600."""
    return int((amount * 10 ** minor_digits(currency)).to_integral_value(rounding="ROUND_HALF_UP"))


def from_minor(amount_minor: int, currency: str) -> Decimal:
    return Decimal(amount_minor).scaleb(-minor_digits(currency))


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """One way to buy a coffee."""

    grams: Decimal
    amount_minor: int
    currency: str
    in_stock: bool = True
    grind: str = "whole_bean"
    url: str | None = None
    seen_at: datetime | None = None

    @property
    def per_100g_minor(self) -> int:
        return int((Decimal(self.amount_minor) * 100 / self.grams).to_integral_value(rounding="ROUND_HALF_UP"))


@dataclass(frozen=True, slots=True)
class CoffeeFacts:
    """What is known of a coffee; None or empty means unknown, never "no".

    `origins` are countries' English names, `regions` and `varieties` lower case, `families` keys of flavour.FAMILIES,
    `flags` those known to hold. `blend` and `decaf` are three-valued. `altitude_masl` is (lowest, highest) in metres.
    `evidence` maps a field's name to the words it was read from.
    """

    external_id: str
    name: str
    roaster: str
    roaster_country: str | None = None
    description: str = ""
    origins: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    farm: str | None = None
    producer: str | None = None
    altitude_masl: tuple[int, int] | None = None
    processes: tuple[Process, ...] = ()
    varieties: tuple[str, ...] = ()
    roast: RoastLevel | None = None
    families: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    blend: bool | None = None
    decaf: bool | None = None
    acidity: str | None = None
    body: str | None = None
    sweetness: str | None = None
    score: Decimal | None = None
    image: str | None = None
    sample: bool = False
    offers: tuple[OfferFacts, ...] = ()
    evidence: dict[str, str] = field(default_factory=dict)
