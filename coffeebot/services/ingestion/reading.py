"""What an item of a shop turned out to be, cut to what the catalogue can hold."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from coffeebot.domain.coffee import CoffeeFacts, OfferFacts
from coffeebot.services.columns import MAX_AMOUNT_MINOR, MAX_LIST, MAX_NAME, MAX_PROSE

MOST_GRAMS = Decimal(1_000_000)
MAX_ADDRESS = 2000
_CENT = Decimal("0.01")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL's text and JSON hold neither


@dataclass(frozen=True, slots=True)
class Reading:
    """`facts` of a coffee, or why it is none in `refused`. `warnings` name what of the item could not be used."""

    name: str
    facts: CoffeeFacts | None = None
    refused: str = ""
    warnings: tuple[str, ...] = ()


Reader = Callable[[Mapping[str, Any]], Reading]
"""An item's stored payload, read. It raises nothing."""


def storable(value: Any) -> Any:
    """JSON without what PostgreSQL cannot hold."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {storable(str(name)): storable(item) for name, item in value.items()}
    return [storable(item) for item in value] if isinstance(value, list | tuple) else value


def fitting(reading: Reading) -> Reading:
    """The reading as the catalogue's columns can hold it; offers that they cannot are left out, and said."""
    if reading.facts is None:
        return replace(reading, name=reading.name[:MAX_NAME])
    facts = reading.facts
    fit = [replace(offer, grams=offer.grams.quantize(_CENT), url=_address(offer.url)) for offer in facts.offers if _fits(offer)]
    offers = tuple({(offer.grams, offer.grind, offer.currency): offer for offer in fit}.values())
    cut = replace(
        facts,
        name=facts.name[:MAX_NAME],
        description=facts.description[:MAX_PROSE],
        origins=_entries(facts.origins),
        regions=_entries(facts.regions),
        varieties=_entries(facts.varieties),
        notes=_entries(facts.notes),
        farm=(facts.farm or "")[:MAX_NAME] or None,
        producer=(facts.producer or "")[:MAX_NAME] or None,
        image=_address(facts.image),
        offers=offers,
    )
    warnings = reading.warnings if len(fit) == len(facts.offers) else (*reading.warnings, "a price or size out of range")
    return replace(reading, name=cut.name, facts=cut, warnings=warnings)


def _fits(offer: OfferFacts) -> bool:
    sound = _CENT <= offer.grams < MOST_GRAMS and 0 < offer.amount_minor <= MAX_AMOUNT_MINOR
    return sound and offer.per_100g_minor <= MAX_AMOUNT_MINOR and len(offer.currency) == 3


def _entries(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value[:MAX_NAME] for value in values[:MAX_LIST])


def _address(url: str | None) -> str | None:
    """A web address that a shopper may be sent to; None for all else."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    sound = parts.scheme in ("http", "https") and parts.hostname and len(url or "") <= MAX_ADDRESS
    return url if sound and not re.search(r"\s", url or "") else None
