"""What one gives up with a coffee: one honest line, the weightiest first."""

from collections.abc import Iterator, Sequence
from typing import Any

from coffeebot.domain.coffee import to_minor
from coffeebot.domain.price_text import grams
from coffeebot.domain.query import Candidate
from coffeebot.domain.reasons import BIG_BAG, CLEAN_BREWERS, DARK, EDGE, LIGHT, STRONG_BREWERS
from coffeebot.domain.speech import listed, say, sentence, term
from coffeebot.domain.taste import Facet, Polarity, Trait

_SCALES = {Facet.BODY: "trade.body", Facet.ACIDITY: "trade.acidity"}


def trade_off(
    coffee: Candidate, others: Sequence[Candidate], profile: Sequence[Trait], *, language: str = "en", said: Sequence[str] = ()
) -> str:
    """One sentence, by preference none of those already `said` of the coffees beside it."""
    found = list(_all(coffee, others, profile, language))
    fresh = [text for text in found if text not in said]
    return sentence((fresh or found)[0])


def _all(coffee: Candidate, others: Sequence[Candidate], profile: Sequence[Trait], language: str) -> Iterator[str]:
    if not coffee.in_stock:
        yield say("trade.sold_out", language)
    wishes = [t for t in profile if t.polarity is not Polarity.AVOID]
    yield from _unmet(coffee, wishes, language)
    yield from _price(coffee, others, wishes, language)
    yield from _missing(coffee, others, language)
    yield from _nature(coffee, language)


def _unmet(coffee: Candidate, wishes: Sequence[Trait], language: str) -> Iterator[str]:
    for trait in wishes:
        roast, brewer = term(coffee.roast or "", language), term(trait.value, language)
        if trait.facet is Facet.MILK and trait.value == "milk" and coffee.body == "light":
            yield say("trade.milk_light", language)
        elif trait.facet is Facet.BREW_METHOD and trait.value in CLEAN_BREWERS and coffee.roast in DARK:
            yield say("trade.brew_dark", language, roast=roast, brewer=brewer)
        elif trait.facet is Facet.BREW_METHOD and trait.value in STRONG_BREWERS and coffee.roast in LIGHT:
            yield say("trade.brew_light", language, roast=roast, brewer=brewer)
        elif trait.facet in _SCALES:
            held = coffee.body if trait.facet is Facet.BODY else coffee.acidity
            if held and held != trait.value:
                words: dict[str, Any] = {str(trait.facet): sentence(term(held, language)), "wanted": term(trait.value, language)}
                yield say(_SCALES[trait.facet], language, **words)


def _price(coffee: Candidate, others: Sequence[Candidate], wishes: Sequence[Trait], language: str) -> Iterator[str]:
    if coffee.price_per_100g_minor is None or coffee.currency is None:
        return
    limits = [t.per_100g for t in wishes if t.facet is Facet.BUDGET and t.value == "max" and t.currency == coffee.currency]
    if any(limit and coffee.price_per_100g_minor >= to_minor(limit, coffee.currency) * EDGE for limit in limits):
        yield say("trade.budget_edge", language)
    same = [c.price_per_100g_minor for c in others if c.currency == coffee.currency and c.price_per_100g_minor is not None]
    if len(same) > 1 and coffee.price_per_100g_minor == max(same) > 1.25 * min(same):
        yield say("trade.dearest", language)
    if coffee.grams and coffee.grams >= BIG_BAG:
        yield say("trade.large", language, grams=grams(coffee.grams))


def _missing(coffee: Candidate, others: Sequence[Candidate], language: str) -> Iterator[str]:
    """A family that every other coffee offered has, and this one has not."""
    shared = set.intersection(*(set(c.families) for c in others if c.id != coffee.id)) if len(others) > 1 else set()
    missing = sorted(shared - set(coffee.families))
    if missing:
        yield say("trade.missing", language, missing=listed((term(f, language) for f in missing[:1]), language))


def _nature(coffee: Candidate, language: str) -> Iterator[str]:
    roast = term(coffee.roast or "", language)
    if coffee.roast in DARK:
        yield say("trade.dark", language, roast=roast)
    for process in ("anaerobic", "wet_hulled", "natural", "honey"):
        if process in coffee.processes:
            yield say(f"trade.{process}", language)
    if coffee.roast == "Light":
        yield say("trade.light", language, roast=roast)
    if "washed" in coffee.processes:
        yield say("trade.washed", language)
    if not coffee.processes:
        yield say("trade.unknown_process", language)
    yield say("trade.plain", language)
