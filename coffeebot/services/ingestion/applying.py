"""One pass over a run's snapshot: prices and stock are written, all else is proposed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from coffeebot.domain.coffee import CoffeeFacts
from coffeebot.models.coffee import Roaster
from coffeebot.models.offers import save_listed
from coffeebot.models.proposal import no_longer_listed, supersede_unseen
from coffeebot.models.snapshot import Snapshot, snapshot_of
from coffeebot.models.stored_facts import StoredCoffee, stored_facts
from coffeebot.services.ingestion import drafts
from coffeebot.services.ingestion.alarms import Tally
from coffeebot.services.ingestion.drafts import Draft, Tell, Told
from coffeebot.services.ingestion.matching import Match, Place, matches
from coffeebot.services.ingestion.prices import PriceList, judged
from coffeebot.services.ingestion.reading import Reader, fitting
from coffeebot.services.shelving import roaster_slug


@dataclass(frozen=True, slots=True)
class Run:
    """What a pass needs to know. `seen_at` is when the shop said all this; `complete` whether it said all of it."""

    id: UUID
    source_id: UUID
    roaster: str
    seen_at: datetime
    complete: bool
    price_limit: Decimal


class _Listed(NamedTuple):
    coffee: StoredCoffee
    prices: PriceList


async def apply(session: AsyncSession, run: Run, *, read: Reader, tell: Tell, progress: Callable[[int], None]) -> Tally:
    """Everything in the session's transaction, a batch at a time; the caller looks at the tally before it commits."""
    tally = Tally()
    place = Place(run.source_id, run.id, await _roaster_id(session, run.roaster))
    async for batch in snapshot_of(session, run.id):
        await _apply_batch(session, run, batch, place=place, read=read, tally=tally, tell=tell)
        progress(tally.items)
    if run.complete:
        await _missing(session, run, tally, tell)
    return tally


async def _roaster_id(session: AsyncSession, name: str) -> UUID | None:
    return await session.scalar(sa.select(col(Roaster.id)).where(col(Roaster.slug) == roaster_slug(name)))


async def _apply_batch(
    session: AsyncSession, run: Run, batch: Sequence[Snapshot], *, place: Place, read: Reader, tally: Tally, tell: Tell
) -> None:
    told = _read(batch, run, read, tally)
    matched = await matches(session, place, told)
    stored = await stored_facts(session, {match.coffee_id for match in matched.values()})
    found: dict[str, Draft] = {}
    listed: list[_Listed] = []
    for item, facts in told.items():
        match = matched.get(item)
        draft = _draft(item, facts, match, stored, run, listed)
        if draft is None:
            tally.counted["unchanged"] += 1
        else:
            found[item] = draft
    await _write_prices(session, listed, tally, tell)
    about = [snapshot.external_id for snapshot in batch]
    await drafts.write(session, found, about=about, source_id=run.source_id, run_id=run.id, tally=tally, tell=tell)


def _read(batch: Sequence[Snapshot], run: Run, read: Reader, tally: Tally) -> dict[str, CoffeeFacts]:
    told: dict[str, CoffeeFacts] = {}
    for snapshot in batch:
        reading = fitting(read(snapshot.payload))
        tally.items += 1
        tally.warnings.update(reading.warnings)
        if reading.facts is None:
            tally.refused[reading.refused] += 1
            continue
        offers = tuple(replace(offer, seen_at=run.seen_at) for offer in reading.facts.offers)
        told[snapshot.external_id] = replace(reading.facts, external_id=snapshot.external_id, offers=offers)
        tally.coffee(told[snapshot.external_id])
    return told


def _draft(
    item: str, facts: CoffeeFacts, match: Match | None, stored: Mapping[UUID, StoredCoffee], run: Run, listed: list[_Listed]
) -> Draft | None:
    """What to ask a curator of one item; a coffee of ours is added to `listed` with its prices."""
    if match is None:
        return drafts.fresh(item, facts)
    coffee = stored[match.coffee_id]
    if not match.sure:
        return drafts.doubtful(item, facts, coffee)
    if coffee.withdrawn:
        return drafts.changed(item, facts, coffee, PriceList())
    prices = judged(coffee.facts.offers, facts.offers, offer_ids=coffee.offer_ids, limit=run.price_limit)
    listed.append(_Listed(coffee, prices))
    return drafts.changed(item, facts, coffee, prices)


async def _write_prices(session: AsyncSession, listed: Sequence[_Listed], tally: Tally, tell: Tell) -> None:
    for coffee, prices in listed:
        before = any(offer.in_stock for offer in coffee.facts.offers)
        tally.stocked_before += before
        tally.stocked_after += before and (prices.in_stock or not prices.taken)  # no price taken is no news of stock
        tally.compared += prices.compared
        tally.held += len(prices.held)
        tally.counted["prices"] += len(prices.changes)
        if prices.changes:
            tell(Told("price", coffee.facts.name, prices.changes))
    sold_out = [offer for one in listed for offer in one.prices.sold_out]
    await save_listed(session, {one.coffee.id: one.prices.taken for one in listed if one.prices.taken}, sold_out=sold_out)


async def _missing(session: AsyncSession, run: Run, tally: Tally, tell: Tell) -> None:
    """What a whole snapshot does not hold: coffees of ours that may be gone, and questions about items that are."""
    tally.counted["superseded"] += await supersede_unseen(session, run.source_id, run.id)
    found = {
        item: drafts.gone(item, name, coffee_id, last_seen=seen)
        for coffee_id, item, name, seen in await no_longer_listed(session, run.source_id, run.id)
    }
    await drafts.write(session, found, about=list(found), source_id=run.source_id, run_id=run.id, tally=tally, tell=tell)
