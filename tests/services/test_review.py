"""The curator's desk: what an approval writes, and what is refused with a reason."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col

from coffeebot.cli.review import told
from coffeebot.domain.errors import AlreadyDecided, BadInput, NotFound
from coffeebot.models import Coffee, Offer
from coffeebot.services.importing import import_file
from coffeebot.services.review import Review
from tests.services.shelf import WordEmbedder, coffee, write_jsonl
from tests.services.shop import Shop, bean, offer


async def test_numbers_that_cannot_be_decided_say_why_and_decide_nothing(shop: Shop, review: Review) -> None:
    shop.sells(bean(1), bean(2))
    await shop.run()
    first, second = [one.number or 0 for one in await shop.proposals()]
    with pytest.raises(NotFound, match="There is no proposal 999999"):
        await review.approve([first, 999999], by="mika")
    await review.approve([first], by="mika")
    for decide in (review.approve, review.reject):
        with pytest.raises(AlreadyDecided, match=rf"Proposal {first} \(Gatomboya 1\) is approved, not open"):
            await decide([first, second], by="mika")
    with pytest.raises(AlreadyDecided, match="is open, not rejected"):
        await review.reopen(second)
    with pytest.raises(NotFound):
        await review.show(-1)
    assert [one.number for one in await shop.proposals()] == [second]
    shown = await review.show(first)
    assert (shown.status, shown.decided_by, shown.coffee) == ("approved", "mika", None)


async def test_a_rejection_that_time_has_passed_over_stays(shop: Shop, review: Review) -> None:
    shop.sells(bean(1))
    await shop.run()
    old = (await shop.proposals())[0].number or 0
    await review.reject([old], by="mika")
    shop.changes(1, notes=("fig",))
    await shop.run()
    newer = (await shop.proposals())[0].number
    with pytest.raises(AlreadyDecided, match=f"see proposal {newer}"):
        await review.reopen(old)


async def test_the_first_real_coffee_takes_the_samples_off_the_shelf(shop: Shop, review: Review, tmp_path: Path) -> None:
    await import_file(write_jsonl(tmp_path / "c.jsonl", [coffee("Invented")]), database=shop.database, embedder=WordEmbedder(), sample=True)
    shop.sells(bean(1))
    await shop.run()
    await review.approve([(await shop.proposals())[0].number or 0], by="mika")
    async with shop.database.session() as session:
        on_shelf = (await session.scalars(sa.select(Coffee.name).where(col(Coffee.withdrawn_at).is_(None)))).all()
    assert on_shelf == ["Gatomboya 1"]


async def test_an_id_that_another_coffee_of_the_roaster_has_is_not_taken(shop: Shop, review: Review, tmp_path: Path) -> None:
    shop.sells(bean(1))
    await shop.run()
    rows = [coffee("Quite Another", id="1", roaster="Lantern")]
    await import_file(write_jsonl(tmp_path / "c.jsonl", rows), database=shop.database, embedder=WordEmbedder())
    await review.approve([(await shop.proposals())[0].number or 0], by="mika")
    async with shop.database.session() as session:
        found = dict((await session.execute(sa.select(Coffee.name, Coffee.external_id))).tuples().all())
    assert found == {"Quite Another": "1", "Gatomboya 1": "lantern:1"}


async def test_all_at_once_leaves_the_doubtful(shop: Shop, review: Review, tmp_path: Path) -> None:
    rows = [coffee("Kiamabara Peabery", roaster="Lantern")]
    await import_file(write_jsonl(tmp_path / "c.jsonl", rows), database=shop.database, embedder=WordEmbedder())
    shop.sells(*(bean(number) for number in range(1, 71)), bean(99, name="Kiamabara Peaberry"))
    await shop.run()
    done = [len(batch) async for batch in review.approve_all(by="mika", source="lantern")]
    assert (sum(done), max(done)) == (70, 32)
    assert [one.kind for one in await shop.proposals()] == ["doubtful"]
    async with shop.database.session() as session:
        assert await session.scalar(sa.select(sa.func.count()).select_from(Offer).join(Coffee).where(~col(Coffee.sample))) == 71


async def test_lists_can_be_chosen_and_turned_over(shop: Shop, review: Review) -> None:
    shop.sells(*(bean(number) for number in range(1, 6)))
    await shop.run()
    first, count = await review.listed(limit=2)
    assert (len(first), count) == (2, 5)
    assert len((await review.listed(after=first[-1].number))[0]) == 3
    assert await review.listed(source="nobody") == ([], 0)
    assert await review.listed(kind="gone") == ([], 0)
    await review.reject([first[0].number], by="mika")
    assert [one.number for one in (await review.listed(status="rejected"))[0]] == [first[0].number]
    assert (await review.listed(status=None))[1] == 5


async def test_fields_that_no_coffee_has_cannot_be_locked(shop: Shop, review: Review) -> None:
    with pytest.raises(BadInput, match=r"colour: no field of a coffee\. There are name, origins"):
        await review.lock("whatever", ["colour"])
    with pytest.raises(NotFound, match="There is no coffee whatever"):
        await review.lock("whatever", ["name"])


async def test_unlocked_fields_are_written_again(shop: Shop, review: Review) -> None:
    shop.sells(bean(1))
    await shop.run()
    await review.approve([(await shop.proposals())[0].number or 0], by="mika")
    await review.lock("lantern-gatomboya-1", ["notes", "name"])
    assert await review.lock("lantern-gatomboya-1", ["name"], locked=False) == ["notes"]
    shop.changes(1, name="Gatomboya One")
    await shop.run()
    (waiting,) = await shop.proposals()
    assert [(row["field"], row["after"]) for row in waiting.diff] == [("name", "Gatomboya One")]


async def test_a_proposal_in_lines_shows_what_is_and_what_would_be_and_no_control_characters(shop: Shop, review: Review) -> None:
    shop.sells(bean(1))
    await shop.run()
    await review.approve([(await shop.proposals())[0].number or 0], by="mika")
    shop.changes(1, notes=("fig\x1b[2J",), offers=(offer(250, 9900),), farm="F" * 150)
    await shop.run()
    lines = told(await review.show((await shop.proposals())[0].number or 0))
    assert lines[2] == "about lantern-gatomboya-1"
    assert [line.split() for line in lines[3:]] == [
        ["farm", "+", "F" * 150],
        ["notes", "−", "blackcurrant,", "lime"],
        ["+", "fig[2J"],
        ["price", "of", "250", "g", "−", "14.00", "USD"],
        ["+", "99.00", "USD"],
    ]
