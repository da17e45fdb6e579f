"""The small words that decide what a wish means: not, without, rather, maybe, or, like, forget, fine with."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from coffeebot.domain.taste import Facet
from coffeebot.domain.words import listed, table


class Turn(StrEnum):
    """What a cue does to the wishes around it."""

    NOT = "not"  # "no X": the next words are unwanted, up to a comma
    REFUSE = "refuse"  # "I hate X, Y and Z": a whole list is unwanted
    LESS = "less"  # "less X", "not too X": unwanted, softly
    AFTERWARDS = "afterwards"  # "X is not for me", "Xは苦手": what stood before is unwanted
    WANT = "want"  # "with", "I like": from here on it is wanted
    WANT_BEFORE = "want_before"  # "X please", "X instead": what stood before was wanted
    TURN = "turn"  # "but", "instead of that": a new start
    MAYBE = "maybe"  # "ideally": softly, from here on
    MAYBE_BEFORE = "maybe_before"  # "if possible": softly, what stood before
    SLIGHTLY = "slightly"  # "a bit": softly, the next one
    OR = "or"
    AND = "and"
    LIKE = "like"  # a comparison follows
    FORGET = "forget"  # "forget X": the line goes
    FINE = "fine"  # "fine with X": an avoidance goes
    FINE_BEFORE = "fine_before"  # "X is fine after all"
    ANY = "any"  # "any X", "X does not matter": the facet is open
    ANY_BEFORE = "any_before"
    RATHER_THAN = "rather_than"  # "Y rather than X", "Y over X"
    ALSO = "also"
    NEUTRAL = "neutral"  # "no preference", "why not": looks like a refusal and is none


@dataclass(frozen=True, slots=True)
class Cue:
    turn: Turn


@dataclass(frozen=True, slots=True)
class FacetWord:
    """A word for a facet as a whole: "budget", "roast"."""

    facets: tuple[Facet, ...]


def entries() -> Iterator[tuple[str, Cue | FacetWord]]:
    """(phrase, meaning) of every cue and facet word; where two cues share a phrase the first stands."""
    told = table("cues")
    for turn, phrases in told["turns"].items():
        for phrase in listed(phrases):
            yield phrase, Cue(Turn(turn))
    for facets, phrases in told["facets"].items():
        for phrase in listed(phrases):
            yield phrase, FacetWord(tuple(Facet(facet) for facet in facets.split()))
