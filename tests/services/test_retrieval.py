"""Retrieval: musts are known to hold, avoidances known not to be broken, and what is left comes in a sensible order."""

from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from coffeebot.domain.message import Understanding
from coffeebot.domain.query import CoffeeQuery, Matches
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.domain.understanding import understand
from coffeebot.models.database import Database
from coffeebot.services.importing import import_file
from coffeebot.services.retrieval import Retrieval, any_of, budget_steps, query_for, rounded_up
from coffeebot.settings import Settings
from tests.services.shelf import SHELF, WordEmbedder, write_jsonl

RATES = Settings(_env_file=None).exchange_rates  # type: ignore[call-arg]
F, P = Facet, Polarity


@pytest.fixture(scope="module")
async def embedder() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture(scope="module")
async def retrieval(
    module_database: Database, embedder: WordEmbedder, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Retrieval]:
    path = write_jsonl(tmp_path_factory.mktemp("shelf") / "shelf.jsonl", SHELF)
    report = await import_file(path, database=module_database, embedder=embedder, currencies=RATES)
    assert report.added == len(SHELF)
    yield Retrieval(module_database, embedder, RATES)


def avoid(facet: Facet, value: str, strength: int = 2) -> Trait:
    return Trait(facet, value, P.AVOID, strength=strength)


def budget(end: str, amount: str, currency: str = "USD", grams: str = "340.19") -> Trait:
    return Trait(F.BUDGET, end, amount=Decimal(amount), currency=currency, grams=Decimal(grams))


def names(matches: Matches) -> set[str]:
    return {c.name for c in matches.candidates}


PRICED = {row["name"] for row in SHELF} - {"Unpriced Pearl"}
ETHIOPIAN = {"Berry Window", "White Porch", "Two Rivers Blend", "Unpriced Pearl"}


@pytest.mark.parametrize(
    ("traits", "kept"),
    [
        ([Trait(F.ORIGIN, "Ethiopia")], ETHIOPIAN),
        ([Trait(F.ORIGIN, "Kenya"), Trait(F.ORIGIN, "Indonesia")], {"Fog Harbour"}),
        ([Trait(F.REGION, "guji")], {"Berry Window"}),
        ([Trait(F.FLAVOUR, "berry"), Trait(F.FLAVOUR, "chocolate")], {"Berry Window"}),
        ([Trait(F.FLAVOUR, "berry", group="g"), Trait(F.FLAVOUR, "woody", group="g")], {"Berry Window", "Fog Harbour"}),
        ([Trait(F.FLAVOUR, "berry", group="g"), Trait(F.NOTE, "honeysuckle", group="g")], {"Berry Window", "Unpriced Pearl"}),
        ([Trait(F.NOTE, "strawberries")], {"Berry Window"}),
        ([Trait(F.NOTE, "chocolate")], {"Night Train", "Two Rivers Blend", "Fog Harbour", "Kissaten No. 3"}),
        ([Trait(F.NOTE, "late")], set()),
        ([Trait(F.NOTE, "a.*(")], set()),
        ([Trait(F.PROCESS, "washed")], {"White Porch", "Grove Street", "Quiet Decaf", "Kissaten No. 3"}),
        (
            [Trait(F.PROCESS, "washed"), Trait(F.PROCESS, "natural")],
            {"White Porch", "Grove Street", "Quiet Decaf", "Kissaten No. 3", "Berry Window", "Night Train", "Two Rivers Blend"},
        ),
        ([Trait(F.VARIETY, "bourbon")], {"Grove Street"}),
        ([Trait(F.ROAST, "Medium-Dark"), Trait(F.ROAST, "Dark")], {"Night Train", "Quiet Decaf", "Fog Harbour"}),
        ([Trait(F.DECAF, "decaf")], {"Quiet Decaf"}),
        ([Trait(F.FLAG, "blend")], {"Two Rivers Blend"}),
        ([Trait(F.FLAG, "organic")], set()),
        ([Trait(F.SCORE, "min", amount=Decimal(94))], {"White Porch"}),
        ([Trait(F.ROASTER, "Sleepy Hollow")], {"Quiet Decaf", "Fog Harbour"}),
        ([Trait(F.ROASTER_COUNTRY, "Japan")], {"Kissaten No. 3"}),
        ([budget("max", "13")], {"Night Train"}),
        ([budget("max", "2000", "JPY", "200")], PRICED - {"White Porch"}),
        ([budget("min", "20"), budget("max", "30")], {"White Porch"}),
        ([budget("max", "16")], PRICED - {"White Porch", "Kissaten No. 3"}),  # 340 g are a 12 oz bag
        ([Trait(F.BREW_METHOD, "v60"), Trait(F.ROAST, "Dark")], {"Night Train"}),
    ],
)  # fmt: skip
async def test_a_must_is_known_to_hold(retrieval: Retrieval, traits: list[Trait], kept: set[str]) -> None:
    matches = await retrieval.search(CoffeeQuery(traits=tuple(traits), text="anything", limit=20))
    assert names(matches) == kept
    assert matches.count == len(kept)


