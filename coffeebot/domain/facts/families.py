"""Which flavour families a coffee's notes add up to."""

import re
from collections import Counter
from collections.abc import Sequence

from coffeebot.domain.flavour import FRUIT, families_of

_OTHER_FRUIT = re.compile(r"\b(?:pomegranates?|persimmons?|rhubarb|kaki|fruits?|fruity|grenadine)\b", re.IGNORECASE)


def families_by_weight(notes: Sequence[str]) -> tuple[str, ...]:
    """The families of a coffee's notes, the most characteristic first.

    A note counts most for the family it is filed under, early notes count more than late ones, and several add up.
    """
    weights: Counter[str] = Counter()
    for place, note in enumerate(notes):
        for rank, family in enumerate((*(known := families_of(note)), *_unfiled_family(note, known))):
            weights[family] += (1000 if rank == 0 else 300) - 40 * min(place, 6)
    return tuple(family for family, _ in sorted(weights.items(), key=lambda item: (-item[1], item[0])))


def _unfiled_family(note: str, known: Sequence[str]) -> tuple[str, ...]:
    """Fruit that belongs to no branch, and "fruit" itself, are fruity: somebody who wants no fruit does not want them either."""
    return ("fruity",) if _OTHER_FRUIT.search(note) and not set(known) & {*FRUIT, "herbal"} else ()
