"""Runs that are killed, rehearsed, large or handed hostile values."""

from typing import Any

import pytest
import sqlalchemy as sa

from coffeebot.domain.coffee import RoastLevel
from coffeebot.domain.errors import SourceBusy
from coffeebot.models import Proposal
from coffeebot.models.runs import alone
from coffeebot.services.ingestion import applying
from coffeebot.services.review import Review
from tests.services.shop import Shop, approved, bean, offer

FEED = [bean(number) for number in range(1, 9)]


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


async def test_an_old_snapshot_is_fetched_anew_and_not_trusted_when_that_is_cut_short(shop: Shop) -> None:
    shop.sells(*FEED)
    await shop.run()
    async with shop.database.session() as session:
        old = "UPDATE scrape_run SET outcome = 'fetched', finished_at = NULL, fetched_at = now() - interval '2 days'"
        await session.execute(sa.text(old))
    shop.fails, shop.after = PowerCut(), 3  # type: ignore[assignment]
    with pytest.raises(PowerCut):
        await shop.run()
    shop.fails = None
    report = await shop.run()
    assert (shop.asked, report.counts["items"], [run.attempts for run in await shop.runs()]) == (3, 8, [3])


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
