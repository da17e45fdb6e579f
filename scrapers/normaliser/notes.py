"""Tasting notes, one by one: those that are listed, and those inside prose."""

from collections.abc import Iterable, Iterator

from coffeebot.domain.flavour import find_notes
from coffeebot.domain.tasting import single_notes

MOST_ROUNDS = 6  # of a note inside a note inside a note
MOST_WORDS = 3  # more words than this are a clause around a note: "each sip concluding with a chocolatey finish"
_OF_ANY_COFFEE = frozenset({"coffee", "roasted", "roasty", "sweet"})


def settled(listed: Iterable[str]) -> tuple[str, ...]:
    """The single notes of lists, each with a letter in it; those of single notes are these again."""
    notes = tuple(listed)
    for _ in range(MOST_ROUNDS):
        single = tuple(dict.fromkeys(note for words in notes for note in single_notes(words) if any(map(str.isalpha, note))))
        if single == notes:
            break
        notes = single
    return notes


def clear_notes(notes: Iterable[str]) -> tuple[str, ...]:
    """Each note that is short, and the known notes inside the longer ones. Clearing twice changes nothing."""
    return tuple(dict.fromkeys(clear for note in notes for clear in _clear(note)))


def _clear(note: str) -> Iterator[str]:
    known = find_notes(note)
    covered = sum(end - start for _, _, (start, end) in known)
    if known and (len(note.split()) <= MOST_WORDS and covered * 2 >= len(note)):
        yield note
        return
    yield from (note[start:end] for name, _, (start, end) in known if name not in _OF_ANY_COFFEE)
