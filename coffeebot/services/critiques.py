"""Hears a complaint with what lay on the table: which coffee is meant, and what the shopper therefore does not want."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from coffeebot.domain.critique import beside_these, compares_roasts, with_objections
from coffeebot.domain.message import Understanding
from coffeebot.domain.taste import Trait
from coffeebot.domain.understanding.complaints import complained_of, complaints_in
from coffeebot.models.database import Database
from coffeebot.models.search import find_these
from coffeebot.services.transcript import Turn


class Critiques:
    def __init__(self, database: Database, rates: Mapping[str, Decimal]) -> None:
        self._database = database
        self._rates = dict(rates)

    async def heard(self, turn: Turn, understood: Understanding, profile: Sequence[Trait]) -> Understanding:
        """The same understanding, its change with what complaints and comparisons say; nothing is read when there are none."""
        if not turn.table or not (understood.complaints or compares_roasts(understood.change)):
            return understood
        meant = complained_of(turn.text, turn.offered_last, len(turn.table))
        async with self._database.reading() as connection:
            coffees = await find_these(connection, [turn.table[place] for place in meant], rates=self._rates)
        change = beside_these(understood.change, coffees)
        return replace(understood, change=with_objections(change, complaints_in(turn.text), coffees, profile))
