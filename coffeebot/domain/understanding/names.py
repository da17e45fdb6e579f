"""What is left of a message: whether it names one coffee, and the words worth searching for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coffeebot.domain.common_words import EVERYDAY, FOREIGN
from coffeebot.domain.flavour import NAMES, members
from coffeebot.domain.folding import singular
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.domain.understanding.cues import Turn
from coffeebot.domain.understanding.reading import Mention, Piece, Reading, Signal, Unknown

_ASKED_FOR = re.compile(
    r"^\W*(?:do you (?:have|carry|stock|know)|have you got|tell me (?:more )?about|whats?(?: is)? (?:your|the) .{0,10}|"
    r"show me|i want|id like|looking for|give me|find(?: me)?|where(?: is|s)|is there|how about|what about|i loved?|"
    r"i liked?|i had|something like|anything like|similar to|more like)\s+(?:the |a |an |your |some )?"
)
_TAIL = re.compile(r"[\s?!.]*(?:please|in stock|available|again|by chance|thanks)?[\s?!.]*$")
_QUOTED = re.compile(r"[\"“”「『]([^\"“”」』]{3,60})[\"“”」』]")
_WISHING = {
    Turn.WANT,
    Turn.NOT,
    Turn.REFUSE,
    Turn.LESS,
    Turn.MAYBE,
    Turn.LIKE,
    Turn.FINE,
    Turn.FORGET,
    Turn.WANT_BEFORE,
    Turn.SLIGHTLY,
    Turn.RATHER_THAN,
    Turn.ANY,
    Turn.FINE_BEFORE,
    Turn.ANY_BEFORE,
    Turn.TURN,
}
_FOREIGN_SMALL = frozenset(
    [
        "de",
        "del",
        "la",
        "el",
        "los",
        "las",
        "do",
        "da",
        "dos",
        "das",
        "di",
        "des",
        "du",
        "le",
        "les",
        "y",
        "e",
        "con",
        "com",
        "com",
        "notas",
        "note",
        "au",
        "aux",
    ]
)


def _strange(reading: Reading) -> list[Unknown]:
    """Words that are neither the trade's nor everyday ones."""
    return [piece for piece in reading.pieces if isinstance(piece, Unknown) and not _everyday(piece.text)]


def _everyday(word: str) -> bool:
    if len(word) == 1:
        return not word.isdigit()
    return word in EVERYDAY or singular(word) in EVERYDAY or word in FOREIGN or word in _FOREIGN_SMALL


@dataclass(frozen=True, slots=True)
class Named:
    """A coffee's name as the shopper wrote it; `sure` when the message is surely nothing but a name."""

    name: str
    sure: bool


def coffee_name(reading: Reading) -> Named | None:
    """What a message asks for, when it looks like the name of one coffee.

    A name has words that nobody knows, mostly capitals, and no words of wishing.
    """
    source = reading.folded.source.strip()
    if match := _QUOTED.search(source):
        return Named(match[1].strip(), sure=True)
    if not source or len(source) > 120 or reading.budgets or reading.language in ("ja", "zh", "ko"):
        return None
    asked = _ASKED_FOR.match(reading.folded.text)
    begin, end = asked.end() if asked else 0, _TAIL.search(reading.folded.text).start()  # type: ignore[union-attr]
    inside = [piece for piece in reading.pieces if begin <= piece.start < end]
    if any(isinstance(piece, Signal) and piece.cue.turn in _WISHING and not _capital(reading, piece) for piece in inside):
        return None
    likeness = _likeness(reading, inside)
    if likeness < (_LIKELY if not asked else _ASKED):
        return None
    return Named(reading.quote(begin, end).strip(), sure=likeness >= _SURE)


_LIKELY, _ASKED, _SURE = 1, 2, 3


def _likeness(reading: Reading, inside: Sequence[Piece]) -> int:
    """How much like a name it looks, from 0 to 3."""
    words = [p for p in inside if isinstance(p, Mention) or (isinstance(p, Unknown) and p.text not in _FOREIGN_SMALL)]
    strange: list[Mention | Unknown] = [word for word in words if isinstance(word, Unknown) and not _everyday(word.text)]
    everyday = sum(isinstance(word, Unknown) and len(word.text) > 2 for word in words) - len(strange)
    capitals = sum(_capital(reading, word) for word in words)
    if not words or (everyday > 2 * len(strange) + 1 and capitals < len(words)):
        return 0
    if titled := len(words) >= 2 and capitals >= 0.75 * len(words):
        strange += [word for word in words if isinstance(word, Mention) and not word.exact]
    if titled and (strange or everyday):
        return 3 if capitals == len(words) and strange else 2
    share = len(strange) / len(words)
    if share >= (0.3 if capitals >= 2 else 0.5):
        return 2 if capitals or share >= 0.6 else 1
    return 0


def _capital(reading: Reading, piece: Piece) -> bool:
    """Whether a word is written like a name's: with a capital, or a number."""
    said = reading.quote(piece.start, piece.end)
    return said[:1].isupper() or said.isdigit()


def search_text(reading: Reading, added: Sequence[Trait]) -> str:
    """What is worth searching for: wanted things in canonical English, then the words that nobody knows."""
    words = [*(_words_for(trait) for trait in added if trait.polarity is not Polarity.AVOID), *(piece.text for piece in _strange(reading))]
    return " ".join(dict.fromkeys(" ".join(words).split()))


def _words_for(trait: Trait) -> str:
    match trait.facet:
        case Facet.FLAVOUR:
            return " ".join(
                NAMES["en"][family].lower()
                for family in (members(trait.value) if trait.value != "fruity" else ("fruity",))
                if family in NAMES["en"]
            )
        case Facet.ROAST:
            return f"{trait.value} roast".lower()
        case Facet.BUDGET | Facet.SCORE | Facet.NOVELTY:
            return ""
        case Facet.ACIDITY | Facet.BODY | Facet.SWEETNESS | Facet.BITTERNESS:
            return _FEELING.get((trait.facet, trait.value), "")
    return trait.value.replace("_", " ")


_FEELING = {
    (Facet.ACIDITY, "high"): "bright acidity",
    (Facet.ACIDITY, "low"): "low acidity smooth",
    (Facet.ACIDITY, "medium"): "balanced",
    (Facet.BODY, "full"): "full body",
    (Facet.BODY, "light"): "light delicate",
    (Facet.BODY, "medium"): "medium body",
    (Facet.SWEETNESS, "high"): "sweet",
    (Facet.BITTERNESS, "high"): "bitter",
}
