"""The prose of a recommendation: which coffees, what sets each apart, and what stands in the way when there are none."""

from collections.abc import Iterator

from coffeebot.domain.bearing import ROASTS, bears
from coffeebot.domain.coffee_names import is_called
from coffeebot.domain.labels import label
from coffeebot.domain.message import Intent
from coffeebot.domain.query import Candidate, Relaxation
from coffeebot.domain.reasons import CLEAN_BREWERS, DARK, LIGHT, STRONG_BREWERS, family_notes, place
from coffeebot.domain.speech import NUMBERS, listed, note, sentence, term
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.domain.trade_offs import trade_off
from coffeebot.providers.llm.house.grading import graded
from coffeebot.providers.llm.house.portrait import a_brewer, make, notes, scales
from coffeebot.providers.llm.house.voice import PICKS, Voice
from coffeebot.providers.llm.wishes import WISHED, wish

FEW = 40  # up to this many fits it is worth saying how many more are silent about a wish


def recommendation(voice: Voice) -> str:
    if not voice.picks:
        return nothing(voice)
    first, *others = voice.picks
    asked = voice.context.understanding.coffee_name
    if asked and is_called(first, asked):
        opening = [voice.fresh("named", **_words(voice, first)), _detail(voice, first)]
    else:
        missing = voice.fresh("named.missing", name=asked) if asked and _is_a_name(asked) else ""
        opening = [missing, graded(voice) or _intro(voice), _first(voice, first), _because(voice, first)]
    return voice.joined([*opening, *_rest(voice, first, others)])


def _is_a_name(text: str) -> bool:
    """Two capitals: what was only taken for a name is not held against the shelf."""
    return sum(word[:1].isupper() for word in text.split()) >= 2


def _rest(voice: Voice, first: Candidate, others: list[Candidate]) -> Iterator[str]:
    yield from (other(voice, coffee, voice.picks[:number]) for number, coffee in enumerate(others, start=1))
    if not others:
        yield _detail(voice, first)
        yield voice.once(trade_off(first, voice.picks, voice.profile, language=voice.language))
    matches = voice.context.matches
    if matches.unknown and matches.count <= FEW:
        yield voice.maybe("unknown", n=matches.unknown)


def _words(voice: Voice, coffee: Candidate) -> dict[str, object]:
    return {"ref": voice.ref(coffee), "make": make(coffee, voice.language), "notes": notes(coffee, voice.language)}


def _intro(voice: Voice) -> str:
    number = NUMBERS[voice.language][len(voice.picks)]
    words: dict[str, object] = {"number": number, "Number": sentence(number)}
    if voice.context.understanding.intent in (Intent.MORE, Intent.COMPLAINT) and voice.context.turn > 1:
        return voice.maybe("intro.more", **words)
    if voice.context.matches.count == 1:
        return voice.maybe("intro.one", **words)
    if voice.context.matches.count < PICKS:
        return voice.maybe("intro.few", **words)
    told = wish(_kept(voice), voice.language)
    return voice.maybe("intro.wish", wish=told, **words) if told else voice.maybe("intro.said" if voice.profile else "intro.plain", **words)


def _kept(voice: Voice) -> list[Trait]:
    """The profile without the hedged wishes that not all of the picks fulfil: what stands above them has to be true of them."""

    def fulfilled(trait: Trait) -> bool:
        alike = [t for t in voice.profile if t.facet is trait.facet and t.polarity is trait.polarity]
        return all(any(bears(coffee, t) for t in alike) is not (trait.polarity is Polarity.AVOID) for coffee in voice.picks)

    return [t for t in voice.profile if t.hard or t.facet not in WISHED or fulfilled(t)]


def _first(voice: Voice, coffee: Candidate) -> str:
    if len(voice.picks) == 1:
        return voice.fresh("pick.only", **_words(voice, coffee))
    key = "pick.first" if voice.profile else "pick.start"  # nothing was wished for, so nothing is closest
    return voice.fresh(key, **_words(voice, coffee))


def _detail(voice: Voice, coffee: Candidate) -> str:
    told = scales(coffee, voice.language)
    return voice.maybe("pick.detail", scales=told) if told else ""


def _because(voice: Voice, coffee: Candidate) -> str:
    """How the first of them goes with the shopper's brewer, or with milk."""
    for trait in voice.profile:
        if trait.facet is Facet.MILK and trait.value == "milk":
            sweet = [n for family in ("chocolate", "caramel_sugar", "nutty") for n in family_notes(coffee, family)]
            if sweet:
                return voice.maybe("because.milk", notes=listed((note(n, voice.language) for n in sweet[:2]), voice.language))
        if trait.facet is Facet.BREW_METHOD and (key := _suits(coffee, trait.value)):
            return voice.maybe(key, brewer=term(trait.value, voice.language), a_brewer=a_brewer(trait.value, voice.language))
    return ""


def _suits(coffee: Candidate, brewer: str) -> str:
    if brewer in CLEAN_BREWERS and coffee.roast in LIGHT:
        return "because.clean" if coffee.processes == ("washed",) else "because.light"
    if brewer in STRONG_BREWERS and coffee.roast in ("Medium", *DARK):
        return "because.strong"
    return "because.full" if brewer in ("french_press", "cold_brew") and coffee.body == "full" else ""


def other(voice: Voice, coffee: Candidate, before: tuple[Candidate, ...]) -> str:
    """What sets a later pick apart from those before it."""
    words = {"ref": voice.ref(coffee), "notes": notes(coffee, voice.language)}
    steps = [ROASTS.index(c.roast) for c in before if c.roast]
    new_process = next((p for p in coffee.processes if all(p not in c.processes for c in before)), None)
    if steps and coffee.roast and ROASTS.index(coffee.roast) < min(steps):
        return voice.fresh("pick.lighter", **words)
    if steps and coffee.roast and ROASTS.index(coffee.roast) > max(steps):
        return voice.fresh("pick.darker", **words)
    if new_process and all(c.processes for c in before):
        return voice.fresh("pick.process", process=term(new_process, voice.language), **words)
    if coffee.origins and all(coffee.origins != c.origins for c in before):
        return voice.fresh("pick.origin", place=place(coffee, voice.language), **words)
    return voice.fresh("pick.other", **words)


def nothing(voice: Voice) -> str:
    """Nothing to offer: why, and which wish to let go of."""
    if not voice.context.coffees:
        return voice.fresh("empty_catalogue")
    asked = voice.context.understanding.coffee_name
    if voice.context.matches.count:  # some fit, but all have been shown
        return voice.fresh("none.more")
    lines = [voice.fresh("named.missing", name=asked) if asked and _is_a_name(asked) else "", voice.fresh("none")]
    if unknown := voice.context.matches.unknown:
        lines.append(voice.maybe("none.unknown", n=unknown))
    told = list(relaxed(voice))
    return voice.joined([*lines, *(told or [voice.fresh("none.hopeless")])])


def relaxed(voice: Voice, *, most: int = 2) -> Iterator[str]:
    """Which wish to let go of, and what that would open."""
    opening = [r for r in voice.context.matches.relax if r.opens and r.nearest]
    for key, relaxation in zip(("none.relax", "none.relax_more")[:most], opening, strict=False):
        yield _relaxed(voice, key, relaxation)


def _relaxed(voice: Voice, key: str, relaxation: Relaxation) -> str:
    nearest = relaxation.nearest
    assert nearest is not None  # relaxed saw to it
    told = label(relaxation.trait, language=voice.language)
    return voice.fresh(key, label=told, opens=relaxation.opens, name=nearest.name, notes=notes(nearest, voice.language))
