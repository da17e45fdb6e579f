"""The SQL that finds the coffee of the catalogue which a shop's item may be."""

from collections.abc import Collection, Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from coffeebot.models.coffee import Coffee

NAMESAKES = 3  # of one item that are looked at

# A coffee that is another item of the same snapshot is not this one.
_LIKE = sa.text("""
SELECT asked.external_id, like_it.id, like_it.name
FROM unnest(CAST(:external_ids AS text[]), CAST(:name_keys AS text[])) AS asked (external_id, name_key)
CROSS JOIN LATERAL (
    SELECT c.id, c.name
    FROM coffee AS c
    WHERE c.roaster_id = :roaster_id AND NOT c.sample AND c.name_key % asked.name_key
        AND (c.source_id IS NULL OR c.source_id = :source_id)
        AND NOT EXISTS (SELECT FROM raw_item AS r WHERE r.run_id = :run_id AND r.external_id = c.source_item)
    ORDER BY similarity(c.name_key, asked.name_key) DESC, c.id
    LIMIT :namesakes
) AS like_it
""")


async def linked(session: AsyncSession, source_id: UUID, external_ids: Collection[str]) -> dict[str, UUID]:
    """Coffees by their item at this shop."""
    statement = sa.select(col(Coffee.source_item), col(Coffee.id)).where(
        col(Coffee.source_id) == source_id, col(Coffee.source_item).in_(external_ids)
    )
    return {item or "": coffee_id for item, coffee_id in (await session.execute(statement)).tuples()}


async def of_external_id(session: AsyncSession, roaster_id: UUID, external_ids: Collection[str]) -> dict[str, UUID]:
    """Coffees of a roaster that came another way, under the same id, and belong to no shop yet."""
    statement = sa.select(col(Coffee.external_id), col(Coffee.id)).where(
        col(Coffee.roaster_id) == roaster_id,
        col(Coffee.external_id).in_(external_ids),
        col(Coffee.source_id).is_(None),
        ~col(Coffee.sample),
    )
    return dict((await session.execute(statement)).tuples().all())


async def namesakes(
    session: AsyncSession, name_keys: Mapping[str, str], *, roaster_id: UUID, source_id: UUID, run_id: UUID
) -> dict[str, list[tuple[UUID, str]]]:
    """(id, name) of coffees whose name is like an item's, the likest first, by the item's external id."""
    values = {
        "external_ids": list(name_keys),
        "name_keys": list(name_keys.values()),
        "roaster_id": roaster_id,
        "source_id": source_id,
        "run_id": run_id,
        "namesakes": NAMESAKES,
    }
    found: dict[str, list[tuple[UUID, str]]] = {}
    for external_id, coffee_id, name in (await session.execute(_LIKE, values)).tuples():
        found.setdefault(external_id, []).append((coffee_id, name))
    return found


async def link(session: AsyncSession, source_id: UUID, items: Mapping[UUID, str]) -> None:
    """Says which item of a shop each coffee is."""
    for coffee_id, item in items.items():
        await session.execute(sa.update(Coffee).where(col(Coffee.id) == coffee_id).values(source_id=source_id, source_item=item))
