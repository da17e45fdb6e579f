"""A shop for tests of the ingestion: a list of facts that changes as it is told to, and runs of it."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from coffeebot.domain.coffee import CoffeeFacts, OfferFacts, Process
from coffeebot.models import Coffee, Offer, Proposal, ScrapeRun, ScrapeSource
from coffeebot.models.database import Database
from coffeebot.services.ingestion.facts_json import facts_from_json, facts_to_json
from coffeebot.services.ingestion.reading import Reading
from coffeebot.services.ingestion.run import Item, Report, ingest
from coffeebot.services.review import Review


def offer(grams: int = 250, amount: int = 1400, *, currency: str = "USD", in_stock: bool = True) -> OfferFacts:
    return OfferFacts(Decimal(grams), amount, currency, in_stock, url=f"https://shop.example/{grams}")


def bean(number: int, **facts: Any) -> CoffeeFacts:
    """A washed Kenyan with one bag of 250 g for 14 dollars, unless told otherwise."""
    usual: dict[str, Any] = {
        "name": f"{('Kiamabara', 'Gatomboya', 'Ndaroini', 'Karogoto', 'Gichathaini', 'Thageini')[number % 6]} {number}",
        "origins": ("Kenya",),
        "processes": (Process.WASHED,),
        "notes": ("blackcurrant", "lime"),
        "families": ("berry", "citrus"),
        "offers": (offer(),),
        "evidence": {"origins": "Kenya"},
    }
    return CoffeeFacts(external_id=str(number), roaster="Lantern", **{**usual, **facts})


def read(payload: Mapping[str, Any]) -> Reading:
    if "refused" in payload:
        return Reading(str(payload["name"]), refused=str(payload["refused"]))
    facts = facts_from_json(dict(payload))
    return Reading(facts.name, facts)


class Shop:
    """`listed` is what it sells, by external id; `fails` is raised after as many items as `after` says."""

    def __init__(self, database: Database, source: ScrapeSource) -> None:
        self.database = database
        self.source = source
        self.listed: dict[str, CoffeeFacts | dict[str, Any]] = {}
        self.missed: list[str] = []
        self.fails: Exception | None = None
        self.after = 0
        self.asked = 0

    def sells(self, *coffees: CoffeeFacts) -> None:
        self.listed = {coffee.external_id: coffee for coffee in coffees}

    def changes(self, number: int, **facts: Any) -> None:
        coffee = self.listed[str(number)]
        assert isinstance(coffee, CoffeeFacts)
        self.listed[str(number)] = replace(coffee, **facts)

    async def items(self) -> AsyncIterator[Item]:
        self.asked += 1
        for place, (external_id, one) in enumerate(self.listed.items()):
            if self.fails and place == self.after:
                raise self.fails
            yield Item(external_id, one if isinstance(one, dict) else facts_to_json(one))
        if self.fails:
            raise self.fails

    def counts(self) -> Mapping[str, int]:
        return {"pages": 1}

    async def run(self, **options: Any) -> Report:
        """One run, by the source as it is now."""
        async with self.database.session() as session:
            source = await session.get(ScrapeSource, self.source.id)
        assert source is not None
        self.source = source
        return await ingest(self.database, source, self, **{"read": read, **options})

    async def proposals(self, status: str | None = "open") -> list[Proposal]:
        """By number."""
        chosen = sa.select(Proposal).order_by(col(Proposal.number))
        async with self.database.session() as session:
            found = await session.scalars(chosen.where(col(Proposal.status) == status) if status else chosen)
        return list(found.all())

    async def runs(self) -> list[ScrapeRun]:
        async with self.database.session() as session:
            return list((await session.scalars(sa.select(ScrapeRun).order_by(col(ScrapeRun.started_at)))).all())

    async def offers(self) -> dict[str, list[tuple[int, int, bool]]]:
        """(grams, amount, in stock) by the coffee's name."""
        rows = sa.select(col(Coffee.name), Offer).join(Offer).order_by(col(Offer.grams))
        found: dict[str, list[tuple[int, int, bool]]] = {}
        async with self.database.session() as session:
            for name, one in (await session.execute(rows)).tuples():
                found.setdefault(name, []).append((int(one.grams), one.amount_minor, one.in_stock))
        return found


async def approved(shop: Shop, review: Review, *coffees: CoffeeFacts) -> None:
    """The shop sells these, and a curator wanted them all."""
    shop.sells(*coffees)
    await shop.run()
    await review.approve([one.number or 0 for one in await shop.proposals()], by="mika")


async def coffees(database: Database) -> dict[str, Coffee]:
    """By name."""
    async with database.session() as session:
        return {one.name: one for one in (await session.scalars(sa.select(Coffee))).all()}
