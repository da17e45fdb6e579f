"""Short ways to make domain values in tests."""

from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from coffeebot.domain.query import Candidate, Contender


def candidate(name: str = "Lantern Hill", **facts: Any) -> Candidate:
    """A light natural from Guji with berries, 250 g for 16 dollars, unless told otherwise."""
    usual: dict[str, Any] = {
        "id": uuid4(),
        "external_id": name.lower().replace(" ", "-"),
        "slug": name.lower().replace(" ", "-"),
        "name": name,
        "roaster": "Porch Light Roasters",
        "roaster_country": "United States",
        "origins": ("Ethiopia",),
        "regions": ("guji",),
        "processes": ("natural",),
        "varieties": (),
        "roast": "Light",
        "families": ("berry", "chocolate"),
        "notes": ("blueberry", "strawberry", "milk chocolate"),
        "flags": (),
        "acidity": None,
        "body": None,
        "sweetness": None,
        "decaf": False,
        "score": None,
        "image": None,
        "sample": False,
        "offer_id": uuid4(),
        "grams": Decimal(250),
        "amount_minor": 1600,
        "currency": "USD",
        "in_stock": True,
        "url": "https://porchlight.example/lantern-hill",
        "seen_at": None,
        "price_per_100g_minor": 640,
        "relevance": 1.0,
    }
    return Candidate(**{**usual, **facts})


def contender(name: str = "Lantern Hill", *, roaster: str = "Porch Light Roasters", **facts: Any) -> Contender:
    """The same coffee as the ranker sees it, 6 dollars for 100 g."""
    usual: dict[str, Any] = {
        "id": uuid4(),
        "name": name,
        "roaster": uuid5(NAMESPACE_URL, roaster),
        "origins": ("Ethiopia",),
        "processes": ("natural",),
        "families": ("berry", "chocolate"),
        "roast": "Light",
        "dollars": 6.0,
        "relevance": 1.0,
    }
    return Contender(**{**usual, **facts})
