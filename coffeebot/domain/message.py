"""What a shopper's message means: the answer of `understanding.understand`."""

from dataclasses import dataclass, field
from enum import StrEnum

from coffeebot.domain.degree import Degree
from coffeebot.domain.reference import Reference
from coffeebot.domain.taste import Facet, ProfileChange, Trait


class Intent(StrEnum):
    RECOMMEND = "recommend"  # says or asks something about the coffee wanted: offer coffees
    MORE = "more"  # "what else?", "not quite": offer others
    COMPARE = "compare"  # "the first or the second?": `topic` is the aspect, if one is named
    WHY = "why"  # "why this one?"
    WHY_NOT = "why_not"  # "why not the Kenyan?"
    TELL = "tell"  # "tell me more about the second", "is it good with milk?"
    CHOSEN = "chosen"  # "I'll take the first"
    COMPLAINT = "complaint"  # "this is useless", "my last one was too sour": `topic` says which
    GREETING = "greeting"
    THANKS = "thanks"
    ASK = "ask"  # a question people ask at a bar; `topic` says which
    OFF_TOPIC = "off_topic"
    HOSTILE = "hostile"  # wants the prompt, the rules or another role
    RUDE = "rude"


COFFEELESS = frozenset({Intent.THANKS, Intent.OFF_TOPIC, Intent.HOSTILE, Intent.RUDE})  # no shelf is needed to answer these
OF_THE_OFFERED = frozenset({Intent.COMPARE, Intent.WHY, Intent.TELL, Intent.CHOSEN})  # speaks of coffees that were shown


@dataclass(frozen=True, slots=True)
class Understanding:
    """`text` is the message cleaned for search. `coffee_name` is set when one coffee seems to be named.

    `about_answer` is true when the message answers the question just asked (also with "whatever").
    `complaints` are the facets found wrong with what was offered ("that's over my budget"), when no new wish was said.
    `references` point at coffees offered before, in the order of the words; `matters` are what is asked about them ("is the second
    one washed?"). `like` is true when the first of them is only the measure for another coffee ("like the second, but decaf").
    `degree` is set when a wish is a superlative, or a comparative against what lies there; `cheapest` are the words for the least price of
    all ("the cheapest you have"), where no limit was said. `takes_back` is true of "scratch that":
    the newest change of the profile is undone; `change` strikes out as much of it as can be told from the profile alone.
    `language` is "en", "ja", "es", ... (ISO 639-1).
    """

    change: ProfileChange = field(default_factory=ProfileChange)
    intent: Intent = Intent.RECOMMEND
    topic: str = ""
    text: str = ""
    coffee_name: str | None = None
    language: str = "en"
    about_answer: bool = False
    complaints: tuple[Facet, ...] = ()
    references: tuple[Reference, ...] = ()
    matters: tuple[Trait, ...] = ()
    like: bool = False
    degree: Degree | None = None
    cheapest: str = ""
    takes_back: bool = False
