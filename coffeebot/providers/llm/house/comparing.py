"""The prose of a comparison: the facts that differ, and which of the coffees suits this shopper."""

from collections.abc import Iterator, Sequence

from coffeebot.domain.bearing import bears, measure, scale
from coffeebot.domain.coffee import to_minor
from coffeebot.domain.price_text import money
from coffeebot.domain.query import Candidate
from coffeebot.domain.ranking import leanings
from coffeebot.domain.reasons import reasons
from coffeebot.domain.speech import ASPECTS, MORE, listed, note, say, term
from coffeebot.domain.taste import Facet, Trait
from coffeebot.providers.llm.house.portrait import a_brewer, fact, lowered, make, notes
from coffeebot.providers.llm.house.telling import lines_of
from coffeebot.providers.llm.house.voice import PICKS, Voice

_SIDES = (("lighter", "darker"), ("sweeter", None), ("brighter", "gentler"), ("fuller", "thinner"), ("cheaper", None))
_NOTABLE, _EVEN = 0.1, 0.03  # of a price: below the first a difference is not worth a word, below the second it is none
_FACETS = {
    "lighter": "roast", "darker": "roast", "fuller": "body", "thinner": "body", "brighter": "acidity", "gentler": "acidity",
    "sweeter": "sweetness",
}  # fmt: skip
_MEANT_FOR = ((Facet.FLAG, "espresso"), (Facet.FLAG, "cold_brew"))  # what is not roasted for it may be brewed so all the same
_LEANING = (Facet.BREW_METHOD, Facet.MILK, Facet.NOVELTY)


def comparison(voice: Voice) -> str:
    about = voice.context.about[:PICKS]
    if not about:
        return voice.fresh("compare.nothing")
    if len(about) == 1:
        alone = voice.fresh("compare.alone", ref=voice.ref(about[0]))
        return voice.joined([alone, *lines_of(voice, about[0])])
    understood = voice.context.understanding
    if understood.topic:
        return voice.joined(_by_aspect(voice, about, understood.topic))
    if understood.matters:
        return voice.joined(_by_matters(voice, about, understood.matters))
    advice = _advice(voice, about)
    if len(about) > 2:
        return voice.joined([advice, *_described(voice, about)])
    return voice.joined([*_described(voice, about), *_differences(voice, about), advice])


def _described(voice: Voice, about: Sequence[Candidate]) -> Iterator[str]:
    language = voice.language
    if len(about) == 2:
        a, b = about
        words = {"a": voice.ref(a), "b": voice.ref(b), "make_a": make(a, language), "make_b": make(b, language)}
        yield voice.fresh("compare.pair", notes_a=notes(a, language), notes_b=notes(b, language), **words)
        return
    for coffee in about:
        yield voice.fresh("compare.each", ref=voice.ref(coffee), make=make(coffee, language), notes=notes(coffee, language))


def _differences(voice: Voice, about: Sequence[Candidate]) -> Iterator[str]:
    """Of two coffees: what each has more of."""
    if len(about) != 2:
        return
    a, b = about
    told = False
    for one, other in ((a, b), (b, a)):
        more = _more(voice, one, other)
        if more and not told:
            told = True
            yield voice.fresh("compare.differ", ref=voice.ref(one), more=_in_a_row(more, voice.language))
    if not told:
        yield voice.maybe("compare.alike")


def _more(voice: Voice, one: Candidate, other: Candidate) -> list[str]:
    """The aspects in which a coffee goes further than the other."""
    found = []
    for aspect, opposite in _SIDES:
        ours, theirs = measure(one, aspect, voice.context.prices), measure(other, aspect, voice.context.prices)
        if ours is None or theirs is None or (aspect == "cheaper" and abs(ours - theirs) < _NOTABLE * abs(theirs)):
            continue
        if ours > theirs:
            found.append(aspect)
        elif ours < theirs and opposite:
            found.append(opposite)
    return found[:3]


def _in_a_row(aspects: Sequence[str], language: str) -> str:
    words = [MORE[language][aspect][0] for aspect in aspects[:-1]] + [MORE[language][aspects[-1]][1] for aspect in aspects[-1:]]
    return "、".join(words) if language == "ja" else listed(words)


def _for_this_use(voice: Voice, about: Sequence[Candidate], matters: Sequence[Trait]) -> str:
    """The one that goes best with a brewer or with milk, if there is one."""
    worth = [_worth(coffee, matters) for coffee in about]
    if worth.count(max(worth)) == 1:
        return _advice(voice, about, matters)
    trait = next((t for t in matters if t.facet in _LEANING), matters[0])
    return voice.fresh("compare.even_for", what=a_brewer(trait.value, voice.language))


def _advice(voice: Voice, about: Sequence[Candidate], traits: Sequence[Trait] = ()) -> str:
    """Which one suits: what more of the shopper's wishes speak for. When none leads, what each is for."""
    wished = tuple(traits) or voice.profile
    worth = [_worth(coffee, wished) for coffee in about]
    best = max(range(len(about)), key=lambda n: worth[n])
    reason = _reason_for(voice, about[best], [c for n, c in enumerate(about) if n != best], wished)
    if reason and worth.count(worth[best]) == 1:
        return voice.fresh("compare.suits", ref=voice.ref(about[best]), why=lowered(reason))
    a, b = about[:2]
    first, second = _own_note(voice, a, b), _own_note(voice, b, a)
    key = "compare.either" if wished else "compare.open"
    return voice.fresh(key, a=voice.ref(a), b=voice.ref(b), first=first, second=second)


