"""Coffees that a prose names without a reference, against a catalogue in PostgreSQL."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import sqlalchemy as sa

from coffeebot.domain.query import Candidate, CoffeeQuery
from coffeebot.models.database import Database
from coffeebot.services.grounding import Grounding, named_plainly
from coffeebot.services.importing import import_file
from coffeebot.services.retrieval import Retrieval
from coffeebot.settings import Settings
from tests.services.shelf import SHELF, WordEmbedder, coffee, write_jsonl

RATES = Settings(_env_file=None).exchange_rates  # type: ignore[call-arg]
MORE = (
    coffee("Sunrise", origin="Kenya", roast="Light", notes="peach"),
    coffee("Kenya", origin="Kenya", roast="Light", notes="peach"),
    coffee("Ethiopia Guji", origin="Ethiopia", roast="Light", notes="peach"),
    coffee("Ka'ū Morning", origin="Hawaii", roast="Light", notes="peach"),
    coffee("the road home", origin="Peru", roast="Light", notes="peach"),
    coffee("ランタンヒル", origin="Peru", roast="Light", notes="peach"),
)


@pytest.fixture(scope="module")
async def shelf(module_database: Database, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Candidate, ...]]:
    """Three of sixteen coffees: those of Ethiopia and Brazil whose name has two words."""
    path = write_jsonl(tmp_path_factory.mktemp("shelf") / "shelf.jsonl", (*SHELF, *MORE))
    embedder = WordEmbedder()
    await import_file(path, database=module_database, embedder=embedder, currencies=RATES)
    found = await Retrieval(module_database, embedder, RATES).search(CoffeeQuery(limit=40))
    offered = {"Berry Window": 0, "White Porch": 1, "Night Train": 2}
    yield tuple(sorted((c for c in found.candidates if c.name in offered), key=lambda c: offered[c.name]))


UNGROUNDED = [
    ("**Berry Window** is jammy, and **White Porch** tighter.", []),
    ("**Berry Window** is jammy, but Fog Harbour is rounder.", ["Fog Harbour"]),
    ("Fog Harbour is rounder.", ["Fog Harbour"]),
    ("You might prefer the Kissaten No. 3 by Aoi Coffee.", ["Kissaten No. 3"]),
    ("You might prefer Corner Roasters Grove Street.", ["Grove Street"]),
    ("There is also the Ka’ū Morning, and the Kaʻū Morning.", ["Ka’ū Morning", "Kaʻū Morning"]),
    ("“the road home” is one", ["the road home"]),
    ("「ランタンヒル」は甘いです。", ["ランタンヒル"]),
    ("I like the Sunrise best.", ["Sunrise"]),
    ("Sunrise comes early in Kenya.", []),
    ("A light one from Ethiopia, Guji or Kenya.", []),
    ("An Ethiopia Guji of theirs.", []),
    ("Try the “Ethiopia Guji”.", ["Ethiopia Guji"]),
    ("Corner Roasters and Sleepy Hollow roast it.", []),
    ("Have a look at Copper Hammer, it is jammy.", ["Copper Hammer"]),
    ("The nearest is Half Moon Decaf.", []),
    ("It works in your Breville Barista Express.", []),
    ("Der Kaffee hat Schokolade Nuss Karamell.", []),
    ("That stays behind the bar.", []),
]


@pytest.mark.parametrize(("prose", "names"), UNGROUNDED)
async def test_names_that_were_not_offered(module_database: Database, shelf: tuple[Candidate, ...], prose: str, names: list[str]) -> None:
    language = "de" if prose.startswith("Der ") else "en"
    found = await Grounding(module_database).ungrounded(prose, shelf=shelf, allowed=["Half Moon Decaf"], language=language)
    assert list(found) == names


async def test_what_the_shopper_said_may_be_repeated(module_database: Database, shelf: tuple[Candidate, ...]) -> None:
    found = await Grounding(module_database).ungrounded("Fog Harbour is gone.", shelf=shelf, allowed=["do you have fog harbour?"])
    assert found == ()


async def test_names_are_looked_up_in_an_index(module_database: Database, shelf: tuple[Candidate, ...]) -> None:
    async with module_database.session() as session:
        await session.execute(sa.text("SET LOCAL enable_seqscan = off"))
        plan = await session.execute(sa.text("EXPLAIN SELECT name FROM coffee WHERE lower(name) IN ('a', 'b')"))
        assert "ix_coffee_lower_name" in "\n".join(plan.scalars())


WRITTEN_OUT = [
    ("Take White Porch, or the Berry Window.", (1, 0)),
    ("**White Porch** and White Porch", (1,)),
    ("a white porch at home", ()),
    ("Ethiopia and Brazil", ()),
    ("night train", ()),
]


@pytest.mark.parametrize(("prose", "places"), WRITTEN_OUT)
async def test_a_coffee_of_the_shelf_that_is_written_out(shelf: tuple[Candidate, ...], prose: str, places: tuple[int, ...]) -> None:
    assert named_plainly(prose, shelf) == places


async def test_a_name_that_says_only_where_it_is_from_or_that_two_have_is_no_coffee(shelf: tuple[Candidate, ...]) -> None:
    first, second, third = shelf
    assert named_plainly("Take the Ethiopia Guji.", [replace(first, name="Ethiopia Guji"), second]) == ()
    assert named_plainly("Take White Porch.", [first, second, replace(third, name="White Porch")]) == ()
