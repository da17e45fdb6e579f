"""The bit strings that one statement asks for, and the values on their way into it.

`m` is a row with an array `b` of them; `held` a row with those that are worked out of them once, before any coffee is looked at.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from coffeebot.domain.folding import plain, singular
from coffeebot.models.template import filled, template

_ONE = "set_bit((SELECT bits FROM none), place, 1)"
_INNER_BANDS = """
bits FROM rate JOIN bitmap ON bitmap.facet = 'price ' || rate.currency
    AND bitmap.number > price_band(:lowest / dollars) AND bitmap.number < price_band(:highest / dollars)
"""


class Bitmaps:
    """Asks for each bit string once. What its methods give back is SQL of one."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}
        self._numbers: dict[object, int] = {}
        self._named: list[tuple[int, str, str]] = []
        self._like: list[tuple[int, str, str, str]] = []
        self._further: list[tuple[int, str]] = []
        self._held: dict[str, str] = {}

    @property
    def all(self) -> str:
        """Every coffee on the shelf."""
        return self.any_of("shelf", ("",))

    def any_of(self, facet: str, values: Iterable[str]) -> str:
        """Those that have one of these values."""
        wanted = tuple(dict.fromkeys(str(value) for value in values))
        number, new = self._number((facet, wanted))
        if new:
            self._named += [(number, str(facet), value) for value in wanted]
        return f"b[{number}]"

    def called(self, facet: str, value: str) -> str:
        """Those with a value of this name, whatever its capitals and accents."""
        return self.any_of(facet, (plain(value),))

    def worded(self, facet: str, value: str) -> str:
        """Those with a value that has the words of a note: "fig" is in "dried figs"."""
        longest = max((singular(word) for word in plain(value).split()), key=len, default="")
        return self._matching(facet, longest.removesuffix("y"), note_pattern(value))

    def named(self, facet: str, value: str) -> str:
        """Those with a name that contains this one: "kona" is in "north kona", "bourbon" in "red bourbon"."""
        return self._matching(facet, plain(value), rf"\m{re.escape(plain(value))}\M")

    def between(self, facet: str, lowest: float, highest: float) -> str:
        """Those with a number between these, both included."""
        low, high = self._add(lowest, "float8"), self._add(highest, "float8")
        bounds = f"bitmap.facet = {self._add(facet)} AND bitmap.number BETWEEN {low} AND {high}"
        return self._selected(("between", facet, lowest, highest), "bits FROM bitmap WHERE " + bounds)

    def by_roaster(self, names: Sequence[str]) -> str:
        """Those whose roaster, or roaster and name, begins so."""
        begins = [self._add(f"{plain(name)} %") for name in names]
        starts = [self._add(f"{_literally(plain(name))}%") for name in names]
        some = " OR ".join(f"name_key LIKE {start} AND name_key || ' ' LIKE {begin}" for start, begin in zip(starts, begins, strict=True))
        return self._selected(("roaster", *names), f"{_ONE} FROM coffee JOIN shelf ON coffee_id = coffee.id WHERE {some}")

    def from_countries(self, countries: Sequence[str]) -> str:
        """Those of a roaster in one of these countries."""
        return self._of_roasters(("countries", *countries), f"country = ANY({self._add(list(countries), 'text[]')})")

    def from_nowhere(self) -> str:
        """Those of a roaster whose country is not known."""
        return self._of_roasters("nowhere", "country IS NULL")

    def these(self, ids: Iterable[UUID]) -> str:
        """The coffees of these ids."""
        wanted = sorted(ids)
        return self._selected(("these", *wanted), f"{_ONE} FROM shelf WHERE coffee_id = ANY({self._add(wanted, 'uuid[]')})")

    def within_budget(self) -> str:
        """Those with an offer between :lowest and :highest."""
        return f"({self._selected('within', _INNER_BANDS)} | {self._selected('doubtful', _ONE + ' FROM doubtful WHERE within')})"

    def maybe_within_budget(self) -> str:
        """Those in several currencies of which none compares."""
        return self._selected("not told", _ONE + " FROM doubtful WHERE within IS NULL")

    def priced(self) -> str:
        """Those with a price in a currency that has a rate, or in several currencies."""
        known = "bits FROM bitmap WHERE value = '' AND facet IN (SELECT 'price ' || currency FROM rate UNION ALL SELECT 'price ')"
        return self._selected("priced", known)

    def has(self, bits: str) -> str:
        """1 for a coffee `c` of the shelf that is among these, else 0."""
        return f"get_bit({self._held_as(bits)}, c.place)"

    def _held_as(self, bits: str) -> str:
        """A bit string that is worked out once."""
        return "held." + self._held.setdefault(bits, f"h{len(self._held)}")

    def _add(self, value: Any, kind: str = "text") -> str:
        """The value as SQL of this PostgreSQL type."""
        name = f"v{len(self._values)}"
        self._values[name] = value
        return f"(:{name})::{kind}"

    def tables(self) -> str:
        """The tables of bitmaps.sql."""
        asked = {"like": self._like, "budget": "within" in self._numbers}
        further = "".join(f" UNION ALL SELECT {number}, {rest}" for number, rest in self._further)
        return filled(template("bitmaps", frozenset(part for part, wanted in asked.items() if wanted)), {"further": further})

    def columns(self) -> str:
        """What `held` is to have."""
        return "".join(f", {bits} AS {name}" for bits, name in self._held.items())

    def parameters(self) -> dict[str, Any]:
        """All values of the statement."""
        numbers, facets, values = _columns(self._named, 3)
        named = {"b_most": len(self._numbers), "b_numbers": numbers, "b_facets": facets, "b_values": values}
        like = zip(("l_numbers", "l_facets", "l_stems", "l_patterns"), _columns(self._like, 4), strict=True)
        return {**self._values, **named, **dict(like)}

    def _number(self, key: object) -> tuple[int, bool]:
        new = key not in self._numbers
        return self._numbers.setdefault(key, len(self._numbers) + 1), new

    def _matching(self, facet: str, stem: str, pattern: str) -> str:
        number, new = self._number((facet, "like", pattern))
        if new:
            self._like.append((number, str(facet), f"%{_literally(stem)}%", pattern))
        return f"b[{number}]"

    def _of_roasters(self, key: object, condition: str) -> str:
        return self._selected(key, f"bits FROM roaster JOIN bitmap ON facet = 'roaster' AND value = roaster.id::text WHERE {condition}")

    def _selected(self, key: object, rest: str) -> str:
        number, new = self._number(key)
        if new:
            self._further.append((number, " ".join(rest.split())))
        return f"b[{number}]"


def note_pattern(note: str) -> str:
    """A pattern that finds the words of a note, in this order, singular or plural: "fig" in "dried figs"."""
    words = [re.escape(singular(word)) for word in plain(note).split()]
    forms = [word[:-1] + "(y|ies)" if word.endswith("y") else word + "(e?s)?" for word in words]
    return ".*".join(rf"\m{form}\M" for form in forms)


def _literally(text: str) -> str:
    """For LIKE."""
    return re.sub(r"([\\%_])", r"\\\1", text)


def _columns(rows: Sequence[tuple[Any, ...]], many: int) -> list[list[Any]]:
    return [[row[place] for row in rows] for place in range(many)]
