"""A small shelf of coffees for tests, and an embedder that needs no model."""

import hashlib
import json
import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coffeebot.providers.embedding import Vector


class WordEmbedder:
    """Texts with common words come out near each other; `texts` counts what it was given."""

    name = "words"

    def __init__(self) -> None:
        self.texts: list[str] = []

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        self.texts += texts
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> Vector:
        vector = [0.0] * 384
        for word in re.findall(r"\w+", text.lower()) or ["nothing"]:
            vector[int.from_bytes(hashlib.sha256(word.encode()).digest()[:4]) % 384] += 1
        length = math.sqrt(sum(x * x for x in vector))
        return [x / length for x in vector]


def coffee(name: str, **columns: Any) -> dict[str, Any]:
    """A row as a file has it: a medium blend-free coffee of Corner Roasters, 12 oz for 16 dollars, unless told otherwise."""
    usual: dict[str, Any] = {
        "id": name.lower().replace(" ", "-"),
        "name": name,
        "roaster": "Corner Roasters",
        "price": 16,
        "currency": "USD",
        "grams": 340,
    }
    return {key: value for key, value in {**usual, **columns}.items() if value is not None}


SHELF = (
    coffee(
        "Berry Window",
        origin="Ethiopia",
        region="Guji",
        process="natural",
        roast="Light",
        notes="blueberry; dried strawberry; cacao nib",
        score=93,
    ),
    coffee(
        "White Porch",
        origin="Ethiopia",
        region="Yirgacheffe",
        process="washed",
        roast="Light",
        notes="jasmine; bergamot; lemon zest",
        score=95,
        price=24,
    ),
    coffee("Night Train", origin="Brazil", process="natural", roast="Dark", notes="dark chocolate; walnut; molasses", price=12),
    coffee(
        "Grove Street",
        origin="Colombia",
        region="Huila",
        process="washed",
        roast="Medium",
        notes="caramel; red apple; hazelnut",
        variety="Pink Bourbon",
    ),
    coffee(
        "Two Rivers Blend",
        origin="Brazil; Ethiopia",
        process="washed; natural",
        roast="Medium",
        notes="milk chocolate; orange; almond",
        flags="blend; espresso",
    ),
    coffee(
        "Quiet Decaf",
        origin="Colombia",
        process="washed",
        roast="Medium-Dark",
        notes="cocoa; brown sugar",
        flags="decaf",
        roaster="Sleepy Hollow",
    ),
    coffee(
        "Fog Harbour",
        origin="Indonesia",
        process="wet-hulled",
        roast="Medium-Dark",
        notes="cedar; pipe tobacco; dark chocolate",
        roaster="Sleepy Hollow",
    ),
    coffee(
        "Kissaten No. 3",
        origin="Guatemala",
        process="washed",
        notes="dark chocolate; toffee",
        roaster="Aoi Coffee",
        roaster_country="Japan",
        price=1800,
        currency="JPY",
        grams=200,
    ),
    coffee("Unpriced Pearl", origin="Ethiopia", roast="Light", notes="peach; honeysuckle", price=None, currency=None, grams=None),
    coffee("Mystery Bag", price=15),
)


def write_jsonl(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
