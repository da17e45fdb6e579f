"""The ingestion on real PostgreSQL: what is proposed, what is written at once, and what stops a run."""

from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from coffeebot.domain.coffee import CoffeeFacts, Process, RoastLevel
from coffeebot.domain.errors import CoffeebotError, SourceBusy
from coffeebot.models import Coffee, Offer, PriceHistory, Proposal, RawItem, ScrapeSource
from coffeebot.models.base import now
from coffeebot.models.database import Database
from coffeebot.models.runs import alone
from coffeebot.services.importing import import_file
from coffeebot.services.ingestion import applying
from coffeebot.services.ingestion.run import Rules
from coffeebot.services.review import Review
from tests.services.shelf import WordEmbedder, coffee, write_jsonl
from tests.services.shop import Shop, bean, offer


@pytest.fixture
async def shop(database: Database) -> AsyncIterator[Shop]:
    async with database.session() as session:
        await session.execute(sa.text("TRUNCATE scrape_source CASCADE"))
        source = ScrapeSource(slug="lantern", spider="shopify", url="https://shop.example", roaster="Lantern", currency="USD")
        session.add(source)
    yield Shop(database, source)


@pytest.fixture
def review(database: Database) -> Review:
    return Review(database, WordEmbedder())


async def approved(shop: Shop, review: Review, *coffees: CoffeeFacts) -> None:
    """The shop sells these, and a curator wanted them all."""
    shop.sells(*coffees)
    await shop.run()
    await review.approve([one.number or 0 for one in await shop.proposals()], by="mika")


async def coffees(database: Database) -> dict[str, Coffee]:
    async with database.session() as session:
        return {one.name: one for one in (await session.scalars(sa.select(Coffee))).all()}


async def test_new_coffees_wait_for_a_curator(shop: Shop, review: Review) -> None:
    shop.sells(bean(1), bean(2))
    shop.listed["3"] = {"name": "Gift box", "refused": "gift"}
    report = await shop.run()
    assert (report.outcome, report.counts["new"], report.counts["refused"]) == ("good", 2, {"gift": 1})
    assert await coffees(shop.database) == {}
    first = (await shop.proposals())[0]
    assert {row["field"]: row["after"] for row in first.diff} == {
        "name": "Gatomboya 1",
        "origins": "Kenya",
        "processes": "washed",
        "notes": "blackcurrant, lime",
        "price of 250 g": "14.00 USD",
    }
    (run,) = await shop.runs()
    assert (run.outcome, run.counts["items"], run.counts["pages"], run.attempts) == ("good", 3, 1, 1)
    assert run.fetched_at and run.finished_at and run.started_at <= run.fetched_at <= run.finished_at


async def test_what_is_approved_stands_in_the_catalogue_with_its_price_and_when_it_was_seen(shop: Shop, review: Review) -> None:
    await approved(shop, review, bean(1, roast=RoastLevel.LIGHT))
    (run,) = await shop.runs()
    one = (await coffees(shop.database))["Gatomboya 1"]
    assert (one.origins, one.roast, one.sample, one.source_item) == (["Kenya"], "Light", False, "1")
    assert one.provenance == dict.fromkeys(("name", "origins", "processes", "roast", "notes"), "lantern")
    assert one.embedded_by == "words" and one.evidence == {"origins": "Kenya"}
    async with shop.database.session() as session:
        seen = await session.scalar(sa.select(Offer.seen_at).where(col(Offer.coffee_id) == one.id))
    assert seen == run.fetched_at


async def test_a_second_run_asks_nothing_again_and_stores_nothing_twice(shop: Shop) -> None:
    shop.sells(bean(1), bean(2))
    await shop.run()
    report = await shop.run()
    assert (report.counts["waiting"], "new" in report.counts) == (2, False)
    assert len(await shop.proposals(None)) == 2
    async with shop.database.session() as session:
        assert await session.scalar(sa.select(sa.func.count()).select_from(RawItem)) == 2


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