@pytest.mark.parametrize(
    ("trait", "broken"),
    [
        (avoid(F.ROAST, "Dark"), {"Night Train"}),
        (avoid(F.PROCESS, "natural"), {"Berry Window", "Night Train", "Two Rivers Blend"}),
        (avoid(F.FLAVOUR, "fruity"), {"Berry Window", "White Porch", "Grove Street", "Two Rivers Blend", "Unpriced Pearl"}),
        (avoid(F.NOTE, "jasmine"), {"White Porch"}),
        (avoid(F.ORIGIN, "Ethiopia"), ETHIOPIAN),
        (avoid(F.FLAG, "blend"), {"Two Rivers Blend"}),
        (avoid(F.DECAF, "decaf"), {"Quiet Decaf"}),
        (avoid(F.ROAST, "Dark", strength=1), set()),
    ],
)
async def test_an_avoidance_is_broken_by_a_known_breach_only(retrieval: Retrieval, trait: Trait, broken: set[str]) -> None:
    matches = await retrieval.search(CoffeeQuery(traits=(trait,), limit=20))
    assert names(matches) == {row["name"] for row in SHELF} - broken
    assert "Mystery Bag" in names(matches)


async def test_what_is_not_stated_is_counted_apart(retrieval: Retrieval) -> None:
    washed = await retrieval.search(CoffeeQuery(traits=(Trait(F.PROCESS, "washed"),)))
    assert washed.unknown == 3  # a blend of two processes, and two that say nothing
    priced = await retrieval.search(CoffeeQuery(traits=(budget("max", "100"), Trait(F.ORIGIN, "Ethiopia"))))
    assert (priced.count, priced.unknown) == (3, 2)  # one without a price, one without an origin


async def test_when_nothing_fits_the_most_rewarding_must_comes_first(retrieval: Retrieval) -> None:
    matches = await retrieval.search(CoffeeQuery(traits=(Trait(F.ORIGIN, "Ethiopia"), Trait(F.ROAST, "Dark"))))
    assert (matches.candidates, matches.count) == ((), 0)
    first, second = matches.relax
    assert (first.trait.facet, first.opens) == (F.ROAST, 4)
    assert first.nearest is not None and first.nearest.name in ETHIOPIAN
    assert (second.trait.facet, second.opens, second.nearest and second.nearest.name) == (F.ORIGIN, 1, "Night Train")


async def test_nothing_to_relax_when_everything_is_far(retrieval: Retrieval) -> None:
    traits = (Trait(F.ORIGIN, "Kenya"), Trait(F.VARIETY, "gesha"), Trait(F.DECAF, "decaf"))
    assert (await retrieval.search(CoffeeQuery(traits=traits))).relax == ()


async def test_a_wish_ranks_and_excludes_nothing(retrieval: Retrieval) -> None:
    wish = Trait(F.ROAST, "Dark", P.WANT, strength=1)
    matches = await retrieval.search(CoffeeQuery(traits=(wish,), limit=20))
    assert matches.count == len(SHELF) and matches.candidates[0].name == "Night Train"
    unwanted = await retrieval.search(CoffeeQuery(traits=(avoid(F.ROAST, "Dark", strength=1),), limit=20))
    assert unwanted.count == len(SHELF) and unwanted.candidates[-1].name == "Night Train"


async def test_milk_leans_to_body_and_chocolate(retrieval: Retrieval) -> None:
    matches = await retrieval.search(CoffeeQuery(traits=(Trait(F.MILK, "milk", P.WANT),), limit=3))
    assert {"chocolate", "nutty", "caramel_sugar"} & set(matches.candidates[0].families)


async def test_the_coffee_that_is_most_about_it_comes_first(retrieval: Retrieval) -> None:
    matches = await retrieval.search(CoffeeQuery(traits=(Trait(F.FLAVOUR, "chocolate"),), limit=20))
    assert {c.name for c in matches.candidates[:2]} <= {"Night Train", "Two Rivers Blend", "Kissaten No. 3"}  # and no decaf
    assert matches.candidates[-1].name in ("Berry Window", "Fog Harbour")


@pytest.mark.parametrize("typed", ["Two Rivers Blend", "two rivres blend", "Corner Roasters Two River Blend", "tow rivers blend"])
async def test_a_named_coffee_comes_first_though_misspelt_and_breaking_a_must(retrieval: Retrieval, typed: str) -> None:
    query = CoffeeQuery(traits=(Trait(F.ORIGIN, "Kenya"),), text=typed, coffee_name=typed)
    assert (await retrieval.search(query)).candidates[0].name == "Two Rivers Blend"


async def test_a_name_that_nothing_has_is_ignored(retrieval: Retrieval) -> None:
    matches = await retrieval.search(CoffeeQuery(traits=(Trait(F.ROAST, "Dark"),), text="x", coffee_name="Purple Elephant Parade"))
    assert names(matches) == {"Night Train"}


