"""Slips of the pen in flavour words, and ordinary words that are near one."""

import random
import string

from coffeebot.domain.flavour import FAMILIES, families_of, find_notes
from coffeebot.domain.vocabulary import find_words
from coffeebot.domain.words import words

NOTES = sorted({note for family in FAMILIES.values() for note in family.notes if note.isascii() and note.isalpha() and len(note) >= 6})


def _slipped(word: str, chance: random.Random) -> str:
    """One letter left out, changed, doubled or swapped with the next; never the first."""
    i = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (
            word[:i] + word[i + 1 :],
            word[:i] + chance.choice(string.ascii_lowercase) + word[i + 1 :],
            word[:i] + word[i] + word[i:],
            word[:i] + word[i + 1] + word[i] + word[i + 2 :],
        )
    )


def test_one_slip_in_a_note_is_forgiven() -> None:
    chance = random.Random(7)
    slips = [(note, _slipped(note, chance)) for note in NOTES for _ in range(3)]
    missed = [
        (note, slip)
        for note, slip in slips
        if not {family for _, families, _ in find_notes(slip, typos=True) for family in families} & set(families_of(note))
    ]
    assert len(missed) / len(slips) <= 0.04, missed


def test_no_ordinary_word_is_mended_into_a_coffee_word() -> None:
    ordinary = words("everyday") | words("foreign") | words("near_misses")
    assert len(ordinary) >= 2000
    mended = {word for word in ordinary if find_notes(word, typos=True) and not find_notes(word)}
    mended |= {word for word in ordinary if find_words(word, typos=True) and not find_words(word)}
    assert not mended


def test_most_ordinary_words_are_no_flavour_at_all() -> None:
    named = {word for word in words("everyday") if find_notes(word)}
    assert len(named) / len(words("everyday")) <= 0.03, named
