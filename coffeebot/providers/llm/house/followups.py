"""Ways to go on after a reply, as buttons: every one of them is a message that the house understands."""

from collections.abc import Iterator

from coffeebot.domain.message import COFFEELESS, Intent
from coffeebot.domain.speech import PHRASES, say, term
from coffeebot.domain.taste import Facet, hard
from coffeebot.providers.llm.house.voice import Voice

_CHOOSING = (Intent.COMPARE, Intent.WHY, Intent.TELL)


def followups(voice: Voice) -> Iterator[str]:
    profile, understood = voice.profile, voice.context.understanding
    if understood.intent in COFFEELESS or (understood.intent is Intent.ASK and not profile):
        yield from PHRASES[voice.language]["follow.start"]
    elif understood.intent in _CHOOSING:
        yield from _of_the_table(voice)
    elif understood.intent is Intent.ASK:
        yield from _more(voice)
    elif understood.intent is not Intent.CHOSEN:
        yield from _of_the_shelf(voice)


def _of_the_table(voice: Voice) -> Iterator[str]:
    for coffee in voice.context.about[:2]:
        yield say("follow.take", voice.language, name=coffee.name)
    yield say("follow.more", voice.language)


def _more(voice: Voice) -> Iterator[str]:
    if voice.context.matches.count > len(voice.picks) > 0:
        yield say("follow.more", voice.language)


def _of_the_shelf(voice: Voice) -> Iterator[str]:
    for facet in _in_the_way(voice):
        yield say("follow.forget", voice.language, facet=say(f"facet.{facet}", voice.language))
    yield from _more(voice)
    if len(voice.picks) > 1:
        yield say("follow.compare", voice.language)
    brewers = [t.value for t in voice.profile if t.facet is Facet.BREW_METHOD]
    if brewers:
        yield say("follow.recipe", voice.language, brewer=term(brewers[-1], voice.language))
    processes = [process for coffee in voice.picks for process in coffee.processes]
    if processes:
        yield say("follow.process", voice.language, process=term(processes[0], voice.language))


def _in_the_way(voice: Voice) -> list[Facet]:
    """What to let go of when nothing fits: what would open most, or, when no single wish would, those there are."""
    if voice.context.matches.count:
        return []
    opening = [relaxation.trait.facet for relaxation in voice.context.matches.relax]
    return list(dict.fromkeys(opening or [t.facet for t in hard(voice.profile)]))[:3]
