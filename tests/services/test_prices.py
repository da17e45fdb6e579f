"""Prices and stock of approved coffees: written at once, or held when they move too far."""

from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlmodel import col

from coffeebot.models import Offer, PriceHistory, ScrapeSource
from coffeebot.services.ingestion.run import Rules
from coffeebot.services.review import Review
from tests.services.shop import Shop, approved, bean, offer


async def test_prices_and_stock_of_approved_coffees_are_written_at_once(shop: Shop, review: Review) -> None:
    await approved(shop, review, bean(1, offers=(offer(250, 1400), offer(1000, 4800))), bean(2))
    shop.changes(1, offers=(offer(250, 1500), offer(500, 2600)))
    shop.changes(2, offers=(offer(250, 1400, in_stock=False),))
    report = await shop.run()
    assert (report.outcome, report.counts["prices"], await shop.proposals()) == ("good", 4, [])
    assert await shop.offers() == {
        "Gatomboya 1": [(250, 1500, True), (500, 2600, True), (1000, 4800, False)],
        "Ndaroini 2": [(250, 1400, False)],
    }
    async with shop.database.session() as session:
        remembered = (await session.scalars(sa.select(PriceHistory.amount_minor).order_by(col(PriceHistory.seen_at)))).all()
    assert sorted(remembered) == [1400, 1400, 1400, 1500, 2600, 4800, 4800]


async def test_a_price_that_is_seen_again_says_when(shop: Shop, review: Review) -> None:
    await approved(shop, review, bean(1))
    await shop.run()
    async with shop.database.session() as session:
        seen = await session.scalar(sa.select(Offer.seen_at))
    assert seen == (await shop.runs())[-1].fetched_at


@pytest.mark.parametrize(("amount", "applies"), [(1960, True), (1961, False), (840, True), (839, False)])
async def test_a_price_beyond_the_limit_waits(shop: Shop, review: Review, amount: int, applies: bool) -> None:
    await approved(shop, review, bean(1))
    shop.changes(1, offers=(offer(250, amount),))
    await shop.run(rules=Rules(price_limit=Decimal("0.4")))
    assert (await shop.offers())["Gatomboya 1"] == [(250, amount if applies else 1400, True)]
    waiting = await shop.proposals()
    assert len(waiting) == (0 if applies else 1)
    if not applies:
        assert waiting[0].diff == [{"field": "price of 250 g", "before": "14.00 USD", "after": f"{amount / 100:.2f} USD"}]
        await review.approve([waiting[0].number or 0], by="mika")
        assert (await shop.offers())["Gatomboya 1"] == [(250, amount, True)]


async def test_a_sources_own_limit_goes_before_the_setting(shop: Shop, review: Review) -> None:
    await approved(shop, review, bean(1))
    async with shop.database.session() as session:
        await session.execute(sa.update(ScrapeSource).values(price_limit=Decimal("0.05")))
    shop.changes(1, offers=(offer(250, 1500),))
    await shop.run()
    assert [one.kind for one in await shop.proposals()] == ["changed"]


async def test_no_size_ends_while_another_price_is_doubtful(shop: Shop, review: Review) -> None:
    await approved(shop, review, bean(1, offers=(offer(250, 1400), offer(1000, 4800))))
    shop.changes(1, offers=(offer(250, 14000),))
    await shop.run()
    assert (await shop.offers())["Gatomboya 1"] == [(250, 1400, True), (1000, 4800, True)]
    await review.approve([(await shop.proposals())[0].number or 0], by="mika")
    assert (await shop.offers())["Gatomboya 1"] == [(250, 14000, True), (1000, 4800, False)]
