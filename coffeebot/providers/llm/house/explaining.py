"""The prose of reasons: why a coffee was offered, tied to what the shopper said, and why another was not."""

from collections.abc import Iterator, Sequence

from coffeebot.domain.labels import joint, label, together
from coffeebot.domain.query import Candidate
from coffeebot.domain.reasons import reasons
from coffeebot.domain.speech import listed, say
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.domain.trade_offs import trade_off
from coffeebot.domain.turn import Reason
from coffeebot.domain.verdict import Verdict
from coffeebot.providers.llm.house.portrait import fact, lowered, make, notes
from coffeebot.providers.llm.house.recommending import relaxed
from coffeebot.providers.llm.house.voice import PICKS, Voice

NEAR = 10  # a place that is worth telling
INSTEAD = 2  # coffees that are named in the place of one that was asked for


def why(voice: Voice) -> str:
    """The reasons for one coffee, or the first reason for each of several."""
    about = voice.context.about[:PICKS]
    if not about:
        return voice.fresh("why.nothing")
    told = list(_one(voice, about[0]) if len(about) == 1 else _several(voice, about))
    return voice.joined(told if voice.profile else [*told, voice.fresh("why.no_more")])


def _one(voice: Voice, coffee: Candidate) -> Iterator[str]:
    found = reasons(coffee, voice.profile, language=voice.language)
    if found:
        yield _first_reason(voice, coffee, found[0])
        yield from (_also(voice, reason) for reason in found[1:])
    else:
        yield _spread(voice, coffee)
    others = voice.context.candidates[:PICKS]
    beside = others if coffee in others else (*others, coffee)
    yield voice.once(trade_off(coffee, beside, voice.profile, language=voice.language))


def _several(voice: Voice, about: Sequence[Candidate]) -> Iterator[str]:
    if not voice.profile:
        yield voice.fresh("why.spread_all")
        yield from (_portrait(voice, coffee) for coffee in about)
        return
    told: list[str] = []
    for coffee in about:
        found = reasons(coffee, voice.profile, language=voice.language)
        reason = next((r for r in found if r.text not in told), found[0] if found else None)
        told += [reason.text] if reason else []
        yield _first_reason(voice, coffee, reason) if reason else _spread(voice, coffee)


def _spread(voice: Voice, coffee: Candidate) -> str:
    language = voice.language
    return voice.fresh("why.spread", ref=voice.ref(coffee), make=make(coffee, language), notes=notes(coffee, language))


def _first_reason(voice: Voice, coffee: Candidate, reason: Reason) -> str:
    key = "why.said" if reason.quote else "why.plain"
    return voice.fresh(key, ref=voice.ref(coffee), quote=reason.quote, reason=lowered(reason.text))


def _also(voice: Voice, reason: Reason) -> str:
    return voice.fresh("why.also" if reason.quote else "why.also_plain", quote=reason.quote, reason=lowered(reason.text))


def why_not(voice: Voice) -> str:
    """What keeps a coffee out, and what fits in its place."""
    verdict = voice.context.verdict
    if verdict is None or verdict.coffee is None:
        return voice.joined([_missing(voice, verdict), *_instead(voice, verdict)])
    return voice.joined([*_kept_out(voice, verdict, verdict.coffee), *([] if verdict.fits else _instead(voice, verdict))])


def _missing(voice: Voice, verdict: Verdict | None) -> str:
    asked = joint(verdict.asked, language=voice.language) if verdict and verdict.asked else ""
    return voice.fresh("whynot.missing", asked=voice.mid_sentence(asked)) if asked else voice.fresh("whynot.missing_name")


def _kept_out(voice: Voice, verdict: Verdict, coffee: Candidate) -> Iterator[str]:
    name = coffee.name.replace("*", "")
    if verdict.broken:
        yield from _broken(voice, verdict, coffee)
    elif verdict.unknown:
        yield voice.fresh("whynot.unknown", name=name, label=joint(verdict.unknown, language=voice.language))
    else:
        yield from _fits(voice, verdict, name)
        yield _portrait(voice, coffee)


def _broken(voice: Voice, verdict: Verdict, coffee: Candidate) -> Iterator[str]:
    first, *more = together(verdict.broken)
    name, language = coffee.name.replace("*", ""), voice.language
    yield voice.fresh("whynot.broken", name=name, label=joint(first, language=language), fact=_breach(coffee, first, language))
    for same in more[:1]:
        yield voice.fresh("whynot.broken_more", label=joint(same, language=language), fact=_breach(coffee, same, language))
    if not more:
        yield voice.maybe("whynot.back" if verdict.unknown else "whynot.otherwise")


def _breach(coffee: Candidate, traits: Sequence[Trait], language: str) -> str:
    """The fact that breaks a wish; of alternatives any will do, of avoidances the one that is met."""
    met = next((t for t in traits if t.polarity is Polarity.AVOID and t.facet is Facet.ROAST and t.value == coffee.roast), traits[0])
    return fact(coffee, met, language)


def _fits(voice: Voice, verdict: Verdict, name: str) -> Iterator[str]:
    if 1 <= verdict.place <= PICKS:
        yield voice.fresh("whynot.offered", name=name)
        return
    if 0 < verdict.place <= NEAR:
        yield voice.fresh("whynot.behind", name=name, place=say("place.n", voice.language, n=verdict.place))
    else:
        yield voice.fresh("whynot.far", name=name)
    if verdict.lacking:
        lacking = list(dict.fromkeys(_leaning(lean.facet, lean.value, voice.language) for lean in verdict.lacking))
        yield voice.maybe("whynot.lacking", lacking=listed(lacking[:2], voice.language))


def _leaning(facet: Facet, value: str, language: str) -> str:
    return lowered(label(Trait(facet, value), language=language)) if language != "ja" else label(Trait(facet, value), language="ja")


def _portrait(voice: Voice, coffee: Candidate) -> str:
    language = voice.language
    return voice.fresh("compare.each", ref=voice.ref(coffee), make=make(coffee, language), notes=notes(coffee, language))


def _instead(voice: Voice, verdict: Verdict | None) -> Iterator[str]:
    """The best that do fit."""
    known = verdict.coffee.id if verdict and verdict.coffee else None
    fitting = [c for c in voice.context.matches.candidates if c.id != known][:INSTEAD]
    if not fitting:
        yield voice.fresh("whynot.nothing_else")
        yield from relaxed(voice, most=1)
    for key, coffee in zip(("whynot.instead", "whynot.instead_more"), fitting, strict=False):
        words = {"ref": voice.ref(coffee), "make": make(coffee, voice.language), "notes": notes(coffee, voice.language)}
        yield voice.fresh(key, **words)
