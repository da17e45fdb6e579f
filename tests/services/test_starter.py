"""The starter catalogue: its rows are sound, and it is spread so that usual wishes, and some unusual ones, find something."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import coffeebot
from coffeebot.domain.coffee import Flag, Process, RoastLevel
from coffeebot.domain.flavour import FAMILIES, FRUIT, families_of
from coffeebot.services.columns import loose_coffee
from coffeebot.services.rows import Row, read_rows
from coffeebot.settings import Settings

STARTER = Path(coffeebot.__path__[0]) / "starter" / "coffees.jsonl"
RATES = Settings(_env_file=None).exchange_rates
TWELVE_OUNCES_UNDER_20 = Decimal(20) / Decimal("3.402")

Coffee = dict[str, Any]


def _coffees() -> list[Coffee]:
    rows = list(read_rows(STARTER))
    assert all(isinstance(row, Row) for row in rows), rows
    return [dict(row.values) for row in rows if isinstance(row, Row)]


COFFEES = _coffees()
by_name = pytest.mark.parametrize("coffee", COFFEES, ids=[c["external_id"] for c in COFFEES])


def families(coffee: Coffee) -> set[str]:
    return {family for note in coffee["notes"] for family in families_of(note)}


def dollars_per_100g(coffee: Coffee) -> Decimal:
    """The first bag's, which is the size a shopper thinks of."""
    offer = coffee["offers"][0]
    return Decimal(offer["price"]) * RATES[offer["currency"]] * 100 / offer["grams"]


def processes(coffee: Coffee) -> set[str]:
    label = coffee.get("process", "").replace("pulped natural", "honey")
    return {"anaerobic"} if "anaerobic" in label else {p for p in Process if p in label}


def countries(coffee: Coffee) -> list[str]:
    origin = coffee["origin"]
    return origin if isinstance(origin, list) else [origin]


def is_dark(coffee: Coffee) -> bool:
    return coffee["roast_level"] in (RoastLevel.MEDIUM_DARK, RoastLevel.DARK)


def fits(wish: Callable[[Coffee], bool]) -> int:
    return sum(wish(c) and any(o["in_stock"] for o in c["offers"]) for c in COFFEES)


@by_name
def test_every_row_is_one_the_import_takes(coffee: Coffee) -> None:
    loose = loose_coffee(coffee, currencies=frozenset(RATES), sample=True)
    assert loose.sample and len(loose.offers) == len(coffee["offers"])
    assert "image" not in coffee and not any("url" in offer for offer in coffee["offers"])
    assert set(coffee["flags"]) <= {f.value for f in Flag}
    assert coffee["roast_level"] in list(RoastLevel)
    assert coffee["acidity"] in ("low", "medium", "high") and coffee["sweetness"] in ("low", "medium", "high")
    assert coffee["body"] in ("light", "medium", "full")


@by_name
def test_every_coffee_is_believable(coffee: Coffee) -> None:
    assert 3 <= len(coffee["notes"]) <= 5
    assert sum(bool(families_of(note)) for note in coffee["notes"]) >= 2
    assert 80 <= len(coffee["description"]) <= 320 and "!" not in coffee["description"]
    assert ("blend" in coffee["flags"]) == (len(countries(coffee)) > 1)
    assert 3 <= dollars_per_100g(coffee) <= 30
    prices = [Decimal(o["price"]) / o["grams"] for o in coffee["offers"] if o["grams"] >= 250]
    assert prices == sorted(prices, reverse=True) or coffee["offers"][0]["grams"] > coffee["offers"][-1]["grams"]
    if altitude := coffee.get("altitude_masl"):
        low, high = map(int, altitude.split("-"))
        assert 400 <= low < high <= 2400


@by_name
def test_the_description_tells_the_notes(coffee: Coffee) -> None:
    """At least two of the listed notes stand in the text, so that words and facts cannot drift apart."""
    told = coffee["description"].lower()
    assert sum(any(word in told for word in note.lower().split() if len(word) > 3) for note in coffee["notes"]) >= 2


def test_names_and_ids_are_their_own() -> None:
    assert len(COFFEES) >= 72
    assert len({c["external_id"] for c in COFFEES}) == len({c["name"].lower() for c in COFFEES}) == len(COFFEES)


def test_a_roaster_has_one_country_and_one_currency() -> None:
    homes = {(c["roaster"], c["roaster_country"], o["currency"]) for c in COFFEES for o in c["offers"]}
    assert len(homes) == len({roaster for roaster, _, _ in homes}) >= 12
    assert sum(currency == "JPY" for _, _, currency in homes) == 3


@pytest.mark.parametrize("family", FAMILIES)
def test_every_flavour_family_has_coffees(family: str) -> None:
    assert sum(family in families(c) for c in COFFEES) >= 3


