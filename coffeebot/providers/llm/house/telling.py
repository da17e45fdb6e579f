"""The prose about one coffee: all that is stated of it, what was asked about it, and how to brew the one that was chosen."""

from collections.abc import Iterator

from coffeebot.domain.bearing import bears, scale
from coffeebot.domain.query import Candidate
from coffeebot.domain.reasons import DARK, LIGHT, reasons
from coffeebot.domain.speech import listed, sentence, term
from coffeebot.domain.taste import Facet, Trait
from coffeebot.domain.trade_offs import trade_off
from coffeebot.providers.llm.house.portrait import fact, make, notes, price, scales, variety
from coffeebot.providers.llm.house.voice import PICKS, Voice
from coffeebot.providers.llm.knowledge import BREWING, recipe

_LEANING = (Facet.BREW_METHOD, Facet.MILK, Facet.NOVELTY)
_SCALES = (Facet.BODY, Facet.ACIDITY, Facet.SWEETNESS, Facet.ROAST)
_ASPECT_FACETS = {
    "lighter": Facet.ROAST, "darker": Facet.ROAST, "fuller": Facet.BODY, "thinner": Facet.BODY, "brighter": Facet.ACIDITY,
    "gentler": Facet.ACIDITY, "sweeter": Facet.SWEETNESS, "fruitier": Facet.FLAVOUR,
}  # fmt: skip


def portrait_of(voice: Voice) -> str:
    """What is known of the coffee that the message points at, what was asked first."""
    about = voice.context.about
    if not about:
        return voice.fresh("tell.nothing")
    return voice.joined([*_asked(voice, about[0]), *lines_of(voice, about[0])])


def lines_of(voice: Voice, coffee: Candidate) -> Iterator[str]:
    language = voice.language
    yield voice.fresh("tell.make", ref=voice.ref(coffee), make=make(coffee, language), roaster=coffee.roaster)
    told = scales(coffee, language)
    yield voice.fresh("tell.cup" if told else "tell.notes", notes=notes(coffee, language), scales=told)
    if coffee.varieties:
        yield voice.maybe("tell.variety", variety=listed(map(variety, coffee.varieties[:2]), language))
    if coffee.score is not None:
        yield voice.maybe("tell.score", score=f"{coffee.score.normalize():f}")
    yield voice.once(_trade(voice, coffee))


def _trade(voice: Voice, coffee: Candidate) -> str:
    others = voice.context.candidates[:PICKS]
    return trade_off(coffee, others if coffee in others else (*others, coffee), voice.profile, language=voice.language)


def _asked(voice: Voice, coffee: Candidate) -> Iterator[str]:
    """The answer to "is it washed?", "how sweet is it?", "what does it cost?", "is it good with milk?"."""
    understood = voice.context.understanding
    if understood.topic in ("cheaper", "dearer"):
        cost = price(coffee, voice.language)
        yield voice.fresh("tell.price", **cost) if cost else voice.fresh("tell.no_price")
    elif any(trait.facet not in _SCALES for trait in understood.matters):
        yield from (_matter(voice, coffee, trait) for trait in understood.matters[:2])
    elif facet := _ASPECT_FACETS.get(understood.topic):
        stated = scale(coffee, understood.topic) or (facet is Facet.FLAVOUR and coffee.notes)
        yield sentence(fact(coffee, Trait(facet, ""), voice.language)) + _stop(voice) if stated else voice.fresh("tell.silent")
    else:
        yield from (_matter(voice, coffee, trait) for trait in understood.matters[:2])


def _stop(voice: Voice) -> str:
    return "。" if voice.language == "ja" else "."


def _matter(voice: Voice, coffee: Candidate, trait: Trait) -> str:
    if trait.facet in _LEANING:
        found = reasons(coffee, (trait,), language=voice.language)
        return found[0].text if found else trade_off(coffee, (coffee,), (trait,), language=voice.language)
    has = bears(coffee, trait)
    if has is None:
        return voice.fresh("tell.silent")
    return voice.fresh("tell.yes" if has else "tell.no", fact=fact(coffee, trait, voice.language))


def chosen(voice: Voice) -> str:
    """One warm line, and how to begin with it; no question."""
    about = voice.context.about
    if not about:
        return voice.fresh("chosen.nothing")
    if len(about) > 1:
        names = listed((f"[[{voice.ref(coffee)}]]" for coffee in about[:PICKS]), voice.language)
        opening = voice.fresh("chosen.several", names=names)
    else:
        opening = voice.fresh("chosen", ref=voice.ref(about[0]))
    return voice.joined([opening, _begin(voice), *_heat(voice, about[0]), voice.maybe("chosen.end")])


def _begin(voice: Voice) -> str:
    brewer = next((t.value for t in reversed(voice.profile) if t.facet is Facet.BREW_METHOD and t.value in BREWING), None)
    told = recipe(brewer, voice.language) if brewer else None
    if not brewer or not told:
        return voice.fresh("chosen.general")
    return voice.fresh("chosen.brew", brewer=term(brewer, voice.language), recipe=told)


def _heat(voice: Voice, coffee: Candidate) -> Iterator[str]:
    cold = any(t.value == "cold_brew" for t in voice.profile)
    if coffee.roast in LIGHT and not cold:
        yield voice.maybe("chosen.light")
    elif coffee.roast in DARK and not cold:
        yield voice.maybe("chosen.dark")
