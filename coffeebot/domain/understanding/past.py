"""What a shopper tells of a coffee they had: "it was a light roast from Kenya" wishes for none of that."""

import re
from dataclasses import replace
from enum import StrEnum

from coffeebot.domain.folding import fold
from coffeebot.domain.understanding.reading import Reading
from coffeebot.domain.understanding.topics import fault_of
from coffeebot.domain.understanding.wish import Stance, Wish

_TOLD = re.compile(
    r"\b(?:it|that|that one|this|this one|mine|they|the (?:last|previous|old) (?:one|bag|coffee)|"
    r"(?:my|our) (?:last|previous|old) (?:\w+ )?(?:one|bag|coffee|beans)|"
    r"the (?:one|bag|coffee|beans) (?:i|we) (?:had|bought|got|tried|drank)(?: \w+){0,3}) (?:was|were)\b"
    r"|\b(?:i|we) (?:once |just |recently )?(?:had|bought|got|tried|drank) (?=[^.;!?]*\b(?:yesterday|last \w+|once|recently|a while ago)\b)"
)
_END = re.compile(r"[.;!?]|\b(?:but|so|and now|now)\b|, ?(?=(?:something|anything|give|show|i |please|next|maybe|can|could|do|have)\b)")
_LIKED = re.compile(
    r"\b(?:loved|liked|enjoyed|favou?rite|great|amazing|delicious|wonderful|fantastic|lovely|perfect|(?:really|so|very) (?:good|nice))\b"
)
_DISLIKED = re.compile(
    r"\b(?:hated|disliked|awful|terrible|horrible|disgusting|undrinkable|(?:didnt|did not|never) (?:really |much )?"
    r"(?:like|enjoy|care)|not for me|too \w+|(?:really|so|very) bad)\b"
)


class _Opinion(StrEnum):
    LIKED = "liked"
    DISLIKED = "disliked"
    NONE = "none"


def told(reading: Reading, wishes: list[Wish], *, before: str = "") -> list[Wish]:
    """The wishes of a message; what is only told of a coffee they had is hedged, either way, or nothing at all.

    `before` is what the shopper said last: after a complaint the coffee is the one that was not liked.
    """
    text = reading.folded.text
    spans = [(match.start(), end.start() if (end := _END.search(text, match.end())) else len(text)) for match in _TOLD.finditer(text)]
    if not spans:
        return wishes
    opinion = _opinion(text, before)
    return [_of_the_past(wish, opinion) if any(a <= wish.mention.start < b for a, b in spans) else wish for wish in wishes]


def _opinion(text: str, before: str) -> _Opinion:
    if _DISLIKED.search(text) or fault_of(fold(before)):
        return _Opinion.DISLIKED
    return _Opinion.LIKED if _LIKED.search(text) else _Opinion.NONE


def _of_the_past(wish: Wish, opinion: _Opinion) -> Wish:
    if wish.stance is not Stance.WANT:
        return wish
    match opinion:
        case _Opinion.LIKED:
            return replace(wish, soft=True)
        case _Opinion.DISLIKED:
            return replace(wish, stance=Stance.AVOID, soft=True)
    return replace(wish, stance=Stance.IGNORE)
