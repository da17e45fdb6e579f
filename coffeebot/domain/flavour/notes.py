"""What a flavour word means: which note it names and which families that note belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from coffeebot.domain.flavour.families import FAMILIES, FRUIT
from coffeebot.domain.folding import fold, plain
from coffeebot.domain.lexicon import Lexicon
from coffeebot.domain.words import listed, table

LANGUAGES = ("ja", "es", "fr", "de", "pt", "it", "ko", "zh")  # beside English, by their lists


class Kind(StrEnum):
    NOTE = "note"  # a member: "blueberry"
    FAMILY = "family"  # the branch itself, or an adjective that means all of it: "nutty", "lemony"
    GROUP = "group"  # several branches: "fruity"
    THING = "thing"  # something a coffee is compared with: "lemonade in a garden"


@dataclass(frozen=True, slots=True)
class Flavour:
    """`note` is the canonical English word; `families` has the one it is filed under first.

    `compared` are the families meant when a coffee is said to be *like* it, if that differs.
    """

    note: str
    families: tuple[str, ...]
    kind: Kind
    compared: tuple[str, ...] = ()
    occasion: bool = False


def _turned(lists: dict[str, str]) -> dict[str, str]:
    """word -> key, of lists of words by key."""
    return {word: key for key, words in lists.items() for word in listed(words)}


def _filed(note: str, families: list[str], filed_under: dict[str, str]) -> tuple[str, ...]:
    """The families of a note, the one it is filed under first."""
    first = filed_under.get(note)
    if first is None and note.startswith("dried ") and "dried_fruit" in families:
        first = "dried_fruit"
    if first is None and note.endswith((" blossom", " flower")) and "floral" in families:
        first = "floral"
    return tuple(sorted(dict.fromkeys(families), key=lambda family: family != first))


def _english() -> dict[str, Flavour]:
    """Every English word and phrase, by its plain form; a word for a branch before a member of the same name."""
    book: dict[str, Flavour] = {}
    for key, family in FAMILIES.items():
        for word in family.words:
            also = [other.key for other in FAMILIES.values() if word in other.notes and other.key != key]
            book.setdefault(plain(word), Flavour(word, (key, *also), Kind.FAMILY))
    for word, group in _turned(table("notes")["groups"]).items():
        book.setdefault(plain(word), Flavour(group, FRUIT, Kind.GROUP))
    for key, family in FAMILIES.items():
        for word in family.like:
            book.setdefault(plain(word), Flavour(word, (key,), Kind.FAMILY))
    for phrase, note in _members():
        book.setdefault(phrase, note)
    return book


def _members() -> Iterator[tuple[str, Flavour]]:
    """Every note under its plain spelling."""
    claims = _claims()
    filed_under, usual = _turned(table("notes")["filed_under"]), _turned(table("notes")["usual_name"])
    for note, families in claims.items():
        name = usual.get(note, note)
        yield plain(note), Flavour(name, _filed(name, [*families, *claims.get(name, ())], filed_under), Kind.NOTE)


def _claims() -> dict[str, list[str]]:
    """The families that claim each note; a dried fruit belongs to the fruit's families too."""
    claims: dict[str, list[str]] = {}
    for key, family in FAMILIES.items():
        for note in family.notes:
            claims.setdefault(note, []).append(key)
    for note in [note for note in claims if note.startswith("dried ")]:
        fresh = note.removeprefix("dried ")
        claims[note] += [key for key in claims.get(fresh, ()) if key not in claims[note]]
    for note in listed(table("notes")["unfiled"]["notes"]):
        claims.setdefault(note, [])
    return claims


def _compared() -> Iterator[tuple[str, Flavour]]:
    told = table("comparisons")
    occasions = {plain(word) for word in listed(told["occasions"]["words"])}
    for families, things in told["things"].items():
        for thing in listed(things):
            meant = tuple(families.split())
            yield thing, Flavour(thing, meant, Kind.THING, meant, plain(thing) in occasions)


