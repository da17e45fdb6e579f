"""Reads a message into pieces: wishes, cues, stops and words that nobody knows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from coffeebot.domain import places, vocabulary
from coffeebot.domain.degrees import degrees
from coffeebot.domain.flavour.notes import Flavour, Kind
from coffeebot.domain.flavour.notes import entries as flavour_entries
from coffeebot.domain.folding import Folded, fold
from coffeebot.domain.lexicon import Found, Lexicon
from coffeebot.domain.money import Budget, find_budgets
from coffeebot.domain.places import Place, PlaceKind
from coffeebot.domain.score import Score, find_score
from coffeebot.domain.understanding.cues import Cue, FacetWord
from coffeebot.domain.understanding.cues import entries as cue_entries
from coffeebot.domain.understanding.language import language_of
from coffeebot.domain.understanding.roasts import RoastSpan, roast_spans
from coffeebot.domain.vocabulary import Topic, Word
from coffeebot.domain.words import listed, table

Meaning = Flavour | Place | Word | Cue | FacetWord


@dataclass(frozen=True, slots=True)
class Mention:
    """Something a wish can be about. `start` and `end` are offsets into the folded text."""

    meaning: Flavour | Place | Word | RoastSpan | FacetWord
    phrase: str
    start: int
    end: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Signal:
    """A cue in its place."""

    cue: Cue
    phrase: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Punctuation: a comma is weak, the rest ends a clause."""

    strong: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word that no lexicon knows."""

    text: str
    start: int
    end: int


Piece = Mention | Signal | Stop | Unknown


@dataclass(frozen=True, slots=True)
class Reading:
    """A message taken apart."""

    folded: Folded
    language: str
    pieces: tuple[Piece, ...]
    budgets: tuple[Budget, ...]
    score: Score | None

    @property
    def mentions(self) -> list[Mention]:
        return [piece for piece in self.pieces if isinstance(piece, Mention)]

    def quote(self, start: int, end: int) -> str:
        return self.folded.quote(start, end)


_NOT_FLAVOURS = frozenset(listed(table("notes")["not_in_talk"]["words"]))  # flavour words that in talk rather mean something else
_CURRENCY_OF = {"ja": "JPY", "ko": "KRW", "zh": "CNY", "de": "EUR", "fr": "EUR", "es": "EUR", "it": "EUR", "pt": "EUR"}


def _entries() -> Iterator[tuple[str, Meaning]]:
    yield from cue_entries()
    yield from ((phrase, place) for phrase, place in places.entries() if place.kind is PlaceKind.DECOY)
    yield from vocabulary.entries()
    yield from ((phrase, flavour) for phrase, flavour in flavour_entries() if phrase not in _NOT_FLAVOURS)
    yield from places.entries()
    yield from _degrees()


_COMPARED = (Topic.ACIDITY, Topic.BODY, Topic.SWEETNESS, Topic.BITTERNESS, Topic.NOVELTY)


def _degrees() -> Iterator[tuple[str, Meaning]]:
    """ "Rounder" and "nuttiest" mean what "round" and "nutty" do."""
    for phrase, word in vocabulary.entries():
        if word.topic in _COMPARED:
            yield from ((degree, word) for degree in degrees(phrase))
    for phrase, flavour in flavour_entries():
        if flavour.kind in (Kind.FAMILY, Kind.GROUP) and phrase.endswith("y"):
            yield from ((degree, flavour) for degree in degrees(phrase))


_MENDED = (Topic.PROCESS, Topic.ROAST, Topic.VARIETY, Topic.FLAG, Topic.BREW_METHOD)


def _mends(meaning: Meaning) -> bool:
    """A slip of the pen is forgiven in notes, families, places and the trade's words, not in small words and comparisons."""
    match meaning:
        case Flavour(kind=kind):
            return kind is not Kind.THING
        case Place(kind=kind):
            return kind in (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.CONTINENT)
        case Word(topic=topic):
            return topic in _MENDED
    return False


@lru_cache(maxsize=1)
def lexicon() -> Lexicon[Meaning]:
    return Lexicon(((_ELIDED.sub(r"\1 ", phrase), meaning) for phrase, meaning in _entries()), mends=_mends)


_STOPS = re.compile(r"(?P<strong>[.!?;\n。！？；…]+(?!\d)|[:：](?!\d)|\)|）)|(?P<weak>[,、，·•/|／()（\[\]]|(?<=\s)[-–—]+(?=\s))")


def read(message: str, *, bare_budget: bool = False) -> Reading:
    """The message taken apart. `bare_budget` lets a number alone be a price."""
    folded = _parted(message)
    language = language_of(folded)
    score = find_score(folded)
    hidden = _hide(folded, [(score.start, score.end)]) if score else folded
    budgets = find_budgets(hidden, currency=_CURRENCY_OF.get(language, "USD"), bare=bare_budget)
    hidden = _hide(hidden, [(budget.start, budget.end) for budget in budgets])
    spans = roast_spans(hidden)
    hidden = _hide(hidden, [(span.start, span.end) for span in spans])
    found = lexicon().find(hidden, typos=True)
    pieces = [
        *(Mention(span, hidden.text[span.start : span.end], span.start, span.end) for span in spans),
        *_meant(found),
        *_stops(hidden),
        *_unknown(hidden, found),
    ]
    return Reading(folded, language, tuple(sorted(pieces, key=lambda piece: piece.start)), tuple(budgets), score)


_ELIDED = re.compile(r"\b(l)['’](?=[aeiouhyàâéèêëîïôûœ])", re.IGNORECASE)


def _parted(message: str) -> Folded:
    """Folded, with an elided article as a word of its own: "l'éthiopien" is about Ethiopia."""
    return replace(fold(_ELIDED.sub(r"\1 ", message)), source=message)


def _hide(folded: Folded, spans: list[tuple[int, int]]) -> Folded:
    """The same text with pieces blanked out, every offset where it was."""
    text = folded.text
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    kept = tuple(token for token in folded.tokens if text[token.start : token.end] == token.text)
    return replace(folded, text=text, tokens=kept)


def _meant(found: list[Found[Meaning]]) -> Iterator[Piece]:
    for match in found:
        if isinstance(match.meaning, Cue):
            yield Signal(match.meaning, match.phrase, match.start, match.end)
        elif isinstance(match.meaning, Place) and match.meaning.kind is PlaceKind.DECOY:
            yield from _decoy(match)
        else:
            yield Mention(match.meaning, match.phrase, match.start, match.end, match.exact)


def _decoy(match: Found[Meaning]) -> Iterator[Piece]:
    """ "French press" is no place, but a brewer; "Brazil nuts" a note."""
    for other in (vocabulary.lexicon().get(match.phrase), places_free(match.phrase)):
        if other is not None:
            yield Mention(other, match.phrase, match.start, match.end, match.exact)
            return


@lru_cache(maxsize=512)
def places_free(phrase: str) -> Flavour | None:
    """What a phrase that is no place says about flavour."""
    return _flavours().get(phrase)


@lru_cache(maxsize=1)
def _flavours() -> Lexicon[Flavour]:
    return Lexicon(flavour_entries())


def _stops(folded: Folded) -> Iterator[Stop]:
    for match in _STOPS.finditer(folded.text):
        yield Stop(match["strong"] is not None, match.start(), match.end())


def _unknown(folded: Folded, found: list[Found[Meaning]]) -> Iterator[Unknown]:
    covered = {place for match in found for place in range(match.start, match.end)}
    for token in folded.tokens:
        if token.start not in covered:
            yield Unknown(token.text, token.start, token.end)
