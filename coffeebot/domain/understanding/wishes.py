"""Every wish of a message: its clauses one by one, and the lists that go on over commas."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coffeebot.domain.flavour.notes import Flavour
from coffeebot.domain.understanding.reading import Piece, Reading, Stop
from coffeebot.domain.understanding.scope import Scope
from coffeebot.domain.understanding.wish import Wish


def clauses(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces between strong stops; a colon after a negation keeps them together."""
    clause: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Stop) and piece.strong:
            yield clause
            clause = []
        else:
            clause.append(piece)
    yield clause


def wishes(reading: Reading) -> list[Wish]:
    """Every mention of a message with its stance, in reading order."""
    found = [wish for number, clause in enumerate(clauses(reading.pieces)) for wish in Scope(clause, number, reading.folded.text).walk()]
    return _close_lists(found)


def _close_lists(found: list[Wish]) -> list[Wish]:
    """ "berries, citrus or flowers": the commas of a list that ends in "or" mean "or" too."""
    closed = list(found)
    for i in range(len(closed) - 1, 1, -1):
        here, before, first = closed[i], closed[i - 1], closed[i - 2]
        one_list = here.link == "or" and before.link == "comma" and here.clause == before.clause == first.clause
        if one_list and here.stance is before.stance is first.stance and isinstance(first.mention.meaning, Flavour):
            closed[i - 1] = replace(before, link="or")
    return closed