async def test_changed_facts_wait_with_a_diff_and_unknown_is_no_news(shop: Shop, review: Review) -> None:
    await approved(shop, review, bean(1, roast=RoastLevel.LIGHT))
    shop.changes(1, processes=(Process.NATURAL,), roast=None, notes=("lime", "blackcurrant"))
    await shop.run()
    (waiting,) = await shop.proposals()
    assert (waiting.kind, waiting.diff) == ("changed", [{"field": "processes", "before": "washed", "after": "natural"}])
    assert (await coffees(shop.database))["Gatomboya 1"].processes == ["washed"]
    await review.approve([waiting.number or 0], by="mika")
    one = (await coffees(shop.database))["Gatomboya 1"]
    assert (one.processes, one.roast) == (["natural"], "Light")
    assert "natural" in one.search_document


async def test_a_locked_field_is_never_touched(shop: Shop, review: Review) -> None:
    await approved(shop, review, bean(1))
    slug = (await coffees(shop.database))["Gatomboya 1"].slug
    assert await review.lock(slug, ["processes", "notes"]) == ["processes", "notes"]
    shop.changes(1, processes=(Process.NATURAL,), notes=("fig",), families=("fruity",), roast=RoastLevel.DARK)
    await shop.run()
    (waiting,) = await shop.proposals()
    assert [row["field"] for row in waiting.diff] == ["roast"]
    await review.approve([waiting.number or 0], by="mika")
    one = (await coffees(shop.database))["Gatomboya 1"]
    assert (one.processes, one.notes, one.families, one.roast) == (["washed"], ["blackcurrant", "lime"], ["berry", "citrus"], "Dark")


async def test_an_import_leaves_locked_fields_too(shop: Shop, review: Review, tmp_path: Any) -> None:
    path = write_jsonl(tmp_path / "c.jsonl", [coffee("Night Train", process="natural", roast="Dark")])
    await import_file(path, database=shop.database, embedder=WordEmbedder())
    slug = (await coffees(shop.database))["Night Train"].slug
    await review.lock(slug, ["processes"])
    write_jsonl(path, [coffee("Night Train", process="washed", roast="Light")])
    report = await import_file(path, database=shop.database, embedder=WordEmbedder())
    one = (await coffees(shop.database))["Night Train"]
    assert (report.changed, one.processes, one.roast) == (1, ["natural"], "Light")
    assert (await import_file(path, database=shop.database, embedder=WordEmbedder())).unchanged == 1


async def test_what_the_shop_takes_back_is_superseded(shop: Shop, review: Review) -> None:
    await approved(shop, review, bean(1))
    shop.changes(1, processes=(Process.NATURAL,))
    await shop.run()
    shop.changes(1, processes=(Process.HONEY,))
    await shop.run()
    assert [(one.status, one.diff[0]["after"]) for one in await shop.proposals(None)][1:] == [("superseded", "natural"), ("open", "honey")]
    shop.changes(1, processes=(Process.WASHED,))
    await shop.run()
    assert await shop.proposals() == []


async def test_a_coffee_that_is_not_listed_any_more_is_asked_about_and_not_sold_out(shop: Shop, review: Review) -> None:
    await approved(shop, review, bean(1), bean(2), bean(3))
    shop.sells(bean(1), bean(2))
    await shop.run()
    (waiting,) = await shop.proposals()
    assert (waiting.kind, waiting.name) == ("gone", "Karogoto 3")
    assert (await shop.offers())["Karogoto 3"] == [(250, 1400, True)]
    shop.sells(bean(1), bean(2), bean(3))
    await shop.run()
    assert await shop.proposals() == []
    shop.sells(bean(1), bean(2))
    await shop.run()
    await review.approve([(await shop.proposals())[0].number or 0], by="mika")
    assert (await coffees(shop.database))["Karogoto 3"].withdrawn_at is not None


