"""A coffee in a few words, and the fact that keeps or breaks a wish: nothing that its roaster does not state."""

from typing import Any

from coffeebot.domain.coffee import to_minor
from coffeebot.domain.price_text import grams, money
from coffeebot.domain.query import Candidate
from coffeebot.domain.reasons import family_notes, place
from coffeebot.domain.reasons import notes as leading_notes
from coffeebot.domain.speech import listed, note, say, term
from coffeebot.domain.taste import Facet, Polarity, Trait

_NOUN = {"natural": "natural"}  # a process that is a noun by itself in English
_VOWELS = "aeiou"


def notes(coffee: Candidate, language: str) -> str:
    return leading_notes(coffee, language=language) or coffee.roaster


def make(coffee: Candidate, language: str) -> str:
    """ "a light natural from Guji, Ethiopia", as far as it is known."""
    return _japanese_make(coffee) if language == "ja" else _english_make(coffee)


def _english_make(coffee: Candidate) -> str:
    kind = "decaf" if coffee.decaf else "blend" if "blend" in coffee.flags else "coffee"
    how = [term(process) for process in coffee.processes[:2]]
    if how and kind == "coffee" and coffee.processes[-1] in _NOUN:
        kind = how.pop()
    words = " ".join([*([term(coffee.roast)] if coffee.roast else []), *how, kind])
    where = place(coffee)
    from_where = f" {'of' if kind == 'blend' else 'from'} {where}" if where else ""
    return f"{'an' if words[0] in _VOWELS else 'a'} {words}{from_where}"


def _japanese_make(coffee: Candidate) -> str:
    how = "の".join([*([term(coffee.roast, "ja")] if coffee.roast else []), *(term(p, "ja") for p in coffee.processes[:1])])
    kind = "デカフェ" if coffee.decaf else "ブレンド" if "blend" in coffee.flags else ""
    parts = [place(coffee, "ja"), "の".join(part for part in (how, kind) if part)]
    return "、".join(part for part in parts if part) or coffee.roaster


def a_brewer(brewer: str, language: str) -> str:
    """ "an AeroPress"; espresso and cold brew are no things."""
    name = term(brewer, language)
    if language == "ja" or brewer in ("espresso", "cold_brew", "milk"):
        return name
    return f"{'an' if name[0].lower() in _VOWELS else 'a'} {name}"


def variety(name: str) -> str:
    """ "SL28", "Red Bourbon"."""
    return name.upper() if any(ch.isdigit() for ch in name) else name.title()


def scales(coffee: Candidate, language: str) -> str:
    """ "high in acidity, light in body", as far as it is stated; empty when nothing is."""
    told = []
    for facet, value in (("acidity", coffee.acidity), ("body", coffee.body), ("sweetness", coffee.sweetness)):
        if value:
            name, word = say(f"facet.{facet}", language), term(value, language)
            told.append(f"{name}は{word}" if language == "ja" else f"{word} in {name}")
    return listed(told, language)


def price(coffee: Candidate, language: str) -> dict[str, Any] | None:
    """What the last look at the shop found: the price, its weight and the price per 100 g."""
    if coffee.amount_minor is None or coffee.currency is None or coffee.grams is None or coffee.price_per_100g_minor is None:
        return None
    return {
        "price": money(coffee.amount_minor, coffee.currency, language=language),
        "grams": grams(coffee.grams),
        "per_100g": money(coffee.price_per_100g_minor, coffee.currency, language=language),
    }


def fact(coffee: Candidate, trait: Trait, language: str) -> str:
    """What the coffee has where a trait wishes for something: "it is roasted dark"."""
    match trait.facet:
        case Facet.ROAST if coffee.roast:
            return say("fact.roast", language, roast=term(coffee.roast, language))
        case Facet.PROCESS if coffee.processes:
            return say("fact.process", language, process=listed((term(p, language) for p in coffee.processes), language))
        case Facet.ORIGIN | Facet.REGION if coffee.origins:
            return say("fact.origin", language, place=place(coffee, language))
        case Facet.FLAVOUR | Facet.NOTE if coffee.notes:
            return _notes_fact(coffee, trait, language)
        case Facet.BUDGET if cost := price(coffee, language):
            limit = trait.per_100g if trait.currency == coffee.currency else None
            if limit is None or trait.currency is None:
                return say("fact.price", language, **cost)
            return say("fact.over", language, limit=money(to_minor(limit, trait.currency), trait.currency, language=language), **cost)
        case Facet.DECAF:
            return term("decaf", language) if coffee.decaf else say("fact.decaf", language)
        case Facet.SCORE if coffee.score is not None:
            return say("fact.score", language, score=f"{coffee.score.normalize():f}")
        case Facet.VARIETY if coffee.varieties:
            return say("fact.variety", language, variety=listed(map(variety, coffee.varieties[:2]), language))
        case Facet.FLAG if trait.value in ("blend", "single_origin"):
            return say("fact.blend" if "blend" in coffee.flags else "fact.single", language)
        case Facet.ROASTER | Facet.ROASTER_COUNTRY:
            return say("fact.roaster", language, roaster=coffee.roaster)
    return _scale_fact(coffee, trait, language)


def _notes_fact(coffee: Candidate, trait: Trait, language: str) -> str:
    held = family_notes(coffee, trait.value) if trait.facet is Facet.FLAVOUR else [n for n in coffee.notes if trait.value in n.lower()]
    if held:
        verb = "is" if len(held) == 1 else "are"
        return say("fact.notes", language, notes=listed((note(n, language) for n in held[:3]), language), verb=verb)
    return say("fact.no_notes", language, notes=notes(coffee, language))


def _scale_fact(coffee: Candidate, trait: Trait, language: str) -> str:
    held = {Facet.BODY: coffee.body, Facet.ACIDITY: coffee.acidity, Facet.SWEETNESS: coffee.sweetness}.get(trait.facet)
    if held:
        return say(f"fact.{trait.facet}", language, value=term(held, language))
    if trait.facet is Facet.FLAG and trait.value in coffee.flags and trait.polarity is not Polarity.AVOID:
        return say("reason.flag", language, flag=term(trait.value, language)).rstrip(".。").lower()
    return say("fact.other", language)


def lowered(text: str) -> str:
    """A sentence as it goes on after a colon; a name, a sum or a short form keeps its capital."""
    first = text.split(" ", 1)[0]
    return text if first[1:] != first[1:].lower() or not first[:1].isalpha() else text[:1].lower() + text[1:]
