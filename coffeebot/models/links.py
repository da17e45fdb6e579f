"""The SQL of single pages: which have not been looked at for a while, and which are gone."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from coffeebot.models.base import now
from coffeebot.models.coffee import Coffee, Offer, Roaster


class Link(NamedTuple):
    """A page that sells a coffee, and the offers that lead there."""

    url: str
    coffee_id: UUID
    roaster: str
    offer_ids: Sequence[UUID]


class BrokenLink(NamedTuple):
    """`coffee` is a slug."""

    coffee: str
    url: str
    since: datetime


def _on_shelf() -> tuple[sa.ColumnElement[bool], ...]:
    return col(Coffee.withdrawn_at).is_(None), ~col(Coffee.sample), col(Offer.url).is_not(None)


async def unseen(session: AsyncSession, *, before: datetime, limit: int) -> list[Link]:
    """Pages that neither a scrape nor a check has seen since, the longest unseen first."""
    looked = sa.func.max(sa.func.greatest(col(Offer.seen_at), col(Offer.checked_at)))
    statement = (
        sa.select(col(Offer.url), col(Offer.coffee_id), col(Roaster.name), sa.func.array_agg(col(Offer.id)))
        .join(Coffee, col(Coffee.id) == col(Offer.coffee_id))
        .join(Roaster, col(Roaster.id) == col(Coffee.roaster_id))
        .where(*_on_shelf())
        .group_by(col(Offer.url), col(Offer.coffee_id), col(Roaster.name))
        .having(looked < before)
        .order_by(looked, col(Offer.url))
        .limit(limit)
    )
    return [Link(url or "", coffee_id, roaster, ids) for url, coffee_id, roaster, ids in (await session.execute(statement)).tuples()]


async def mark_checked(session: AsyncSession, offer_ids: Sequence[UUID], *, gone: bool | None) -> None:
    """`gone` is None where the page could not be looked at: then it stays what it was."""
    moment = now()
    since = {True: sa.func.coalesce(col(Offer.broken_since), moment), False: sa.null(), None: col(Offer.broken_since)}[gone]
    await session.execute(sa.update(Offer).where(col(Offer.id).in_(offer_ids)).values(checked_at=moment, broken_since=since))


async def broken_links(session: AsyncSession) -> list[BrokenLink]:
    statement = (
        sa.select(col(Coffee.slug), col(Offer.url), sa.func.min(col(Offer.broken_since)))
        .join(Coffee, col(Coffee.id) == col(Offer.coffee_id))
        .where(*_on_shelf(), col(Offer.broken_since).is_not(None))
        .group_by(col(Coffee.slug), col(Offer.url))
        .order_by(sa.func.min(col(Offer.broken_since)), col(Coffee.slug))
    )
    return [BrokenLink(slug, url or "", since) for slug, url, since in (await session.execute(statement)).tuples() if since]
