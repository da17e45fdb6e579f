"""Writes one line of a profile: its polarity, how firmly it was said, and the words it was read from."""

import re

from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.domain.understanding.reading import Reading
from coffeebot.domain.understanding.wish import Stance, Wish

_INSIST = re.compile(
    r"\b(?:hate|despise|detest|loathe|allerg|absolutely|never|strictly|must|cant stand|cannot stand|definitely|only)\b|絶対|"
    r"絶対に|绝对|절대"
)


def line(reading: Reading, wish: Wish, facet: Facet, value: str, *, group: str = "", soft: bool = False) -> Trait:
    """A line with its evidence; a refusal quotes the word that refuses, when it stands near."""
    start, end = wish.mention.start, wish.mention.end
    if wish.stance is Stance.AVOID and 0 <= start - wish.since <= 40:
        start = min(start, wish.since)
    hedged = wish.soft or soft
    wanted = Polarity.WANT if hedged else Polarity.MUST
    insisted = bool(_INSIST.search(reading.folded.text[max(0, wish.since - 12) : end]))
    return Trait(
        facet=facet,
        value=value,
        polarity=Polarity.AVOID if wish.stance is Stance.AVOID else wanted,
        strength=1 if hedged else 3 if insisted else 2,
        evidence=reading.quote(start, end),
        group=group,
    )