def _worth(coffee: Candidate, wished: Sequence[Trait]) -> float:
    leaning = sum(lean.weight for lean in leanings(wished) if bears(coffee, Trait(lean.facet, lean.value)))
    return len(reasons(coffee, wished, most=9)) + leaning


def _reason_for(voice: Voice, coffee: Candidate, others: Sequence[Candidate], wished: Sequence[Trait]) -> str:
    """A reason that the others do not have as well, by preference."""
    found = [reason.text for reason in reasons(coffee, wished, language=voice.language, most=9)]
    theirs = {reason.text for other in others for reason in reasons(other, wished, language=voice.language, most=9)}
    return next((text for text in found if text not in theirs), "")


def _own_note(voice: Voice, coffee: Candidate, other: Candidate) -> str:
    own = next((held for held in coffee.notes if held not in other.notes), "")
    return note(own, voice.language) if own else notes(coffee, voice.language)


def _by_aspect(voice: Voice, about: Sequence[Candidate], aspect: str) -> Iterator[str]:
    """ "Which is sweeter?": the one that is, and what the rest have for it."""
    values = [measure(coffee, aspect, voice.context.prices) for coffee in about]
    known = [(value, -n, coffee) for n, (value, coffee) in enumerate(zip(values, about, strict=True)) if value is not None]
    if not known:
        yield voice.fresh("compare.silent")
        yield from _described(voice, about)
        return
    most, _, best = max(known, key=lambda one: one[:2])
    rest = [coffee for coffee in about if coffee.id != best.id]
    near = _EVEN * abs(most) if aspect in ("cheaper", "dearer") else 0
    alike = [coffee for value, _, coffee in known if most - value <= near]
    if len(known) == 1:
        yield voice.fresh("compare.half", ref=voice.ref(best), facts=_measure_words(voice, best, aspect))
    elif len(alike) == len(known):
        yield voice.fresh("compare.same", facts=_measure_words(voice, best, aspect))
        yield from _described(voice, about)
        yield _advice(voice, about)
        return
    elif len(alike) > 1:
        names = listed((f"[[{voice.ref(coffee)}]]" for coffee in alike), voice.language)
        yield voice.fresh("compare.tied", names=names, aspect=ASPECTS[voice.language][aspect][1], facts=_measure_words(voice, best, aspect))
        rest = [coffee for coffee in about if coffee not in alike]
    else:
        yield _the_most(voice, best, rest, aspect)
    for coffee in rest[:2]:
        yield voice.fresh("compare.then", ref=voice.ref(coffee), notes=notes(coffee, voice.language))
    yield _advice(voice, about) if voice.profile and len(about) == 2 else ""


def _the_most(voice: Voice, best: Candidate, rest: Sequence[Candidate], aspect: str) -> str:
    two, several = ASPECTS[voice.language][aspect]
    words = _measure_words(voice, best, aspect)
    against = _measure_words(voice, rest[0], aspect) if len(rest) == 1 else ""
    facts = {
        "en": f": {words}{f', against {against}' if against else ''}",
        "ja": f"（{words}{f'、もう一方は{against}' if against else ''}）",
    }
    key, word = ("compare.most_two", two) if len(rest) == 1 else ("compare.most", several)
    return voice.fresh(key, ref=voice.ref(best), aspect=word, facts=facts[voice.language] if words else "")


def _per_100g(voice: Voice, coffee: Candidate) -> str:
    """In the shop's own currency, or in dollars where the coffees are sold in several."""
    currencies = {other.currency for other in voice.context.about}
    if len(currencies) == 1 and coffee.currency and coffee.price_per_100g_minor is not None:
        return money(coffee.price_per_100g_minor, coffee.currency, language=voice.language)
    return f"≈\u00a0{money(to_minor(voice.context.prices[coffee.id], 'USD'), 'USD', language=voice.language)}"


def _measure_words(voice: Voice, coffee: Candidate, aspect: str) -> str:
    """ "high in sweetness", "$5.40 per 100 g", or the notes that make it fruity."""
    language = voice.language
    if aspect in ("cheaper", "dearer"):
        amount = _per_100g(voice, coffee)
        return f"100 gあたり{amount}" if language == "ja" else f"{amount} per 100 g"
    value = scale(coffee, aspect)
    if value is None or aspect not in _FACETS:
        return notes(coffee, language)
    name, word = say(f"facet.{_FACETS[aspect]}", language), term(value, language)
    if aspect in ("lighter", "darker"):
        return word if language == "ja" else f"{word} roast"
    return f"{name}は{word}" if language == "ja" else f"{word} in {name}"


def _by_matters(voice: Voice, about: Sequence[Candidate], matters: Sequence[Trait]) -> Iterator[str]:
    """ "Which is better for espresso?", "which of them is washed?"."""
    plain = [t for t in matters if t.facet not in _LEANING and (t.facet, t.value) not in _MEANT_FOR]
    if not plain:
        yield _for_this_use(voice, about, matters)
        yield from _described(voice, about)
        return
    having = [coffee for coffee in about if all(bears(coffee, trait) for trait in plain)]
    if not having:
        yield voice.fresh("compare.has_none")
        yield from _described(voice, about)
        return
    for coffee in having:
        yield voice.fresh("compare.has", ref=voice.ref(coffee), fact=fact(coffee, plain[0], voice.language))
    rest = [coffee for coffee in about if coffee not in having]
    for coffee in rest[:2]:
        yield voice.fresh("compare.then", ref=voice.ref(coffee), notes=notes(coffee, voice.language))
    yield _advice(voice, about) if voice.profile and len(about) == 2 else ""