@pytest.mark.parametrize("process", Process)
def test_every_process_has_coffees(process: Process) -> None:
    assert sum(process in processes(c) for c in COFFEES) >= 4


@pytest.mark.parametrize("roast", RoastLevel)
def test_every_roast_has_coffees(roast: RoastLevel) -> None:
    assert sum(c["roast_level"] == roast for c in COFFEES) >= 8


@pytest.mark.parametrize(
    ("flag", "least"),
    [
        (Flag.DECAF, 6),
        (Flag.BLEND, 8),
        (Flag.ESPRESSO, 5),
        (Flag.ORGANIC, 8),
        (Flag.FAIR_TRADE, 8),
        (Flag.BARREL_AGED, 1),
        (Flag.COLD_BREW, 1),
    ],
)
def test_what_shoppers_ask_for_has_coffees(flag: Flag, least: int) -> None:
    assert sum(flag in c["flags"] for c in COFFEES) >= least


def test_the_world_and_its_prices_are_covered() -> None:
    assert len({country for c in COFFEES for country in countries(c)}) >= 20
    bags = [Decimal(o["price"]) * RATES[o["currency"]] for c in COFFEES for o in c["offers"] if 200 <= o["grams"] <= 340]
    assert min(bags) < 10 and max(bags) > 50
    yen = [o for c in COFFEES for o in c["offers"] if o["currency"] == "JPY"]
    assert len(yen) >= 8 and {o["grams"] for o in yen} >= {100, 200}
    assert {o["grams"] for c in COFFEES for o in c["offers"]} >= {250, 340, 1000}
    sold_out = Counter(any(o["in_stock"] for o in c["offers"]) for c in COFFEES)[False]
    assert 1 <= sold_out <= 3


@pytest.mark.parametrize(
    "family", ["stone_fruit", "berry", "citrus", "floral", "caramel_sugar", "chocolate", "nutty", "spice", "apple_pear"]
)
def test_every_big_family_has_coffees_under_20_dollars(family: str) -> None:
    assert fits(lambda c: family in families(c) and dollars_per_100g(c) <= TWELVE_OUNCES_UNDER_20) >= 3


def test_decafs_differ() -> None:
    decafs = [c for c in COFFEES if "decaf" in c["flags"]]
    assert len({c["roast_level"] for c in decafs}) >= 4
    assert len(set().union(*map(processes, decafs))) >= 3
    assert set().union(*map(families, decafs)) >= {"chocolate", "berry", "nutty", "caramel_sugar", "citrus"}


WISHES: dict[str, tuple[int, Callable[[Coffee], bool]]] = {
    "fruity, under $20 a 12 oz bag, nothing dark": (
        10,
        lambda c: bool(families(c) & set(FRUIT)) and dollars_per_100g(c) <= TWELVE_OUNCES_UNDER_20 and not is_dark(c),
    ),
    "decaf with chocolate": (3, lambda c: "decaf" in c["flags"] and "chocolate" in families(c)),
    "dark, chocolate and nuts": (3, lambda c: is_dark(c) and {"chocolate", "nutty"} <= families(c)),
    "natural Ethiopian with blueberry": (
        2,
        lambda c: "Ethiopia" in countries(c) and "natural" in processes(c) and any("blueberry" in n for n in c["notes"]),
    ),
    "washed Kenyan": (3, lambda c: "Kenya" in countries(c) and "washed" in processes(c)),
    "wet-hulled from Sumatra": (3, lambda c: "wet_hulled" in processes(c) and c.get("region") in ("Lintong", "Aceh")),
    "anaerobic Colombian": (2, lambda c: "Colombia" in countries(c) and "anaerobic" in processes(c)),
    "washed Gesha": (1, lambda c: c.get("variety") == "Gesha" and "washed" in processes(c)),
    "floral and light under $30 a 12 oz bag": (
        3,
        lambda c: "floral" in families(c) and c["roast_level"] == "Light" and dollars_per_100g(c) <= Decimal(30) / Decimal("3.402"),
    ),
    "espresso for milk": (3, lambda c: "espresso" in c["flags"] and c["body"] == "full" and c["acidity"] != "high"),
    "organic and fairly traded, medium": (3, lambda c: {"organic", "fair_trade"} <= set(c["flags"]) and c["roast_level"] == "Medium"),
    "low acidity, not dark": (5, lambda c: c["acidity"] == "low" and not is_dark(c)),
    "2,000 yen for 200 g, light": (
        2,
        lambda c: (
            c["roast_level"] == "Light" and any(o["currency"] == "JPY" and Decimal(o["price"]) / o["grams"] <= 12 for o in c["offers"])
        ),
    ),
}


@pytest.mark.parametrize("wish", WISHES)
def test_usual_wishes_find_something(wish: str) -> None:
    least, predicate = WISHES[wish]
    assert fits(predicate) >= least