def _with_comparison(known: Flavour, thing: Flavour) -> Flavour:
    return Flavour(known.note, known.families, known.kind, thing.families, thing.occasion)


def _translations() -> Iterator[tuple[str, str]]:
    """(English word, words of other languages), the mixed list first."""
    for name in ("flavour_translations", *(f"flavour_{language}" for language in LANGUAGES)):
        yield from table(name).items()


@lru_cache(maxsize=1)
def entries() -> tuple[tuple[str, Flavour], ...]:
    """(phrase, meaning) of every flavour word in every language, the surest meaning of a phrase first."""
    book = _english()
    things = {plain(phrase): (phrase, thing) for phrase, thing in _compared()}
    for key, (_, thing) in things.items():
        if key in book:
            book[key] = _with_comparison(book[key], thing)
    said = list(book.items())
    for english, foreign in _translations():
        said += [(word, book[plain(english)]) for word in listed(foreign)]
    return (*said, *((phrase, thing) for key, (phrase, thing) in things.items() if key not in book))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon[Flavour]:
    return Lexicon(entries())


@lru_cache(maxsize=1)
def _notes_only() -> Lexicon[Flavour]:
    """The words a roaster writes as a tasting note: no figures of speech."""
    return Lexicon((phrase, flavour) for phrase, flavour in entries() if flavour.kind is not Kind.THING)


@lru_cache(maxsize=16384)
def families_of(note: str) -> tuple[str, ...]:
    """The families that one tasting note belongs to, best first; () when it names none.

    "dark chocolate" is chocolate, "rum barrel" boozy, "strawberry guava" tropical and berry. A blossom is floral first
    and keeps its fruit. A bare "fruity" names no branch.
    """
    named = _notes_only().find(note) or _notes_only().find(note, typos=True)
    found = [match.meaning for match in named if match.meaning.kind is not Kind.GROUP]
    families = [family for flavour in found for family in flavour.families]
    words = plain(note).split()
    if set(families) & _MADE_OF_FRUIT and not set(families) & set(FRUIT):
        families += [family for word in words for family in _fruit_of(word)]
    if words and words[-1] in {"blossom", "blossoms", "flower", "flowers"}:
        families.insert(0, "floral")
    if words and words[0] == "dried" and set(families) & set(FRUIT):
        families.append("dried_fruit")
    return tuple(dict.fromkeys(families))


_MADE_OF_FRUIT = {"boozy", "fermented", "caramel_sugar", "chocolate", "vanilla"}  # "cherry cordial", "raspberry ganache": the fruit counts


def _fruit_of(word: str) -> tuple[str, ...]:
    """The kinds of fruit that a single word names."""
    known = _notes_only().get(word)
    return tuple(family for family in known.families if family in FRUIT) if known and known.kind is Kind.NOTE else ()


def find_notes(text: str, *, typos: bool = False) -> list[tuple[str, tuple[str, ...], tuple[int, int]]]:
    """(canonical note or family word, its families, its place in `text`) for each flavour word of a text."""
    folded = fold(text)
    return [
        (match.meaning.note, match.meaning.families, folded.span(match.start, match.end))
        for match in _notes_only().find(folded, typos=typos)
    ]


def canonical_note(word: str) -> str:
    """The English, singular, correctly spelled name of a note: "Heidelbeeren" and "bluebery" are "blueberry"."""
    known = _notes_only().get(word)
    if known is None:
        found = _notes_only().find(word, typos=True)
        known = found[0].meaning if len(found) == 1 and found[0].start == 0 and found[0].end >= len(word.strip()) else None
    return known.note if known else plain(word)


@lru_cache(maxsize=1)
def japanese_names() -> dict[str, str]:
    """The first Japanese word that we know for a note."""
    return {english: listed(words)[0] for english, words in table("flavour_ja").items()}
