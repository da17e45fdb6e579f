"""What is on the shelf."""

import time
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from coffeebot.models import Coffee, Event, Offer
from coffeebot.models.conversation import known_shopper
from coffeebot.models.database import Database
from coffeebot.services.views import CatalogueSummary

SUMMED_FOR = 2.0  # seconds for which a summary is taken to hold: each page that opens asks, and each counts all coffees


class Catalogue:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._summed: tuple[float, CatalogueSummary] | None = None

    async def summary(self) -> CatalogueSummary:
        """As it was SUMMED_FOR seconds ago or later."""
        if self._summed is None or time.monotonic() - self._summed[0] > SUMMED_FOR:
            self._summed = time.monotonic(), await self._summary()
        return self._summed[1]

    async def _summary(self) -> CatalogueSummary:
        async with self._database.session() as session:
            on_shelf = col(Coffee.withdrawn_at).is_(None)
            counted = sa.select(
                sa.func.count(),
                sa.func.count(sa.distinct(col(Coffee.roaster_id))),
                sa.func.coalesce(sa.func.bool_and(col(Coffee.sample)), sa.false()),
                sa.select(sa.func.max(col(Offer.seen_at))).scalar_subquery(),
            ).where(on_shelf)
            coffees, roasters, samples, seen = (await session.execute(counted)).one()
        return CatalogueSummary(coffees=coffees, roasters=roasters, samples=samples, prices_seen_at=seen)

    async def destination(self, offer_id: UUID, *, shopper_id: UUID | None = None) -> str | None:
        """An offer's own address, the click noted; None for a sample, an unknown offer, or one that has no http(s) address."""
        async with self._database.session() as session:
            found = await session.execute(
                sa.select(col(Offer.url), col(Offer.coffee_id)).join(Coffee).where(col(Offer.id) == offer_id, ~col(Coffee.sample))
            )
            row = found.one_or_none()
            if row is None or not row.url or not row.url.startswith(("https://", "http://")):
                return None
            session.add(
                Event(kind="clicked", shopper_id=await known_shopper(session, shopper_id), coffee_id=row.coffee_id, offer_id=offer_id)
            )
            return str(row.url)
