"""What the normaliser found as one line of JSON."""

from typing import Any

from coffeebot.domain.coffee import OfferFacts
from scrapers.normaliser.coffee import Coffee, Refused, process_words, variety_name


def line(found: Coffee | Refused) -> dict[str, Any]:
    """A coffee's facts, or `{"refused": code, "name": …}`. Null or an empty list is unknown; `altitude_masl` is [lowest, highest]."""
    if isinstance(found, Refused):
        return {"refused": str(found.code), "name": found.name, "external_id": found.external_id}
    facts = found.facts
    return {
        "external_id": facts.external_id,
        "name": facts.name,
        "url": found.url,
        "offers": list(map(_offer, facts.offers)),
        "origin": list(facts.origins) or None,
        "region": list(facts.regions) or None,
        "farm": facts.farm,
        "producer": facts.producer,
        "altitude_masl": list(facts.altitude_masl) if facts.altitude_masl else None,
        "process": process_words(facts) or None,
        "varieties": list(map(variety_name, facts.varieties)),
        "roast": facts.roast.value.lower() if facts.roast else None,
        "notes": list(facts.notes),
        "families": list(facts.families),
        "flags": [str(flag) for flag in facts.flags],
        "decaf": facts.decaf,
        "blend": facts.blend,
        "acidity": facts.acidity,
        "body": facts.body,
        "sweetness": facts.sweetness,
        "image": facts.image,
        "evidence": facts.evidence,
        "warnings": list(found.warnings),
    }


def _offer(offer: OfferFacts) -> dict[str, Any]:
    grams = round(offer.grams, 1)
    return {
        "grams": int(grams) if grams == int(grams) else float(grams),
        "amount_minor": offer.amount_minor,
        "currency": offer.currency,
        "in_stock": offer.in_stock,
        "grind": offer.grind,
        "url": offer.url,
    }
