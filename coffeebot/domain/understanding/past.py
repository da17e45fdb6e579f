"""What a shopper tells of a coffee they had: "it was a light roast from Kenya" wishes for none of that."""

import re
from dataclasses import replace

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


def without_the_past(reading: Reading, wishes: list[Wish], *, before: str = "") -> list[Wish]:
    """The wishes of a message; what is only told of a coffee they had is hedged, either way, or left out.

    `before` is what the shopper said last: after a complaint the coffee is the one that was not liked.
    """
    text = reading.folded.text
    spans = [(match.start(), end.start() if (end := _END.search(text, match.end())) else len(text)) for match in _TOLD.finditer(text)]
    if not spans:
        return wishes
    stance = _opinion(text, before)
    kept = []
    for wish in wishes:
        if wish.stance is not Stance.WANT or not any(a <= wish.mention.start < b for a, b in spans):
            kept.append(wish)
        elif stance:
            kept.append(replace(wish, stance=stance, soft=True))
    return kept


def _opinion(text: str, before: str) -> Stance | None:
    if _DISLIKED.search(text) or fault_of(fold(before)):
        return Stance.AVOID
    return Stance.WANT if _LIKED.search(text) else None
