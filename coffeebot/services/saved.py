"""The coffees that a shopper saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from coffeebot.domain.errors import NotFound
from coffeebot.domain.query import Candidate
from coffeebot.domain.turn import Pick
from coffeebot.models import Coffee, Event, Roaster
from coffeebot.models.conversation import ensure_shopper
from coffeebot.models.database import Database
from coffeebot.models.mark import MarkKind, lift_mark, marked, set_mark
from coffeebot.models.search import find_these
from coffeebot.services.cards import card


@dataclass(frozen=True, slots=True)
class SavedCoffee:
    """`pick` is the coffee as it stands now; None when it left the shelf."""

    id: UUID
    name: str
    roaster: str
    pick: Pick | None


class SavedCoffees:
    def __init__(self, database: Database, rates: Mapping[str, Decimal]) -> None:
        self._database = database
        self._rates = dict(rates)

    async def list(self, shopper_id: UUID, *, language: str = "en") -> tuple[SavedCoffee, ...]:
        """The latest first; those that left the shelf too."""
        async with self._database.session() as session:
            ids = list(await marked(session, shopper_id, MarkKind.SAVED))
            if not ids:
                return ()
            named = sa.select(col(Coffee.id), col(Coffee.name), col(Roaster.name)).join(Roaster).where(col(Coffee.id).in_(ids))
            names = {row[0]: (row[1], row[2]) for row in (await session.execute(named)).all()}
        there = {coffee.id: coffee for coffee in await self._on_shelf(ids)}
        picks = {key: card(coffee, (), (), language=language, rates=self._rates) for key, coffee in there.items()}
        return tuple(SavedCoffee(key, *names[key], picks.get(key)) for key in ids)

    async def save(self, coffee_id: UUID, *, shopper_id: UUID, conversation_id: str | None = None) -> None:
        """Saving twice is saving once. Raises NotFound for a coffee that is not on the shelf."""
        if not await self._on_shelf([coffee_id]):
            raise NotFound("That coffee is no longer on the shelf.")
        async with self._database.session() as session:
            await ensure_shopper(session, shopper_id)
            if await set_mark(session, shopper_id, MarkKind.SAVED, coffee_id):
                session.add(Event(kind="saved", shopper_id=shopper_id, conversation_id=conversation_id, coffee_id=coffee_id, offer_id=None))

    async def _on_shelf(self, ids: Sequence[UUID]) -> tuple[Candidate, ...]:
        async with self._database.reading() as connection:
            return await find_these(connection, ids, rates=self._rates)

    async def remove(self, coffee_id: UUID, *, shopper_id: UUID) -> None:
        """What was not saved stays so."""
        async with self._database.session() as session:
            await lift_mark(session, shopper_id, MarkKind.SAVED, coffee_id)