async def test_a_gone_coffee_that_a_curator_keeps_is_not_asked_about_until_it_came_back(shop: Shop, review: Review) -> None:
    await approved(shop, review, bean(1), bean(2))
    shop.sells(bean(1))
    await shop.run()
    await review.reject([(await shop.proposals())[0].number or 0], by="mika")
    report = await shop.run()
    assert (await shop.proposals(), report.counts["rejected before"]) == ([], 1)
    shop.sells(bean(1), bean(2))
    await shop.run()
    shop.sells(bean(1))
    await shop.run()
    assert [one.kind for one in await shop.proposals()] == ["gone"]


async def test_a_missed_page_says_nothing_of_what_is_gone(shop: Shop, review: Review) -> None:
    await approved(shop, review, bean(1), bean(2))
    shop.sells(bean(1))
    shop.missed = ["https://shop.example/products/2: timeout"]
    report = await shop.run()
    assert (report.outcome, await shop.proposals()) == ("good", [])
    assert "missed: https://shop.example/products/2: timeout" in (await shop.runs())[-1].warnings


async def test_a_rejection_is_remembered_and_can_be_taken_back(shop: Shop, review: Review) -> None:
    shop.sells(bean(1))
    await shop.run()
    (first,) = await shop.proposals()
    await review.reject([first.number or 0], by="mika")
    shop.changes(1, offers=(offer(250, 1450),))
    await shop.run()
    assert await shop.proposals() == []
    await review.reopen(first.number or 0)
    assert [one.number for one in await shop.proposals()] == [first.number]
    await review.reject([first.number or 0], by="mika")
    shop.changes(1, notes=("fig",))
    await shop.run()
    assert [one.number != first.number for one in await shop.proposals()] == [True]


async def test_an_imported_coffee_is_matched_by_its_name(shop: Shop, review: Review, tmp_path: Any) -> None:
    rows = [coffee("Kiamabara AA", roaster="Lantern", origin="Kenya", price=14, grams=250), coffee("Other", roaster="Lantern")]
    await import_file(write_jsonl(tmp_path / "c.jsonl", rows), database=shop.database, embedder=WordEmbedder())
    shop.sells(bean(1, name="Kiamabara  aa", offers=(offer(250, 1500),)))
    await shop.run()
    one = (await coffees(shop.database))["Kiamabara AA"]
    assert (one.source_item, one.external_id) == ("1", "kiamabara-aa")
    assert (await shop.offers())["Kiamabara AA"] == [(250, 1500, True)]
    assert {one.kind for one in await shop.proposals()} == {"changed"}


@pytest.mark.parametrize(("separate", "names"), [(False, {"Kiamabara Peaberry"}), (True, {"Kiamabara Peabery", "Kiamabara Peaberry"})])
async def test_a_name_that_is_nearly_the_same_is_for_a_curator(
    shop: Shop, review: Review, tmp_path: Any, separate: bool, names: set[str]
) -> None:
    rows = [coffee("Kiamabara Peabery", roaster="Lantern", price=14, grams=250)]
    await import_file(write_jsonl(tmp_path / "c.jsonl", rows), database=shop.database, embedder=WordEmbedder())
    shop.sells(bean(1, name="Kiamabara Peaberry", offers=(offer(250, 1500),)))
    await shop.run()
    (waiting,) = await shop.proposals()
    assert waiting.kind == "doubtful"
    assert (await shop.offers())["Kiamabara Peabery"] == [(250, 1400, True)]
    await review.approve([waiting.number or 0], by="mika", separate=separate)
    found = await coffees(shop.database)
    assert set(found) == names
    assert found["Kiamabara Peaberry"].source_item == "1"
    await shop.run()
    assert await shop.proposals() == []


async def test_the_same_name_of_another_coffee_is_doubted(shop: Shop, tmp_path: Any) -> None:
    rows = [coffee("House", roaster="Lantern", origin="Brazil"), coffee("Lot 7", roaster="Lantern")]
    await import_file(write_jsonl(tmp_path / "c.jsonl", rows), database=shop.database, embedder=WordEmbedder())
    shop.sells(bean(1, name="House"), bean(2, name="Lot 8"))
    await shop.run()
    assert {one.name: one.kind for one in await shop.proposals()} == {"House": "doubtful", "Lot 8": "new"}


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


