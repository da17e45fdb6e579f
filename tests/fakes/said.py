"""What the scripted barista says, and finds on its shelf."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from coffeebot.domain.turn import Choice, Pick, Price, Question, Reason, TraitLine, UnitPrice

NAMESPACE = UUID("6f6b5e0e-6a55-4b65-9d3f-0d6a1d1f1c11")
COFFEES, FITTING, MOST_CHARS = 412, 38, 2000
REMEMBERED, THINKING = 150, 4.0  # messages; seconds

BEFORE = (
    "Then stay with naturals, and go a little rounder than the bag you remember. These three keep to your limit, and in all of "
    "them the sweetness comes from the fruit and not from acid. "
)
AFTER = (
    "\n\nIf you take only one, take **Blueberry Weather**: it is the nearest to the cup you describe. Choose **Velvet Hour** if the "
    "place by the harbour was more about the warmth than about the berry, and *Plum Rain* for an evening."
)
LONG = "\n\nA word on brewing. " + "Grind a little coarser than you think, pour slowly, and taste again when it has cooled. " * 12


def trait(facet: str, value: str, label: str, evidence: str, *, polarity: str = "must", strength: int = 2) -> TraitLine:
    return TraitLine(
        id=uuid5(NAMESPACE, facet + value), facet=facet, value=value, polarity=polarity, strength=strength, label=label, evidence=evidence,
        source="rules", created_at=datetime.now(UTC),
    )  # fmt: skip


TRAITS = (
    trait("budget", "max", "At most $20 a bag", "up to 20 dollars"),
    trait("flavour", "fruity", "Fruity", "like blueberry jam", strength=3),
    trait("note", "milk chocolate", "Milk chocolate", "a little chocolate", polarity="want"),
    trait("process", "natural", "Natural process", "a natural Ethiopian", polarity="want", strength=1),
    trait("flavour", "roasted", "Roasted, smoky", "nothing burnt", polarity="avoid"),
    trait("acidity", "high", "Bright acidity", "not too sour", polarity="avoid"),
    trait("brew_method", "v60", "V60", "V60 every morning"),
)


def pick(number: int, name: str, roaster: str, **over: Any) -> Pick:
    facts: dict[str, Any] = {
        "origin": "Ethiopia, Guji", "process": "natural", "roast": "Medium-Light", "family": "fruity", "altitude_masl": (1950, 1950),
        "notes": ("blueberry jam", "ripe plum", "milk chocolate"), "price": Price(1450, "USD", 250.0),
        "price_per_100g": UnitPrice(580, "USD"), "price_seen_at": datetime.now(UTC), "in_stock": True, "sample": True, "link": None,
    }  # fmt: skip
    slug = name.lower().replace(" ", "-")
    facts |= over
    facts.setdefault("image", f"/plates/{facts['family']}/{slug}.svg")
    return Pick(id=uuid5(NAMESPACE, name), external_id=str(number), slug=slug, coffee_name=name, roaster=roaster, **facts)


PICKS = (
    pick(
        1, "Blueberry Weather", "Nine Lamps Roastery", trade_off="You give up the floral lift: this is jam, not jasmine.", sample=False,
        affiliate=True, link=f"/go/{uuid5(NAMESPACE, 'offer')}",
        reasons=(
            Reason("It is the first thing in the cup: cherries dried whole for 21 days.", quote="like blueberry jam"),
            Reason("Roasted for filter, and forgiving of a coarse grind.", quote="V60 every morning"),
        ),
    ),
    pick(
        2, "Plum Rain", "Slow Comet Coffee", family="fermented", origin="Burundi, Kayanza", notes=("black plum", "red wine", "brown sugar"),
        altitude_masl=(1700, 1900), price=Price(1380, "USD", 250.0),
        price_per_100g=UnitPrice(552, "USD"), trade_off="It ends a little winey.", roast="Light",
        reasons=(Reason("The cheapest of the three fruit-forward ones.", quote="up to 20 dollars"),),
    ),
    pick(
        3, "Velvet Hour", "Thimble & Oak", family="cocoa", origin="Brazil, Cerrado", notes=("cherry chocolate", "hazelnut", "fudge"),
        altitude_masl=None, price=Price(1190, "USD", 250.0),
        price_per_100g=UnitPrice(476, "USD"), roast="Medium", process="honey", sample=False,
        trade_off="You give up most of the blueberry for comfort.",
        reasons=(Reason("Cherry under chocolate, softer than you described.", quote="a little chocolate"),),
    ),
)  # fmt: skip

QUESTION = Question(
    facet="process", text="how wild may the fruit be?", left=FITTING, left_if=9,
    choices=(Choice("Clean and sweet", 9), Choice("A little winey", 12), Choice("Wild, boozy", 5)),
)  # fmt: skip
