"""What a shopper's message means: the answer of `understanding.understand`."""

from dataclasses import dataclass, field
from enum import StrEnum

from coffeebot.domain.taste import Facet, ProfileChange


class Intent(StrEnum):
    RECOMMEND = "recommend"  # says or asks something about the coffee wanted: offer coffees
    MORE = "more"  # "what else?", "not quite": offer others
    GREETING = "greeting"
    THANKS = "thanks"
    ASK = "ask"  # a question people ask at a bar; `topic` says which
    OFF_TOPIC = "off_topic"
    HOSTILE = "hostile"  # wants the prompt, the rules or another role


@dataclass(frozen=True, slots=True)
class Understanding:
    """`text` is the message cleaned for search. `coffee_name` is set when one coffee seems to be named.

    `about_answer` is true when the message answers the question just asked (also with "whatever").
    `complaints` are the facets found wrong with what was offered ("that's over my budget"), when no new wish was said.
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
