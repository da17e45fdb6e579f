"""Why a coffee fits a profile, and what one gives up with it: only what its facts and the shopper's words support."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from coffeebot.domain.bearing import bears
from coffeebot.domain.coffee import from_minor, to_minor
from coffeebot.domain.flavour import GROUPS, families_of
from coffeebot.domain.price_text import grams, money
from coffeebot.domain.query import Candidate
from coffeebot.domain.speech import PHRASES, listed, note, say, sentence, term
from coffeebot.domain.taste import Facet, Polarity, Source, Trait
from coffeebot.domain.turn import Reason
from coffeebot.domain.vocabulary import DARK_LEVELS

LIGHT = ("Light", "Medium-Light")
DARK = DARK_LEVELS
CLEAN_BREWERS = ("v60", "chemex", "kalita", "pour_over", "filter", "drip", "siphon", "aeropress")
STRONG_BREWERS = ("espresso", "moka", "turkish")
BIG_BAG = Decimal(500)
EDGE = Decimal("0.92")  # of a budget: from here on it is worth saying

# what shoppers want to read first
_ORDER = [
    Facet.FLAVOUR, Facet.NOTE, Facet.BREW_METHOD, Facet.MILK, Facet.DECAF, Facet.PROCESS, Facet.ORIGIN, Facet.REGION, Facet.VARIETY,
    Facet.BODY, Facet.ACIDITY, Facet.SWEETNESS, Facet.BITTERNESS, Facet.FLAG, Facet.ROASTER, Facet.ROASTER_COUNTRY, Facet.SCORE,
    Facet.ROAST, Facet.BUDGET,
]  # fmt: skip


def place(coffee: Candidate, language: str = "en") -> str:
    """ "Guji, Ethiopia", as far as it is known."""
    countries = listed((term(c, language) for c in coffee.origins), language)
    region = coffee.regions[0].title() if len(coffee.origins) == 1 and coffee.regions else ""
    return f"{region}, {countries}" if region and language == "en" else f"{countries} {region}".strip()


def notes(coffee: Candidate, *, most: int = 3, language: str = "en") -> str:
    """Its leading tasting notes, or its families where it lists none."""
    words = [note(n, language) for n in coffee.notes[:most]] or [term(f, language) for f in coffee.families[:most]]
    return listed(words, language)


def family_notes(coffee: Candidate, family: str) -> tuple[str, ...]:
    """Those of its notes that belong to a family, or to a group of them such as "fruity"."""
    members = GROUPS.get(family, (family,))
    return tuple(held for held in coffee.notes if any(f in members for f in families_of(held)))


def reasons(
    coffee: Candidate, profile: Sequence[Trait], *, language: str = "en", most: int = 3, rates: Mapping[str, Decimal] | None = None
) -> tuple[Reason, ...]:
    """At most `most` reasons, each tied to a trait, no two that say the same.

    `rates` are dollars for one unit of each currency: what a price was compared by when the budget is in another one.
    """
    found: list[Reason] = []
    for trait in sorted(profile, key=lambda t: (t.polarity is Polarity.AVOID, _rank(t.facet))):
        text = _reason(coffee, trait, language, rates or {})
        if text and text not in (reason.text for reason in found):
            found.append(Reason(text=text, trait_id=trait.id, quote=trait.evidence))
    return tuple(found[:most])


def _rank(facet: Facet) -> int:
    return _ORDER.index(facet) if facet in _ORDER else len(_ORDER)


def _reason(coffee: Candidate, trait: Trait, language: str, rates: Mapping[str, Decimal]) -> str:
    if trait.polarity is Polarity.AVOID:
        return _avoided(coffee, trait, language)
    if trait.facet is Facet.BUDGET:
        return _budget(coffee, trait, language, rates)
    maker = _MAKERS.get(trait.facet)
    return sentence(maker(coffee, trait, language)) if maker else ""


def _avoided(coffee: Candidate, trait: Trait, language: str) -> str:
    if trait.facet is Facet.ROAST:
        return (
            say("reason.avoid_roast", language, roast=term(coffee.roast, language)) if coffee.roast and coffee.roast != trait.value else ""
        )
    if trait.facet in (Facet.FLAVOUR, Facet.NOTE):
        return say("reason.avoid_flavour", language) if coffee.notes and not family_notes(coffee, trait.value) else ""
    return ""


def _flavour(coffee: Candidate, trait: Trait, language: str) -> str:
    found = family_notes(coffee, trait.value)
    return say("reason.flavour", language, variant=len(coffee.name), notes=_named(found[:3], language)) if found else ""


def _note(coffee: Candidate, trait: Trait, language: str) -> str:
    found = [held for held in coffee.notes if trait.value in held.lower()]
    return say("reason.note", language, notes=_named(found[:2], language)) if found else ""


def _named(found: Sequence[str], language: str) -> str:
    return listed((note(held, language) for held in found), language)


def _brew(coffee: Candidate, trait: Trait, language: str) -> str:
    brewer = term(trait.value, language)
    words: dict[str, Any] = {"Roast": term(coffee.roast or "", language), "roast": term(coffee.roast or "", language), "brewer": brewer}
    if trait.value in CLEAN_BREWERS and coffee.roast in (*LIGHT, "Medium"):
        if coffee.processes == ("washed",) and coffee.roast in LIGHT:
            return say("reason.brew.clean", language, process=term("washed", language), **words)
        return say("reason.brew.light", language, **words)
    if trait.value in STRONG_BREWERS and coffee.roast in ("Medium", *DARK):
        return say("reason.brew.espresso", language, **words)
    if trait.value in ("french_press", "cold_brew") and coffee.body == "full":
        return say("reason.brew.full", language, **words)
    return ""


def _milk(coffee: Candidate, trait: Trait, language: str) -> str:
    if trait.value != "milk":
        return ""
    sweet = [*family_notes(coffee, "chocolate"), *family_notes(coffee, "nutty"), *family_notes(coffee, "caramel_sugar")]
    if sweet:
        return say("reason.milk", language, notes=_named(sweet[:2], language), body="")
    return say("reason.milk", language, variant=1, body=term("full", language), notes="") if coffee.body == "full" else ""


def _process(coffee: Candidate, trait: Trait, language: str) -> str:
    return say(f"reason.process_taste.{trait.value}", language) if trait.value in coffee.processes else ""


def _place(coffee: Candidate, trait: Trait, language: str) -> str:
    held = coffee.origins if trait.facet is Facet.ORIGIN else coffee.regions
    return say("reason.origin", language, place=place(coffee, language)) if trait.value in held else ""


def _roast(coffee: Candidate, trait: Trait, language: str) -> str:
    return say("reason.roast", language, roast=term(coffee.roast, language)) if coffee.roast and coffee.roast == trait.value else ""


def _budget(coffee: Candidate, trait: Trait, language: str, rates: Mapping[str, Decimal]) -> str:
    """What it costs, in the shopper's own currency too (≈) when the roaster's is another."""
    if coffee.amount_minor is None or coffee.currency is None or coffee.grams is None or coffee.price_per_100g_minor is None:
        return ""
    per_100g = money(coffee.price_per_100g_minor, coffee.currency, language=language)
    implied = trait.strength == 1 and trait.source is not Source.SHOPPER and not any(map(str.isdigit, trait.evidence))  # "cheaper"
    asked = coffee.currency if implied or trait.currency is None else trait.currency
    if asked != coffee.currency and asked in rates and coffee.currency in rates:
        converted = from_minor(coffee.price_per_100g_minor, coffee.currency) * rates[coffee.currency] / rates[asked]
        per_100g = f"≈\u00a0{money(to_minor(converted, asked), asked, language=language)}"
    price = money(coffee.amount_minor, coffee.currency, language=language)
    if coffee.grams == 100 and asked == coffee.currency:
        return say("reason.price", language, price=price)
    return say("reason.budget", language, price=price, grams=grams(coffee.grams), per_100g=per_100g)


def _variety(coffee: Candidate, trait: Trait, language: str) -> str:
    return say("reason.variety", language, variety=sentence(trait.value)) if trait.value in coffee.varieties else ""


def _score(coffee: Candidate, trait: Trait, language: str) -> str:
    return say("reason.score", language, score=f"{coffee.score.normalize():f}") if coffee.score is not None else ""


def _decaf(coffee: Candidate, trait: Trait, language: str) -> str:
    return say("reason.decaf", language) if coffee.decaf else ""


def _flag(coffee: Candidate, trait: Trait, language: str) -> str:
    if trait.value not in coffee.flags:
        return ""
    own = f"reason.flag.{trait.value}"
    return say(own if own in PHRASES[language] else "reason.flag", language, flag=term(trait.value, language))


def _roaster(coffee: Candidate, trait: Trait, language: str) -> str:
    return say("reason.roaster", language, roaster=coffee.roaster)


def _scale(coffee: Candidate, trait: Trait, language: str) -> str:
    held = {Facet.BODY: coffee.body, Facet.ACIDITY: coffee.acidity, Facet.SWEETNESS: coffee.sweetness}[trait.facet]
    if held != trait.value:
        return ""
    words: dict[str, Any] = {str(trait.facet): sentence(term(held, language))}
    return say(f"reason.{trait.facet}", language, **words)


def _bitterness(coffee: Candidate, trait: Trait, language: str) -> str:
    return (
        say(f"reason.bitterness.{trait.value}", language, roast=term(coffee.roast, language))
        if coffee.roast and bears(coffee, trait)
        else ""
    )


_MAKERS: dict[Facet, Callable[[Candidate, Trait, str], str]] = {
    Facet.FLAVOUR: _flavour,
    Facet.NOTE: _note,
    Facet.BREW_METHOD: _brew,
    Facet.MILK: _milk,
    Facet.PROCESS: _process,
    Facet.ORIGIN: _place,
    Facet.REGION: _place,
    Facet.ROAST: _roast,
    Facet.VARIETY: _variety,
    Facet.SCORE: _score,
    Facet.DECAF: _decaf,
    Facet.FLAG: _flag,
    Facet.ROASTER: _roaster,
    Facet.ROASTER_COUNTRY: _roaster,
    Facet.BODY: _scale,
    Facet.ACIDITY: _scale,
    Facet.SWEETNESS: _scale,
    Facet.BITTERNESS: _bitterness,
}
