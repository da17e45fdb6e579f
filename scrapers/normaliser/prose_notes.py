"""Tasting notes out of prose, reduced to the words that taste of something."""

from collections.abc import Iterable, Iterator

from coffeebot.domain.flavour import find_notes

MOST_WORDS = 3  # more words than this are a clause around a note: "each sip concluding with a chocolatey finish"
_OF_ANY_COFFEE = frozenset({"coffee", "roasted", "roasty", "sweet"})


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
