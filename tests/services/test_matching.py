"""Which coffee of the catalogue an item is, and when that is for a curator to say."""

from typing import Any

import pytest

from coffeebot.services.importing import import_file
from coffeebot.services.review import Review
from tests.services.shelf import WordEmbedder, coffee, write_jsonl
from tests.services.shop import Shop, approved, bean, coffees, offer


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


async def test_a_coffee_that_its_shop_lists_anew_is_one_question_and_not_gone(shop: Shop, review: Review) -> None:
    await approved(shop, review, bean(1, name="Kiamabara Peabery"), bean(2))
    shop.sells(bean(7, name="Kiamabara Peaberry"), bean(2))
    await shop.run()
    asked = {one.kind: one.number or 0 for one in await shop.proposals()}
    assert set(asked) == {"doubtful", "gone"}
    await review.approve([asked["doubtful"]], by="mika")
    assert (await shop.proposals(), (await review.show(asked["gone"])).status) == ([], "superseded")
    found = (await coffees(shop.database))["Kiamabara Peaberry"]
    assert (found.source_item, found.withdrawn_at) == ("7", None)
    await shop.run()
    assert await shop.proposals() == []
