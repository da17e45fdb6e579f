"""Single pages of coffees that no scrape sees: gone, moved in price, or not to be looked at."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from coffeebot.models import Coffee, Offer, Roaster
from coffeebot.models.base import now
from coffeebot.wiring import Services
from scrapers.fetch.fetcher import Fetcher
from scrapers.fetch.manners import Manners
from tests.fake_shop import Answer, FakeShop, catalogue
from tests.fake_shop.clock import FakeClock
from workers import links
from workers.links import check

OLD = timedelta(days=30)


@pytest.fixture(autouse=True)
def in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "Fetcher", lambda _: Fetcher(Manners(loopback=True), clock=FakeClock()))


@pytest.fixture
async def shop() -> AsyncIterator[FakeShop]:
    async with FakeShop(products=3, system="jsonld") as running:
        yield running


@pytest.fixture
async def offer(services: Services, shop: FakeShop) -> Offer:
    """250 g of the first coffee, imported a month ago for half a pound less."""
    async with services.database.session() as session:
        roaster = Roaster(slug="fake", name="Fake Roasters")
        session.add(roaster)
        await session.flush()
        coffee = Coffee(external_id="1", slug="lot-1", name=catalogue.name(1), name_key="lot 1", roaster_id=roaster.id)
        session.add(coffee)
        await session.flush()
        made = Offer(
            coffee_id=coffee.id,
            grams=250,
            amount_minor=catalogue.price(1, 1400) - 50,
            currency="GBP",
            per_100g_minor=544,
            url=f"{shop.url}/products/{catalogue.handle(1)}",
            seen_at=now() - OLD,
        )
        session.add(made)
    return made


async def stored(services: Services, offer: Offer) -> Offer:
    async with services.database.session() as session:
        return await session.get_one(Offer, offer.id)


async def test_a_page_that_is_there_says_its_price_and_when(services: Services, offer: Offer) -> None:
    assert await check(services.database, services.settings) == 1
    after = await stored(services, offer)
    assert (after.amount_minor, after.in_stock, after.url, after.broken_since) == (1410, True, offer.url, None)
    assert after.checked_at and after.seen_at > now() - timedelta(minutes=5)
    assert await check(services.database, services.settings) == 0, "not again before its time"


async def test_a_page_that_is_gone_is_told_to_a_curator_until_it_is_back(services: Services, offer: Offer, shop: FakeShop) -> None:
    shop.enqueue("/products/*", Answer(status=404), Answer(status=503), Answer(status=503), Answer(status=503))
    await check(services.database, services.settings)
    (told,) = await services.review.broken_links()
    assert (told.coffee, told.url) == ("lot-1", offer.url)
    gone = await stored(services, offer)
    assert (gone.in_stock, gone.amount_minor) == (True, offer.amount_minor)
    for expected in (1, 0):  # a shop that does not answer says nothing of the page
        await make_old(services)
        assert await check(services.database, services.settings) == 1
        assert len(await services.review.broken_links()) == expected


async def make_old(services: Services) -> None:
    async with services.database.session() as session:
        await session.execute(sa.update(Offer).values(seen_at=now() - OLD, checked_at=now() - OLD))


@pytest.mark.parametrize("change", [{"amount_minor": 300}, {"currency": "EUR"}, {"grams": 333}])
async def test_what_moved_too_far_or_is_another_thing_is_not_taken(services: Services, offer: Offer, change: dict[str, Any]) -> None:
    async with services.database.session() as session:
        await session.execute(sa.update(Offer).values(**change))
    before = await stored(services, offer)
    await check(services.database, services.settings)
    after = await stored(services, offer)
    assert (after.amount_minor, after.seen_at, after.in_stock) == (before.amount_minor, before.seen_at, True)
    async with services.database.session() as session:
        assert await session.scalar(sa.select(sa.func.count()).select_from(Offer)) == 1


@pytest.mark.parametrize("change", [{"sample": True}, {"withdrawn_at": now()}])
async def test_only_coffees_on_the_shelf_are_looked_at(services: Services, offer: Offer, shop: FakeShop, change: dict[str, Any]) -> None:
    async with services.database.session() as session:
        await session.execute(sa.update(Coffee).where(col(Coffee.id) == offer.coffee_id).values(**change))
    assert (await check(services.database, services.settings), shop.asked) == (0, [])


async def test_without_a_contact_nothing_is_asked(services: Services, offer: Offer, shop: FakeShop) -> None:
    nobody = services.settings.model_copy(update={"scrape_contact": ""})
    assert (await check(services.database, nobody), shop.asked) == (0, [])
