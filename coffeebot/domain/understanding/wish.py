"""One thing that a message mentions, and what the shopper thinks of it."""

from dataclasses import dataclass
from enum import StrEnum

from coffeebot.domain.understanding.reading import Mention


class Stance(StrEnum):
    WANT = "want"
    AVOID = "avoid"
    FORGET = "forget"  # the line about it goes
    FINE = "fine"  # an avoidance of it goes
    ANY = "any"  # its facet is open
    IGNORE = "ignore"  # mentioned, but nothing follows from it


@dataclass(frozen=True, slots=True)
class Wish:
    """A mention and what the shopper thinks of it.

    `soft` is hedged; `compared` stands after "like"; `link` says how it hangs on to the wish before: "or", "and", "comma"
    or "". `since` is where the words that decide its stance begin. `said` is false when no cue at all supports it.
    """

    mention: Mention
    stance: Stance
    clause: int
    segment: int
    soft: bool = False
    compared: bool = False
    link: str = ""
    since: int = 0
    said: bool = False
    also: bool = False
