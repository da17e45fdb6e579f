"""One field's loose text as the catalogue has it: what the importer and a shop's reader both call, as plain values for JSON."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from coffeebot.domain.places import country_of, origins_in
from coffeebot.domain.price_tags import price_tag
from coffeebot.domain.process_names import process_label
from coffeebot.domain.tasting import label_notes
from coffeebot.domain.variety_names import variety_names
from coffeebot.domain.vocabulary import find_roast
from coffeebot.domain.wares import refusal
from coffeebot.domain.weights import weight

_ROAST_LABEL = re.compile(r"^\W*(?:roast(?:ing)?(?: (?:level|degree|profile|type|style))?|level of roast)\s*[:：–-]\s*", re.IGNORECASE)
Context = Mapping[str, Any]
Values = dict[str, Any]


def _process(text: str, _: Context) -> Values:
    label = process_label(text)
    return {"processes": list(label.kinds), "decaf": label.decaf}


def _variety(text: str, _: Context) -> Values:
    return {"varieties": list(variety_names(text))}


def _price(text: str, context: Context) -> Values:
    tag = price_tag(text, currency=context.get("currency"))
    if tag is None:
        return {}
    return {"amount_minor": tag.amount_minor, "currency": tag.currency, "grams": float(tag.grams) if tag.grams else None}


def _weight(text: str, _: Context) -> Values:
    """A feed's own weight is that of the parcel, and not asked."""
    grams = weight(text)
    return {"grams": round(grams) if grams else None}


def _roast(text: str, _: Context) -> Values:
    return {"roast": find_roast(text) or find_roast(_ROAST_LABEL.sub("", text))}


def _notes(text: str, _: Context) -> Values:
    return {"notes": list(label_notes(text))}


def _origin(text: str, _: Context) -> Values:
    inside = country_of(text)
    return {"origins": list(origins_in(text) or ((inside,) if inside else ()))}


def _classify(text: str, context: Context) -> Values:
    return {
        "refused": refusal(
            text,
            kind=str(context.get("product_type") or ""),
            vendor=str(context.get("vendor") or ""),
            tags=[str(tag) for tag in context.get("tags") or ()],
            price=context.get("price"),
        )
    }


FIELDS: dict[str, Callable[[str, Context], Values]] = {
    "process": _process,
    "variety": _variety,
    "price": _price,
    "weight": _weight,
    "roast": _roast,
    "notes": _notes,
    "origin": _origin,
    "classify": _classify,
}


def normalise(field: str, text: str, context: Context) -> Values:
    """What one field's text means. KeyError for a field that is none of FIELDS; no text raises anything else."""
    return FIELDS[field](text, context)
