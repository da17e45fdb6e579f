"""The prose of degrees: "the sweetest you have", "something rounder": said only as far as the roasters' words carry it."""

from collections.abc import Iterator

from coffeebot.domain.bearing import measure
from coffeebot.domain.degree import Degree
from coffeebot.domain.query import Candidate
from coffeebot.domain.speech import NUMBERS, sentence
from coffeebot.providers.llm.house.voice import Voice

_FURTHEST = {"fuller": 2, "thinner": 0, "brighter": 2, "gentler": 0, "sweeter": 2}  # the end of each scale, as measured


def graded(voice: Voice) -> str:
    """How the picks stand to a superlative or comparative; empty when there is none."""
    degree = voice.context.understanding.degree
    return voice.joined(_told(voice, degree)) if degree else ""


def _told(voice: Voice, degree: Degree) -> Iterator[str]:
    if degree.of_strength:
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
    number = NUMBERS[voice.language][len(voice.picks)]
    words = {"number": number, "Number": sentence(number)}
    before, now = ([measure(coffee, degree.aspect, {}) for coffee in those] for those in (voice.context.about, voice.picks))
    already = [coffee for coffee in voice.context.about if _is_furthest(coffee, degree)]
    if already:
        return voice.maybe("degree.more_already", ref=voice.ref(already[0]), **words)
    known = [value for value in before if value is not None]
    if len(known) == len(before) and all(value is not None and value > max(known) for value in now):
        return voice.maybe("degree.more", **words)
    return voice.maybe("degree.more_silent", **words)
