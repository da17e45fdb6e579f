"""The SQL that writes the catalogue: roasters and coffees as an import or a curator knows them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from coffeebot.models.base import now
from coffeebot.models.coffee import Coffee, Roaster

_ONE_AT_A_TIME = 0x_C0FFEE


@dataclass(frozen=True, slots=True)
class Stored:
    """What the catalogue has of a coffee already."""

    id: UUID
    slug: str
    content_hash: str
    search_document: str
    embedded_by: str | None
    sample: bool
    locked: list[str]


async def take_turns(session: AsyncSession) -> None:
    """Waits until nobody else writes coffees; the lock ends with the transaction."""
    await session.execute(sa.select(sa.func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))


async def save_roasters(session: AsyncSession, roasters: Mapping[str, tuple[str, str | None]]) -> dict[str, UUID]:
    """Ids of roasters given as slug -> (name, country), made when they are new; a country is filled in, never changed."""
    if not roasters:
        return {}
    rows: list[dict[str, Any]] = [
        {"id": uuid4(), "slug": slug, "name": name, "country": country, "ships_to": [], "created_at": now()}
        for slug, (name, country) in roasters.items()
    ]
    fresh = insert(Roaster)
    await session.execute(
        fresh.on_conflict_do_update(
            index_elements=[col(Roaster.slug)],
            set_={"country": sa.func.coalesce(col(Roaster.country), fresh.excluded.country)},
            where=col(Roaster.country).is_(None) & fresh.excluded.country.is_not(None),
        ),
        rows,
    )
    found = await session.execute(sa.select(col(Roaster.slug), col(Roaster.id)).where(col(Roaster.slug).in_(roasters)))
    return dict(found.tuples().all())


async def stored_coffees(session: AsyncSession, keys: Sequence[tuple[UUID, str]]) -> dict[tuple[UUID, str], Stored]:
    """What is there already, by (roaster's id, external id)."""
    statement = sa.select(
        Coffee.roaster_id,
        Coffee.external_id,
        Coffee.id,
        Coffee.slug,
        Coffee.content_hash,
        Coffee.search_document,
        Coffee.embedded_by,
        Coffee.sample,
        Coffee.locked,
    ).where(sa.tuple_(col(Coffee.roaster_id), col(Coffee.external_id)).in_(keys))  # type: ignore[call-overload]
    found = await session.execute(statement)
    return {(row.roaster_id, row.external_id): Stored(*row[2:]) for row in found}


async def stored_by_slug(session: AsyncSession, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Stored]:
    """The same by (roaster's slug, external id), for a roaster who may not be there yet."""
    found = await session.execute(
        sa.select(col(Roaster.slug), col(Roaster.id)).where(col(Roaster.slug).in_(sorted({roaster for roaster, _ in keys})))
    )
    roasters = dict(found.tuples().all())
    stored = await stored_coffees(session, [(roasters[roaster], external) for roaster, external in keys if roaster in roasters])
    return {key: stored[place] for key in keys if key[0] in roasters and (place := (roasters[key[0]], key[1])) in stored}


async def taken_slugs(session: AsyncSession, slugs: Iterable[str]) -> set[str]:
    found = await session.execute(sa.select(col(Coffee.slug)).where(col(Coffee.slug).in_(list(slugs))))
    return set(found.scalars())


async def add_coffees(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        moment = now()
        await session.execute(sa.insert(Coffee), [{"created_at": moment, "updated_at": moment, **row} for row in rows])


async def change_coffee(session: AsyncSession, key: UUID, values: Mapping[str, Any]) -> None:
    """Writes over a coffee's facts; it is back on the shelf. Its id, slug and creation stay."""
    await session.execute(sa.update(Coffee).where(col(Coffee.id) == key).values(**values, updated_at=now(), withdrawn_at=None))


async def called(session: AsyncSession, names: Sequence[str]) -> tuple[set[str], set[str]]:
    """Which of these names, in lower case, coffees have, and which roasters."""
    coffees = sa.select(sa.literal("coffee"), sa.func.lower(col(Coffee.name))).where(sa.func.lower(col(Coffee.name)).in_(names))
    roasters = sa.select(sa.literal("roaster"), sa.func.lower(col(Roaster.name))).where(sa.func.lower(col(Roaster.name)).in_(names))
    rows = (await session.execute(sa.union(coffees, roasters))).tuples().all()
    return {name for kind, name in rows if kind == "coffee"}, {name for kind, name in rows if kind == "roaster"}


async def withdraw_samples(session: AsyncSession) -> int:
    """Takes the invented coffees off the shelf once there is a real one; returns how many."""
    real = sa.exists().where(~col(Coffee.sample), col(Coffee.withdrawn_at).is_(None))
    done = await session.execute(
        sa.update(Coffee)
        .where(col(Coffee.sample), col(Coffee.withdrawn_at).is_(None), real.select().scalar_subquery())
        .values(withdrawn_at=now())
    )
    return int(getattr(done, "rowcount", 0))


async def only_samples(session: AsyncSession) -> bool:
    """Whether no real coffee was ever put into the catalogue."""
    found = await session.execute(sa.select(~sa.exists().where(~col(Coffee.sample))))
    return bool(found.scalar_one())
