"""Coffees that a shopper keeps for later."""

from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlmodel import col

from coffeebot.domain.errors import NotFound
from coffeebot.models import Coffee, Event
from coffeebot.wiring import Services


async def test_saved_coffees_are_listed_latest_first_and_removed(starter_services: Services) -> None:
    shopper, stranger = uuid4(), uuid4()
    async with starter_services.database.session() as session:
        first, second = (await session.scalars(sa.select(col(Coffee.id)).where(col(Coffee.withdrawn_at).is_(None)).limit(2))).all()
    for coffee in (first, second, first):
        await starter_services.saved.save(coffee, shopper_id=shopper)
    assert [one.id for one in await starter_services.saved.list(shopper)] == [second, first]
    assert all(one.pick and one.pick.coffee_name == one.name for one in await starter_services.saved.list(shopper))
    assert await starter_services.saved.list(stranger) == ()
    await starter_services.saved.remove(first, shopper_id=stranger)
    await starter_services.saved.remove(second, shopper_id=shopper)
    assert [one.id for one in await starter_services.saved.list(shopper)] == [first]
    async with starter_services.database.session() as session:
        counted = await session.scalar(
            sa.select(sa.func.count()).select_from(Event).where(col(Event.shopper_id) == shopper, col(Event.kind) == "saved")
        )
    assert counted == 2


async def test_a_coffee_that_left_the_shelf_stays_by_name(starter_services: Services) -> None:
    shopper = uuid4()
    async with starter_services.database.session() as session:
        coffee = (await session.scalars(sa.select(Coffee).where(col(Coffee.withdrawn_at).is_(None)).limit(1))).one()
    await starter_services.saved.save(coffee.id, shopper_id=shopper)
    async with starter_services.database.session() as session:
        await session.execute(sa.update(Coffee).where(col(Coffee.id) == coffee.id).values(withdrawn_at=sa.func.now()))
    try:
        [kept] = await starter_services.saved.list(shopper)
        assert kept.name == coffee.name and kept.pick is None
        with pytest.raises(NotFound):
            await starter_services.saved.save(coffee.id, shopper_id=shopper)
    finally:
        async with starter_services.database.session() as session:
            await session.execute(sa.update(Coffee).where(col(Coffee.id) == coffee.id).values(withdrawn_at=None))


async def test_an_unknown_coffee_cannot_be_saved(starter_services: Services) -> None:
    with pytest.raises(NotFound):
        await starter_services.saved.save(uuid4(), shopper_id=uuid4())
