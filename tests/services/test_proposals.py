"""What a run asks a curator: once, with a diff, and not again after a no."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from coffeebot.domain.coffee import Process, RoastLevel
from coffeebot.models import Offer, RawItem
from coffeebot.services.importing import import_file
from coffeebot.services.review import Review
from tests.services.shelf import WordEmbedder, coffee, write_jsonl
from tests.services.shop import Shop, approved, bean, coffees, offer


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
