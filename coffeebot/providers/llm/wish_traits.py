"""From one line as a model writes it to the lines of a taste card: in the catalogue's values, and never firmer than it was said."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coffeebot.domain.canonical import canonical, values
from coffeebot.domain.flavour import canonical_note, find_notes
from coffeebot.domain.folding import plain
from coffeebot.domain.places import origins_in, regions_in
from coffeebot.domain.price_text import SYMBOLS
from coffeebot.domain.taste import Facet, Polarity, Source, Trait
from coffeebot.domain.units import BAG
from coffeebot.providers.llm.evidence import Words

CURRENCIES = frozenset({*SYMBOLS, "CHF", "MXN"})
_FEELS = (Facet.BODY, Facet.ACIDITY, Facet.SWEETNESS, Facet.BITTERNESS)
_HABITS = (Facet.BREW_METHOD, Facet.MILK, Facet.NOVELTY)


class Wish(BaseModel):
    """The shape of a line; what is not of this shape is not read."""

    model_config = ConfigDict(extra="forbid", strict=True)

    facet: Facet = Field(strict=False)
    value: str = Field(min_length=1, max_length=80)
    polarity: Polarity = Field(strict=False)
    strength: int = Field(ge=1, le=3)
    evidence: str = Field(min_length=1, max_length=200)
    amount: float | None = Field(ge=0.01, le=10_000_000, allow_inf_nan=False)
    currency: str | None = Field(max_length=8)
    grams: float | None = Field(ge=1, le=10_000, allow_inf_nan=False)


def traits_of(line: Any, message: Words) -> Iterator[Trait]:
    """The traits of one line: none when it is not true to its shape, to the catalogue, or to the words of the message."""
    try:
        wish = Wish.model_validate(line)
    except ValidationError:
        return
    if evidence := message.quote(wish.evidence):
        for facet, value in _meant(wish):
            trait = Trait(facet, value, wish.polarity, wish.strength, evidence, Source.LLM)
            match facet:
                case Facet.BUDGET | Facet.SCORE:
                    yield from _amount(trait, wish)
                case Facet.FLAG if value == "single_origin":
                    yield _single_origin(trait)
                case _ if facet in _FEELS or facet in _HABITS:
                    yield from _ranking(trait)
                case _:
                    yield trait


def _meant(wish: Wish) -> list[tuple[Facet, str]]:
    """The catalogue's own values for what a line says; none for what it does not know."""
    facet, said = wish.facet, wish.value
    found: list[tuple[Facet, str]] = []
    match facet:
        case Facet.BUDGET | Facet.SCORE:
            found += [(facet, said)] if said in ("min", "max") else []
        case Facet.ORIGIN | Facet.REGION:
            found += [(facet, country) for country in origins_in(said)] if facet is Facet.ORIGIN else []
            found += [(Facet.REGION, region) for region in regions_in(said)] if not found else []
        case Facet.NOTE | Facet.FLAVOUR if plain(said) in _families():
            found.append((Facet.FLAVOUR, _families()[plain(said)]))
        case Facet.NOTE:
            found += [(facet, canonical_note(said))] if find_notes(said, typos=True) else []
        case Facet.ROASTER:
            found += [(facet, " ".join(said.split()))] if plain(said) in plain(wish.evidence) else []
        case _:
            value = canonical(facet, said)
            found += [(Facet.DECAF if value == "decaf" else facet, value)] if value else []
    return found


@lru_cache(maxsize=1)
def _families() -> dict[str, str]:
    return {plain(family.replace("_", " ")): family for family in values()[Facet.FLAVOUR]}


def _amount(trait: Trait, wish: Wish) -> Iterator[Trait]:
    """A limit that was named in words with a number in them may exclude; another is a wish."""
    if wish.amount is None or trait.polarity is Polarity.AVOID:
        return
    amount, currency = Decimal(str(wish.amount)).quantize(Decimal("0.01")), (wish.currency or "").upper()
    if not any(character.isnumeric() for character in trait.evidence):
        trait = replace(trait, polarity=Polarity.WANT, strength=1)
    if trait.facet is Facet.SCORE and amount <= 100:
        yield replace(trait, amount=amount)
    elif trait.facet is Facet.BUDGET and currency in CURRENCIES:
        grams = Decimal(str(wish.grams or BAG)).quantize(Decimal("0.01"))
        yield replace(trait, amount=amount, currency=currency, grams=BAG if abs(grams - BAG) < 1 else grams)


def _single_origin(trait: Trait) -> Trait:
    """It is the contrary of a blend."""
    if trait.polarity is Polarity.AVOID:
        return replace(trait, value="blend", polarity=Polarity.WANT)
    strength = 1 if trait.polarity is Polarity.WANT else max(2, trait.strength)
    return replace(trait, value="blend", polarity=Polarity.AVOID, strength=strength)


def _ranking(trait: Trait) -> Iterator[Trait]:
    """How a coffee feels and how it is drunk only ranks; not to drink it somehow says nothing."""
    if trait.polarity is not Polarity.AVOID:
        yield replace(trait, polarity=Polarity.WANT)
    elif trait.facet in _FEELS:
        yield replace(trait, strength=1)