class PowerCut(BaseException):
    """What a kill looks like from inside: nothing of ours runs after it."""


async def test_a_run_killed_while_fetching_starts_over(shop: Shop) -> None:
    shop.sells(*FEED)
    shop.fails, shop.after = PowerCut(), 5  # type: ignore[assignment]
    with pytest.raises(PowerCut):
        await shop.run()
    shop.fails = None
    shop.listed.pop("1")
    report = await shop.run()
    assert (report.counts["items"], len(await shop.proposals())) == (7, 7)
    (run,) = await shop.runs()
    assert (run.attempts, run.outcome) == (2, "good")


async def test_a_run_killed_while_applying_goes_on_from_its_snapshot(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.sells(*FEED)

    async def cut(*_: Any, **__: Any) -> None:
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(applying, "_missing", cut)
        with pytest.raises(PowerCut):
            await shop.run()
    assert await shop.proposals() == []
    shop.sells()
    report = await shop.run()
    assert (shop.asked, report.counts["new"], len(await shop.proposals())) == (1, 8, 8)
    assert [(run.attempts, run.outcome) for run in await shop.runs()] == [(2, "good")]


async def test_an_old_snapshot_is_fetched_anew(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    await test_a_run_killed_while_applying_goes_on_from_its_snapshot(shop, monkeypatch)
    assert shop.asked == 1
    async with shop.database.session() as session:
        await session.execute(
            sa.text("UPDATE scrape_run SET outcome = 'fetched', finished_at = NULL, fetched_at = now() - interval '2 days'")
        )
    shop.sells(*FEED)
    await shop.run()
    assert shop.asked == 2


async def test_a_rehearsal_tells_everything_and_leaves_nothing(shop: Shop, review: Review) -> None:
    await approved(shop, review, bean(1), bean(2))
    offers, runs = await shop.offers(), len(await shop.runs())
    shop.changes(1, offers=(offer(250, 1500),))
    shop.changes(2, roast=RoastLevel.DARK)
    shop.listed["3"] = bean(3)
    told: list[Any] = []
    report = await shop.run(dry_run=True, tell=told.append)
    assert report.outcome == "good"
    assert sorted((one.kind, one.name) for one in told) == [("changed", "Ndaroini 2"), ("new", "Karogoto 3"), ("price", "Gatomboya 1")]
    assert (await shop.offers(), len(await shop.runs()), await shop.proposals()) == (offers, runs, [])


async def test_a_shop_is_read_by_one_at_a_time(shop: Shop) -> None:
    shop.sells(bean(1))
    async with alone(shop.database, shop.source.id):
        with pytest.raises(SourceBusy):
            await shop.run()
    assert (await shop.run()).outcome == "good"


async def test_hostile_values_are_left_out_and_break_nothing(shop: Shop) -> None:
    shop.sells(
        bean(1, name="N\x00ul \ud800" + "x" * 500, image="javascript:alert(1)", description="d\x00"),
        bean(2, offers=(offer(250, 2**40), offer(250, 1400)), farm="f" * 999, notes=("n",) * 999),
    )
    report = await shop.run()
    assert (report.outcome, report.warnings) == ("good", ["a price or size out of range"])
    first, second = await shop.proposals()
    assert (len(first.name), first.facts["image"], len(second.facts["notes"]), len(second.facts["offers"])) == (200, None, 60, 1)


async def test_memory_holds_one_batch_at_a_time(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many products: what a pass has at hand is a batch, and the session remembers none of it afterwards."""
    sizes: list[int] = []
    original = applying._apply_batch

    async def watched(session: Any, run: Any, batch: Any, **rest: Any) -> None:
        sizes.append(len(batch) + len(session.identity_map))
        await original(session, run, batch, **rest)

    monkeypatch.setattr(applying, "_apply_batch", watched)
    shop.sells(*(bean(number) for number in range(450)))
    await shop.run()
    assert (sum(sizes), max(sizes)) == (450, 200)
    async with shop.database.session() as session:
        assert await session.scalar(sa.select(sa.func.count()).select_from(Proposal)) == 450
