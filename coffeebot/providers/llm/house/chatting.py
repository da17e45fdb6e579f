"""The prose of everything else that is said over a counter: greetings, thanks, complaints, rude words, the world outside."""

from coffeebot.providers.llm.house.portrait import notes
from coffeebot.providers.llm.house.recommending import recommendation
from coffeebot.providers.llm.house.voice import Voice

ROUNDER = 2  # coffees that are offered beside the question what went wrong
_INSTEAD = {
    "brewing_sour": "complaint.rounder",
    "brewing_bitter": "complaint.lighter",
    "brewing_weak": "complaint.fuller",
    "brewing_astringent": "complaint.softer",
}


def greeting(voice: Voice) -> str:
    hello = voice.fresh("hello" if voice.context.turn == 1 else "hello.again")
    return f"{hello}\n\n{recommendation(voice)}"


def thanks(voice: Voice) -> str:
    return voice.fresh("thanks")


def off_topic(voice: Voice) -> str:
    return voice.fresh("off_topic", Recap=voice.recap())


def hostile(voice: Voice) -> str:
    return voice.fresh("hostile", Recap=voice.recap())


def rude(voice: Voice) -> str:
    return voice.fresh("rude", Recap=voice.recap())


def complaint(voice: Voice) -> str:
    """A cup that went wrong: what may be the matter, and a question before anything is dropped. Or coffees that went wrong: others."""
    topic = voice.context.understanding.topic
    if topic:
        return voice.joined([voice.fresh(f"complaint.{topic}"), _instead(voice, topic)])
    if not voice.picks:
        return voice.fresh("complaint.none", Recap=voice.recap())
    return f"{voice.fresh('complaint', Recap=voice.recap())}\n\n{recommendation(voice)}"


def _instead(voice: Voice, topic: str) -> str:
    picks = voice.picks[:ROUNDER]
    if not picks or topic not in _INSTEAD:
        return ""
    named = [voice.fresh("complaint.pick", ref=voice.ref(coffee), notes=notes(coffee, voice.language)) for coffee in picks]
    told = "、".join(named) + "。" if voice.language == "ja" else ", or ".join(named) + "."
    return voice.joined([voice.fresh(_INSTEAD[topic]), told])
