"""What becomes of a coffee's facts when somebody tells new ones: which are kept, which change, and how that reads."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from coffeebot.domain.coffee import CoffeeFacts, OfferFacts, from_minor

CURATED = (
    "name",
    "origins",
    "regions",
    "farm",
    "producer",
    "altitude_masl",
    "processes",
    "varieties",
    "roast",
    "notes",
    "flags",
    "blend",
    "decaf",
    "acidity",
    "body",
    "sweetness",
    "image",
    "description",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field as it is and as it would be, in words; None where nothing is known."""

    field: str
    before: str | None
    after: str | None

    def as_json(self) -> dict[str, Any]:
        return {"field": self.field, "before": self.before, "after": self.after}


def known(value: Any) -> bool:
    return value is not None and value != () and value != ""


def merged(before: CoffeeFacts, told: CoffeeFacts, *, locked: Collection[str] = ()) -> CoffeeFacts:
    """The facts of `before` with those that `told` states. What it does not state is no news, and what is locked stays.

    Identity, score and offers stay those of `before`. Flavour families belong to the notes and come from where these come.
    """
    taken = {name: value for name in CURATED if name not in locked and _is_news(name, getattr(before, name), value := getattr(told, name))}
    if "flags" in taken:
        taken["flags"] = tuple(dict.fromkeys((*before.flags, *told.flags)))
    if "notes" in taken and told.families:
        taken["families"] = told.families
    evidence = {**before.evidence, **{name: told.evidence[name] for name in taken if name in told.evidence}}
    return replace(before, **taken, evidence=evidence) if taken else before


def unlocked(before: CoffeeFacts, told: CoffeeFacts, *, locked: Collection[str]) -> CoffeeFacts:
    """All of `told`, what it leaves empty too, but for the locked fields."""
    kept = {name: getattr(before, name) for name in CURATED if name in locked}
    if "notes" in locked:
        kept["families"] = before.families
    return replace(told, **kept)


def _is_news(name: str, before: Any, told: Any) -> bool:
    """Whether `told` says something else; another order of a list, spacing of prose or version of a picture is the same."""
    if not known(told) or told == before:
        return False
    match name:
        case "flags":
            return not set(told) <= set(before)
        case "description":
            return str(told).split() != str(before).split()
        case "image":
            return str(told).partition("?")[0] != str(before or "").partition("?")[0]
        case "altitude_masl":
            return True
    return not isinstance(told, tuple) or set(told) != set(before)


def differences(before: CoffeeFacts | None, after: CoffeeFacts) -> list[Difference]:
    """The curated fields in which two sets of facts differ; against None, every one that is known."""
    rows = ((name, told(getattr(before, name, None)), told(getattr(after, name))) for name in CURATED)
    return [Difference(name, old, new) for name, old, new in rows if old != new]


def provenance(
    facts: CoffeeFacts, origin: str, *, before: Mapping[str, str] | None = None, fields: Collection[str] = CURATED
) -> dict[str, str]:
    """Who wrote each known field: `origin` those of `fields`, of the others as `before` says."""
    return {**(before or {}), **{name: origin for name in CURATED if name in fields and known(getattr(facts, name))}}


def told(value: Any) -> str | None:
    """A field's value in words."""
    if not known(value):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "–".join(map(str, value)) + " m" if all(isinstance(part, int) for part in value) else ", ".join(map(str, value))
    return str(value)


def size(offer: OfferFacts) -> str:
    """Which offer of a coffee this is: "250 g", "250 g ground"."""
    return f"{offer.grams.normalize():f} g{'' if offer.grind == 'whole_bean' else f' {offer.grind}'}"


def price(offer: OfferFacts) -> str:
    return f"{from_minor(offer.amount_minor, offer.currency)} {offer.currency}{'' if offer.in_stock else ', sold out'}"
