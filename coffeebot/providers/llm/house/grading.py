"""The prose of degrees: "the sweetest you have", "something rounder": said only as far as the roasters' words carry it."""

from collections.abc import Iterator

from coffeebot.domain.bearing import measure
from coffeebot.domain.degree import Degree, of_strength
from coffeebot.domain.query import Candidate
from coffeebot.domain.speech import NUMBERS, say, sentence
from coffeebot.providers.llm.house.voice import Voice
from coffeebot.providers.llm.wishes import wish

_FURTHEST = {"fuller": 2, "thinner": 0, "brighter": 2, "gentler": 0, "sweeter": 2}  # the end of each scale, as measured


def graded(voice: Voice) -> str:
    """How the picks stand to a superlative or comparative; empty when there is none."""
    understood = voice.context.understanding
    if understood.like and voice.context.about:
        return voice.maybe("like.those", name=_name(voice.context.about[0]), **_these(voice))
    return voice.joined(_told(voice, understood.degree)) if understood.degree else ""


def _name(coffee: Candidate) -> str:
    return coffee.name.replace("*", "")


def _these(voice: Voice) -> dict[str, object]:
    """The picks in a few words: "three coffees for your V60"."""
    number = NUMBERS[voice.language][len(voice.picks)]
    one = len(voice.picks) == 1
    told = wish(voice.profile, voice.language, one=one) or say("coffee.one" if one else "coffee.many", voice.language)
    return {"number": number, "Number": sentence(number), "wish": told}


def _told(voice: Voice, degree: Degree) -> Iterator[str]:
    if of_strength(degree.trait):
        yield voice.maybe("degree.strong")
    if degree.most:
        yield _most(voice, degree)
    elif voice.context.about:
        yield _more(voice, degree)


def _most(voice: Voice, degree: Degree) -> str:
    furthest = [coffee for coffee in voice.picks if _is_furthest(coffee, degree)]
    if not furthest:
        return voice.maybe("degree.most_silent")
    if len(furthest) < len(voice.picks):
        return voice.maybe("degree.most_some", ref=voice.ref(furthest[0]))
    return voice.maybe("degree.most")


def _is_furthest(coffee: Candidate, degree: Degree) -> bool:
    end = _FURTHEST.get(degree.aspect)
    return end is not None and measure(coffee, degree.aspect, {}) == end


def _more(voice: Voice, degree: Degree) -> str:
    words = _these(voice)
    before, now = ([measure(coffee, degree.aspect, {}) for coffee in those] for those in (voice.context.about, voice.picks))
    already = [coffee for coffee in voice.context.about if _is_furthest(coffee, degree)]
    if already:
        return voice.maybe("degree.more_already", name=_name(already[0]), **words)
    known = [value for value in before if value is not None]
    if len(known) == len(before) and all(value is not None and value > max(known) for value in now):
        return voice.maybe("degree.more", **words)
    return voice.maybe("degree.more_silent", **words)
