"""A coffee's texts by what they speak of, and which words each fact was read from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from coffeebot.domain.loose import LooseCoffee
from coffeebot.domain.tasting import sentences

MOST_EVIDENCE = 300  # characters of a quoted sentence

# A sentence with one of these speaks of the roaster, or of other coffees
_NOT_THIS_COFFEE = re.compile(
    r"\b(?:other coffees|also (?:offers?|available|sells?|produces?|operates)|one of several|versions? of (?:this|the same)|"
    r"compared (?:to|with)|unlike|roasters?|roaste(?:ry|ries)|roasting company|based in|located in|headquartered|founded|"
    r"established|for more information|visit (?:www|http)|café that|company’s|company's|the company|founders?|motto|our mission|"
    r"specializ(?:es|ing) in|prides itself|\w+-based (?:\w+ ){0,2}(?:coffee|compan|caf|brand)\w*|coffee company)\b",
    re.IGNORECASE,
)
# … unless it began with this one: "Produced by Rosa at a farm that was founded in 1920"
_PRODUCED = re.compile(
    r"\b(?:produced|grown|processed|harvested|decaffeinated|comprised) (?:by|at|from|in|on|of|using|entirely)\b",
    re.IGNORECASE,
)
# One with these speaks of its kind ("coffees like this one, when processed by the wet method, typically"): believed when nothing else tells
_ITS_KIND = re.compile(
    r"\b(?:typically|usually|generally|often|traditionally|(?:are|is) largely|like this one|when processed|most of the)\b", re.IGNORECASE
)


@dataclass(slots=True)
class Reading:
    """One coffee's texts, and what was read from which words.

    `told` are the passages that are surely about this coffee: its name, its summary, sentences of its story. `kind` are
    sentences about coffees of its kind.
    """

    coffee: LooseCoffee
    told: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    evidence: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        own = [s for s in sentences(self.coffee.story) if _is_about_it(s)]
        self.kind = tuple(s for s in own if _ITS_KIND.search(s))
        self.told = (self.coffee.name, *sentences(self.coffee.summary), *(s for s in own if s not in self.kind))

    @property
    def grown(self) -> tuple[str, ...]:
        """The passages that tell of its growing: its name and story. A summary likes to compare."""
        summary = set(sentences(self.coffee.summary))
        return tuple(passage for passage in self.told if passage not in summary)

    def tasted(self) -> Iterator[str]:
        """The sentences about how it tastes; of the whole story where no text is about that alone."""
        yield from sentences(self.coffee.tasting or self.coffee.story)

    def keep(self, fact: str, words: str) -> None:
        """Remembers which words of the coffee's row told a fact; the first that did stand."""
        if words:
            self.evidence.setdefault(fact, words[:MOST_EVIDENCE])


def _is_about_it(sentence: str) -> bool:
    other = _NOT_THIS_COFFEE.search(sentence)
    return other is None or bool(_PRODUCED.search(sentence[: other.start()]))
