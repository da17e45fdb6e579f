"""The prose of what people ask at a bar: the answer from the book, fitted to the shopper's brewer and to the coffee in question."""

import re

from coffeebot.domain.reasons import DARK, LIGHT
from coffeebot.domain.speech import term
from coffeebot.domain.taste import Facet
from coffeebot.providers.llm.house.recommending import recommendation
from coffeebot.providers.llm.house.voice import Voice
from coffeebot.providers.llm.knowledge import BREWING, answer

GENERAL = "brew_recipe"
HOT = 92  # degrees Celsius: what is cooler leaves a light coffee sharp
FAHRENHEIT = 120  # from here on nobody means Celsius
_DEGREES = re.compile(r"\b(\d{2,3}) ?(?:degrees|deg\b|°|℃|c\b|f\b|度)", re.IGNORECASE)


def answered(voice: Voice) -> str:
    """The answer, once a conversation; coffees when the book has none."""
    told = answer(_topic(voice), voice.language)
    if told is None:
        return recommendation(voice)
    if voice.heard(told):
        return voice.fresh("knowledge.again", Recap=voice.recap())
    return voice.joined([_too_cool(voice), told, _for_this_one(voice)])


def _topic(voice: Voice) -> str:
    """ "How do I brew it?" is about the brewer on the card."""
    topic = voice.context.understanding.topic
    named = any(word in voice.context.message.lower() for word in ("v60", "pour", "filter", "drip", "ドリップ"))
    if topic != GENERAL or named:
        return topic
    brewers = [t.value for t in voice.profile if t.facet is Facet.BREW_METHOD]
    return next((BREWING[brewer] for brewer in reversed(brewers) if brewer in BREWING), topic)


def _too_cool(voice: Voice) -> str:
    """A sour cup and water that is not hot enough: there it is."""
    if voice.context.understanding.topic != "brewing_sour" or not (said := _DEGREES.search(voice.context.message)):
        return ""
    degrees = int(said[1])
    cool = 50 <= degrees < HOT or (FAHRENHEIT <= degrees < HOT * 9 / 5 + 32)
    unit = "°F" if degrees >= FAHRENHEIT else "℃" if voice.language == "ja" else "°C"
    return voice.maybe("knowledge.cool", degrees=f"{degrees}{'' if voice.language == 'ja' else ' '}{unit}") if cool else ""


def _for_this_one(voice: Voice) -> str:
    """How the recipe is changed for the coffee that the message points at."""
    about = voice.context.about
    if not about or not voice.context.understanding.topic.startswith("brew_") or not about[0].roast:
        return ""
    roast = about[0].roast
    key = "knowledge.roast_light" if roast in LIGHT else "knowledge.roast_dark" if roast in DARK else "knowledge.roast_medium"
    return voice.fresh(key, ref=voice.ref(about[0]), roast=term(roast, voice.language))
