"""Goes on with a reply that broke off: word for word where the house began it, with what is left where another did."""

import re

from coffeebot.domain.query import Candidate
from coffeebot.providers.llm.house.recommending import other
from coffeebot.providers.llm.house.voice import Voice

_MARKER = re.compile(r"(\[\[c\d+\]\])")
PARAGRAPH = "\n\n"


def resumed(voice: Voice, prose: str) -> str:
    """What comes after the beginning that is given."""
    rest = _after(voice, prose, voice.context.resume)
    return PARAGRAPH + _left(voice) if rest is None else rest


def _after(voice: Voice, prose: str, begun: str) -> str | None:
    """The prose after a beginning in which markers have become names; None when it begins otherwise."""
    left, pieces = begun, _MARKER.split(prose)
    for number, piece in enumerate(pieces):
        shown = voice.named(piece)
        if not left:
            return "".join(pieces[number:])
        if len(shown) >= len(left):
            if not shown.startswith(left):
                return None
            within = shown[len(left) :] if shown != piece else piece[len(left) :]
            return within + "".join(pieces[number + 1 :])
        if not left.startswith(shown):
            return None
        left = left[len(shown) :]
    return None


def _left(voice: Voice) -> str:
    """The coffees that were not named yet; when there are none, an end."""
    unnamed = [coffee for coffee in voice.picks if coffee.name not in voice.context.resume]
    if not voice.offers or not unnamed:
        return voice.fresh("resume.end")
    lines = [other(voice, coffee, _before(voice, coffee)) for coffee in unnamed]
    return voice.joined([voice.fresh("resume.rest"), *lines])


def _before(voice: Voice, coffee: Candidate) -> tuple[Candidate, ...]:
    return tuple(known for known in voice.picks[: voice.picks.index(coffee)])