async def test_coffees_already_offered_still_fit_but_are_not_offered_again(retrieval: Retrieval) -> None:
    query = CoffeeQuery(traits=(Trait(F.ORIGIN, "Ethiopia"),))
    first = (await retrieval.search(query)).candidates[0]
    again = await retrieval.search(CoffeeQuery(traits=query.traits, exclude=frozenset({first.id})))
    assert first.id not in {c.id for c in again.candidates} and again.count == 4


def test_strong_leans_to_dark_roasts_unless_bitter_is_unwelcome() -> None:
    strong = understand("strong, for the morning")
    assert F.ROAST in {trait.facet for trait in query_for(strong, strong.change.add).traits}
    gentle = understand("strong but not bitter")
    assert F.ROAST not in {trait.facet for trait in query_for(gentle, gentle.change.add).traits}


async def test_values_are_counted_over_what_fits(retrieval: Retrieval) -> None:
    counts = (await retrieval.search(CoffeeQuery(traits=(Trait(F.ORIGIN, "Ethiopia"),)), counting=True)).facet_counts
    assert counts["origin"] == {"Ethiopia": 4, "Brazil": 1}
    assert counts["roast"] == {"Light": 3, "Medium": 1}
    assert counts["flavour"]["floral"] == 2
    assert all(key.startswith("USD ") for key in counts["budget"])


async def test_a_card_has_all_it_needs(retrieval: Retrieval) -> None:
    (coffee,) = (await retrieval.search(CoffeeQuery(traits=(Trait(F.ROASTER_COUNTRY, "Japan"),)))).candidates
    assert (coffee.roaster, coffee.amount_minor, coffee.currency, coffee.grams, coffee.price_per_100g_minor) == (
        "Aoi Coffee",
        1800,
        "JPY",
        Decimal("200.00"),
        900,
    )
    assert coffee.notes == ("dark chocolate", "toffee") and coffee.in_stock and coffee.offer_id


async def test_without_words_nothing_is_embedded(retrieval: Retrieval, embedder: WordEmbedder) -> None:
    embedder.texts.clear()
    assert (await retrieval.search(CoffeeQuery(limit=1))).count == len(SHELF)
    assert embedder.texts == []


async def test_the_session_is_back_before_the_answer(retrieval: Retrieval, module_database: Database) -> None:
    await retrieval.search(CoffeeQuery(text="berries"))
    assert module_database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


async def test_two_round_trips_and_three_when_nothing_fits(retrieval: Retrieval, module_database: Database) -> None:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("SET LOCAL"):
            seen.append(statement)

    sa.event.listen(module_database.engine.sync_engine, "before_cursor_execute", note)
    try:
        await retrieval.search(CoffeeQuery(traits=(Trait(F.ORIGIN, "Ethiopia"),), text="berries"))
        assert len(seen) == 2
        await retrieval.search(CoffeeQuery(traits=(Trait(F.ORIGIN, "Kenya"),), text="berries"))
        assert len(seen) == 5
    finally:
        sa.event.remove(module_database.engine.sync_engine, "before_cursor_execute", note)


@pytest.mark.parametrize("text", ["'; DROP TABLE coffee; --", ":* & !", "%", "\\", "コーヒー", "x" * 5000])
async def test_hostile_words_are_only_words(retrieval: Retrieval, text: str) -> None:
    traits = (Trait(F.ORIGIN, text), Trait(F.NOTE, text), Trait(F.REGION, text), avoid(F.ROASTER, text))
    assert (await retrieval.search(CoffeeQuery(traits=traits, text=text, coffee_name=text))).count == 0
    assert (await retrieval.search(CoffeeQuery(text=text))).count == len(SHELF)


def test_a_query_is_the_profile_and_the_message() -> None:
    profile = (Trait(F.ROAST, "Dark"),)
    assert query_for(Understanding(text="night train", coffee_name="Night Train"), profile) == CoffeeQuery(
        traits=profile, text="night train", coffee_name="Night Train"
    )


def test_words_are_ored_without_those_that_filter_already() -> None:
    assert any_of("Washed berry, berry & “jam”", without=["washed"]) == "berry | jam"


@pytest.mark.parametrize(("amount", "round_amount"), [("16.2", 17), ("51", 55), ("201", 300), ("1834", 1900)])
def test_round_amounts(amount: str, round_amount: int) -> None:
    assert rounded_up(Decimal(amount)) == round_amount


def test_budget_steps_split_in_thirds_and_rise() -> None:
    bags = {12: 3, 15: 3, 18: 3, 40: 3}
    assert budget_steps(bags, "USD", RATES) == {"USD 15": 6, "USD 18": 9}
    assert list(budget_steps(bags, "JPY", RATES)) == ["JPY 2400", "JPY 2800"]
    assert budget_steps({}, "USD", RATES) == {}
