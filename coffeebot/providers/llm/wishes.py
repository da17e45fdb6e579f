"""A profile in a few words, as one says it back: "light, washed coffees from Kenya with citrus, under $20 a bag"."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from coffeebot.domain.price_text import amount, grams
from coffeebot.domain.speech import listed, say, term
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.domain.units import BAG

_BEFORE = (Facet.ROAST, Facet.PROCESS, Facet.FLAG, Facet.DECAF)
WISHED = (*_BEFORE, Facet.REGION, Facet.ORIGIN, Facet.FLAVOUR, Facet.NOTE)  # what is said of a coffee


def wish(profile: Sequence[Trait], language: str, *, one: bool = False) -> str:
    """The wished-for coffee as a noun phrase, empty when nothing was wished for."""
    told = [t for t in profile if t.polarity is not Polarity.AVOID]
    avoided = [t for t in profile if t.polarity is Polarity.AVOID and t.facet in (Facet.FLAVOUR, Facet.NOTE)]
    parts = _around(told, avoided, language)
    adjectives = _adjectives(told, language)
    if not (parts or adjectives):
        return ""
    noun = say("coffee.one" if one else "coffee.many", language)
    return "".join([*parts, *adjectives, noun]) if language == "ja" else " ".join([*adjectives, noun, *parts])


def _values(traits: Iterable[Trait], *facets: Facet) -> list[str]:
    return list(dict.fromkeys(t.value for t in traits if t.facet in facets))


def _adjectives(told: Sequence[Trait], language: str) -> list[str]:
    """Roasts that are alternatives read "light or medium"; here the first few, so that a sentence stays one."""
    found = []
    for facet in _BEFORE:
        values = [v for v in _values(told, facet) if v != "espresso"]
        if 0 < len(values) <= 2:
            joint = " or " if language != "ja" else "か"
            found.append(joint.join(term(v, language) for v in values))
    return found


def _around(told: Sequence[Trait], avoided: Sequence[Trait], language: str) -> list[str]:
    parts = []
    places = [p.title() if p.islower() else term(p, language) for p in _values(told, Facet.REGION) or _values(told, Facet.ORIGIN)]
    if 0 < len(places) <= 3:
        parts.append(say("wish.from", language, places=listed(places, language) if language == "ja" else " or ".join(places)))
    flavours = [term(v, language) for v in _values(told, Facet.FLAVOUR, Facet.NOTE)]
    if flavours:
        parts.append(say("wish.with", language, flavours=listed(flavours[:4], language)))
    if avoided:
        parts.append(say("wish.without", language, flavours=listed([term(t.value, language) for t in avoided[:2]], language)))
    brewers = _values(told, Facet.BREW_METHOD)
    if brewers:
        parts.append(say("wish.for", language, brewer=term(brewers[-1], language)))
    parts += [_budget(t, language) for t in told if t.facet is Facet.BUDGET and t.value == "max"]
    return parts


def _budget(trait: Trait, language: str) -> str:
    bag = trait.grams is None or abs(trait.grams - BAG) < 1
    size = say("size.bag", language) if bag else say("size.grams", language, grams=grams(trait.grams or 0))
    limit = amount(trait.amount or Decimal(0), trait.currency or "USD", language=language)
    return say("wish.budget", language, amount=limit, size=size)
