"""What cannot be right changes nothing: a row and a log line say why."""

from datetime import timedelta
from typing import Any

import pytest

from coffeebot.domain.coffee import RoastLevel
from coffeebot.domain.errors import CoffeebotError
from coffeebot.models import ScrapeSource
from coffeebot.models.base import now
from coffeebot.services.ingestion.run import Rules
from coffeebot.services.review import Review
from tests.services.shop import Shop, approved, bean, offer


class ShopClosed(CoffeebotError):
    retry_after = 7200.0


FEED = [bean(number) for number in range(1, 9)]


def _empty(shop: Shop) -> None:
    shop.sells()


def _fails(shop: Shop) -> None:
    shop.fails, shop.after = ShopClosed("no answer"), 3


def _nothing_for_us(shop: Shop) -> None:
    shop.listed = {str(number): {"name": "Mug", "refused": "equipment"} for number in range(1, 9)}


def _shrunken(shop: Shop) -> None:
    shop.sells(*FEED[:3])


def _currency(shop: Shop) -> None:
    for number in range(1, 9):
        shop.changes(number, offers=(offer(250, 1400, currency="EUR"),))


def _one_in_another_currency(shop: Shop) -> None:
    shop.changes(1, offers=(offer(250, 1400, currency="EUR"),))


def _no_notes(shop: Shop) -> None:
    for number in range(1, 9):
        shop.changes(number, notes=(), families=())


def _no_prices(shop: Shop) -> None:
    for number in range(1, 9):
        shop.changes(number, offers=())


def _all_prices(shop: Shop) -> None:
    for number in range(1, 9):
        shop.changes(number, offers=(offer(250, 140000),))


def _sold_out(shop: Shop) -> None:
    for number in range(1, 9):
        shop.changes(number, offers=(offer(250, 1400, in_stock=number > 6),))


@pytest.mark.parametrize(
    ("what", "outcome", "says"),
    [
        (_empty, "alarm", "empty: the shop listed nothing"),
        (_fails, "failed", "failed: no answer"),
        (_nothing_for_us, "alarm", "empty: none of the 8 items"),
        (_shrunken, "alarm", "shrunken: 3 items, where the last good run had 8"),
        (_currency, "alarm", "currency: prices in EUR, where USD"),
        (_one_in_another_currency, "alarm", "currency: prices in EUR, where USD"),
        (_no_notes, "alarm", "coverage: 0% of the coffees have notes, where 100% had"),
        (_no_prices, "alarm", "coverage: 0% of the coffees have offers"),
        (_all_prices, "alarm", "prices: 8 of 8 moved beyond the limit"),
        (_sold_out, "alarm", "stock: 2 coffees in stock, where 8 were"),
    ],
)
async def test_what_cannot_be_right_is_an_alarm_and_changes_nothing(
    shop: Shop, review: Review, caplog: pytest.LogCaptureFixture, what: Any, outcome: str, says: str
) -> None:
    await approved(shop, review, *FEED)
    offers, decided = await shop.offers(), await shop.proposals(None)
    shop.changes(8, roast=RoastLevel.DARK)
    what(shop)
    report = await shop.run()
    assert (report.outcome, report.alarm[: len(says)]) == (outcome, says)
    assert await shop.offers() == offers
    assert [one.number for one in await shop.proposals(None)] == [one.number for one in decided]
    run = (await shop.runs())[-1]
    assert (run.outcome, run.alarm, run.finished_at is not None) == (outcome, report.alarm, True)
    assert f"scrape of lantern: {outcome}: {report.alarm}; nothing was changed" in caplog.text
    async with shop.database.session() as session:
        source = await session.get_one(ScrapeSource, shop.source.id)
    assert (source.failures, source.last_good["coffees"]) == (1, 8)
    assert source.next_at is not None
    wait = source.next_at - now()
    assert wait > timedelta(minutes=110) if outcome == "failed" else wait < timedelta(minutes=61)


async def test_half_of_the_last_good_feed_is_enough(shop: Shop, review: Review) -> None:
    await approved(shop, review, *FEED)
    shop.sells(*FEED[:4])
    assert (await shop.run()).outcome == "good"


async def test_an_alarm_that_a_curator_has_looked_at_is_overruled_but_an_empty_feed_never(shop: Shop, review: Review) -> None:
    await approved(shop, review, *FEED)
    _shrunken(shop)
    assert (await shop.run(rules=Rules(accept=True))).outcome == "good"
    assert (await shop.run()).outcome == "good", "the smaller shop is what the next run is judged by"
    _empty(shop)
    assert (await shop.run(rules=Rules(accept=True))).outcome == "alarm"
