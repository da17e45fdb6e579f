"""The shelf of one turn: a search only narrows, a coffee keeps its reference, and what stands in the way is said."""

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coffeebot.domain.query import CoffeeQuery, Filters
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.models.database import Database
from coffeebot.services.importing import import_file
from coffeebot.services.retrieval import Retrieval
from coffeebot.services.shelf import MOST, TurnShelf
from coffeebot.settings import Settings
from coffeebot.wiring import Services
from tests.services.shelf import SHELF, WordEmbedder, coffee, write_jsonl

RATES = Settings(_env_file=None).exchange_rates  # type: ignore[call-arg]
F, P = Facet, Polarity
MORE = (
    coffee("Mill Pond", origin="Colombia", process="washed; anaerobic", roast="Light", notes="plum; cola", variety="Bourbon", price=20),
    coffee(
        "Long Meadow",
        origin="Colombia",
        process="natural",
        roast="Light",
        notes="plum; cherry",
        price=None,
        currency=None,
        grams=None,
        offers=[
            {"price": 21, "currency": "USD", "grams": 340, "in_stock": True},
            {"price": 40, "currency": "USD", "grams": 1000, "in_stock": True},
        ],
    ),
)


@pytest.fixture(scope="module")
async def retrieval(module_database: Database, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Retrieval]:
    embedder = WordEmbedder()
    path = write_jsonl(tmp_path_factory.mktemp("shelf") / "shelf.jsonl", (*SHELF, *MORE))
    report = await import_file(path, database=module_database, embedder=embedder, currencies=RATES)
    assert report.added == len(SHELF) + len(MORE), report.rejected
    yield Retrieval(module_database, embedder, RATES)


async def shelf(retrieval: Retrieval, *musts: Trait, **query: Any) -> TurnShelf:
    """A turn that asked for this and was shown the first coffees that fit."""
    asked = CoffeeQuery(traits=musts, **query)
    matches = await retrieval.search(replace(asked, limit=query.get("limit", 2)))
    return TurnShelf(retrieval, asked, matches.candidates, rates=RATES)


def asking(*traits: Trait, **others: Any) -> Filters:
    return Filters(traits=traits, **others)


def limit(end: str, amount: str, currency: str = "USD", grams: str = "340") -> Trait:
    return Trait(F.BUDGET, end, amount=Decimal(amount), currency=currency, grams=Decimal(grams))


def names(shelf: TurnShelf) -> list[str]:
    return [c.name for c in shelf.candidates]


async def found(shelf: TurnShelf, filters: Filters) -> set[str]:
    result = await shelf.search(filters)
    assert not result.error, result.error
    return {c.name for _, c in result.coffees}


async def error(shelf: TurnShelf, filters: Filters) -> str:
    before = shelf.candidates
    result = await shelf.search(filters)
    assert result.coffees == () and shelf.candidates == before
    return result.error


async def test_new_coffees_get_the_next_numbers_and_known_ones_keep_theirs(retrieval: Retrieval) -> None:
    turn = await shelf(retrieval, Trait(F.ORIGIN, "Ethiopia"))
    first, second = turn.candidates
    result = await turn.search(asking(Trait(F.ORIGIN, "Ethiopia")))
    references = {c.id: reference for reference, c in result.coffees}
    assert references[first.id] == "c1" and references[second.id] == "c2" and turn.candidates[:2] == (first, second)
    assert sorted(references.values()) == ["c1", "c2", "c3", "c4"] and result.count == 4 and len(turn.candidates) == 4
    assert all(turn.candidates[int(reference[1:]) - 1].id == c.id for reference, c in result.coffees)
    again = await turn.search(asking(text="blend"))
    assert {reference for reference, _ in again.coffees} == {"c1", "c2", "c3", "c4"} and len(turn.candidates) == 4


async def test_one_search_brings_a_few_and_says_how_many_fit(retrieval: Retrieval) -> None:
    turn = await shelf(retrieval, limit=1)
    result = await turn.search(asking(Trait(F.DECAF, "decaf", P.AVOID)))
    assert len(result.coffees) == MOST and result.count == len(SHELF) + len(MORE) - 1
    assert len({reference for reference, _ in result.coffees}) == MOST


async def test_what_is_not_stated_is_counted_apart(retrieval: Retrieval) -> None:
    result = await (await shelf(retrieval, Trait(F.ORIGIN, "Ethiopia"))).search(asking(Trait(F.PROCESS, "washed")))
    assert [c.name for _, c in result.coffees] == ["White Porch"] and (result.count, result.unknown) == (1, 3)


@pytest.mark.parametrize(
    ("musts", "filters", "kept"),
    [
        ([Trait(F.ORIGIN, "Ethiopia"), Trait(F.ORIGIN, "Colombia")], [Trait(F.ORIGIN, "Colombia"), Trait(F.ORIGIN, "Kenya")], "Colombia"),
        ([Trait(F.ORIGIN, "Ethiopia")], [Trait(F.ORIGIN, "Brazil")], {"Two Rivers Blend"}),  # a coffee may have both
        ([Trait(F.PROCESS, "washed"), Trait(F.ORIGIN, "Colombia")], [Trait(F.PROCESS, "anaerobic")], {"Mill Pond"}),
        ([Trait(F.VARIETY, "bourbon")], [Trait(F.VARIETY, "pink bourbon")], {"Grove Street"}),
        ([Trait(F.FLAVOUR, "chocolate")], [Trait(F.NOTE, "walnut")], {"Night Train"}),
        ([Trait(F.ROAST, "Light")], [Trait(F.FLAVOUR, "floral"), Trait(F.FLAVOUR, "citrus")], {"White Porch"}),
        ([], [Trait(F.DECAF, "decaf")], {"Quiet Decaf"}),
        ([Trait(F.ROAST, "Medium-Dark")], [Trait(F.DECAF, "decaf", P.AVOID)], {"Fog Harbour"}),
        ([Trait(F.ORIGIN, "Ethiopia")], [Trait(F.FLAVOUR, "berry", P.AVOID), Trait(F.PROCESS, "washed", P.AVOID)], {"Unpriced Pearl"}),
        ([limit("max", "16")], [limit("max", "13")], {"Night Train"}),
        ([limit("max", "13")], [limit("max", "30")], {"Night Train"}),
        ([limit("max", "30")], [limit("min", "22"), Trait(F.ORIGIN, "Ethiopia")], {"White Porch"}),
        ([limit("max", "20")], [limit("max", "2000", "JPY", "340")], {"Night Train"}),
    ],
)  # fmt: skip
async def test_filters_narrow(retrieval: Retrieval, musts: list[Trait], filters: list[Trait], kept: set[str] | str) -> None:
    expected = {"Grove Street", "Quiet Decaf", "Mill Pond", "Long Meadow"} if kept == "Colombia" else kept
    assert await found(await shelf(retrieval, *musts), asking(*filters)) == expected


@pytest.mark.parametrize(
    ("musts", "filters", "told"),
    [
        ([Trait(F.ORIGIN, "Ethiopia")], [Trait(F.ORIGIN, "Indonesia")], ["From Ethiopia", "without it 1 would fit"]),
        ([Trait(F.ROAST, "Light")], [Trait(F.NOTE, "walnut")], ["Light roast (without it 1 would fit)"]),
        ([Trait(F.FLAVOUR, "berry", P.AVOID)], [Trait(F.NOTE, "blueberry")], ["No berr"]),
        ([Trait(F.NOTE, "jasmine")], [Trait(F.NOTE, "jasmine", P.AVOID)], ["Jasmine"]),
        (
            [Trait(F.PROCESS, "washed"), Trait(F.ROAST, "Light"), Trait(F.ORIGIN, "Guatemala")],
            [Trait(F.PROCESS, "natural"), Trait(F.ROAST, "Dark"), Trait(F.ORIGIN, "Guatemala")],
            ["Washed", "Light roast", "stands in the way"],
        ),
        ([limit("max", "10")], [limit("min", "20")], ["At most $10", "stands in the way"]),
        ([limit("min", "20"), limit("max", "30")], [limit("max", "15")], ["At least $20", "At most $30"]),
    ],
)  # fmt: skip
async def test_a_must_that_stands_in_the_way_is_named(
    retrieval: Retrieval, musts: list[Trait], filters: list[Trait], told: list[str]
) -> None:
    said = await error(await shelf(retrieval, *musts), asking(*filters))
    assert all(words in said for words in told), said


async def test_filters_that_leave_nothing_blame_themselves_and_no_must(retrieval: Retrieval) -> None:
    turn = await shelf(retrieval, limit("max", "100"))
    said = await error(turn, asking(limit("max", "2"), Trait(F.ROAST, "Light")))
    assert "stands in the way" not in said and "At most $2" in said and "At most $100" not in said
    said = await error(turn, asking(Trait(F.PROCESS, "honey"), Trait(F.FLAG, "organic"), Trait(F.DECAF, "decaf")))
    assert said.startswith("Nothing fits all of this.") and "$100" not in said
    assert await error(turn, asking(limit("min", "30"), limit("max", "20"))) == "The lowest price is above the highest."


async def test_cheaper_is_cheaper_by_weight_and_in_any_currency(retrieval: Retrieval) -> None:
    turn = await shelf(retrieval, limit=20)
    for reference, compared in enumerate(turn.candidates, start=1):
        if compared.amount_minor is None:
            continue
        result = await turn.search(asking(cheaper_than=f"c{reference}"))
        assert compared.id not in {c.id for _, c in result.coffees}
        assert all(_dollars(c) < _dollars(compared) for _, c in result.coffees)
        assert result.coffees or compared.name in ("Night Train", "Long Meadow") or result.error


def _dollars(coffee: Any) -> Decimal:
    minor = Decimal(coffee.amount_minor) / (1 if coffee.currency == "JPY" else 100)
    return Decimal(minor * RATES[coffee.currency] / coffee.grams)


async def test_cheaper_holds_beside_the_shoppers_own_budget(retrieval: Retrieval) -> None:
    turn = await shelf(retrieval, limit("max", "30"), Trait(F.ROAST, "Light"), limit=10)
    dearest = names(turn).index("White Porch") + 1
    everything = await found(turn, asking(cheaper_than=f"[[c{dearest}]]"))
    assert everything == {"Berry Window", "Mill Pond", "Long Meadow"}


async def test_a_coffee_comes_back_with_the_offer_that_keeps_the_limit(retrieval: Retrieval) -> None:
    turn = await shelf(retrieval, Trait(F.NOTE, "plum"))
    place = names(turn).index("Long Meadow")
    assert turn.candidates[place].grams == 340
    result = await turn.search(asking(limit("max", "15")))
    assert [(reference, c.name, c.grams) for reference, c in result.coffees] == [(f"c{place + 1}", "Long Meadow", Decimal(1000))]
    assert turn.candidates[place].grams == 1000 and names(turn).count("Long Meadow") == 1
    await turn.search(asking(Trait(F.PROCESS, "natural")))
    assert turn.candidates[place].grams == 1000


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (Filters(), "every filter is empty"),
        (Filters(cheaper_than="c9"), "c1 to c2"),
        (Filters(cheaper_than="c0"), "c1 to c2"),
        (Filters(cheaper_than="c²"), "c1 to c2"),
        (Filters(cheaper_than="c" + "1" * 9000), "c1 to c2"),
        (Filters(cheaper_than="the second"), "c1 to c2"),
        (Filters(coffee_name="Purple Elephant Parade"), "No coffee here is called"),
        (Filters(traits=(limit("max", "20", "XXX"),)), "I know: USD"),
    ],
)
async def test_what_cannot_be_used_is_said(retrieval: Retrieval, filters: Filters, told: str) -> None:
    assert told in await error(await shelf(retrieval, Trait(F.ROAST, "Light")), filters)


async def test_nothing_is_cheaper_than_a_coffee_without_a_price(retrieval: Retrieval) -> None:
    turn = await shelf(retrieval, Trait(F.NOTE, "honeysuckle"))
    assert "price of that coffee is not known" in await error(turn, asking(cheaper_than="c1"))


@pytest.mark.parametrize("typed", ["Grove Street", "grove stret", "street grove", "Corner Roasters Grove Street"])
async def test_a_coffee_is_found_by_its_name(retrieval: Retrieval, typed: str) -> None:
    turn = await shelf(retrieval, Trait(F.ORIGIN, "Colombia"), limit=1)
    result = await turn.search(asking(coffee_name=typed))
    assert [c.name for _, c in result.coffees] == ["Grove Street"] and result.count == 1


async def test_a_named_coffee_that_breaks_a_must_stays_off_the_shelf(retrieval: Retrieval) -> None:
    turn = await shelf(retrieval, Trait(F.ROAST, "Light"), limit("max", "30"))
    assert "Light roast" in await error(turn, asking(coffee_name="Grove Street"))
    assert "Nothing fits" in await error(turn, asking(Trait(F.PROCESS, "natural"), coffee_name="White Porch"))


async def test_a_name_and_a_roaster_must_both_hold(retrieval: Retrieval) -> None:
    turn = await shelf(retrieval, limit=1)
    assert await found(turn, asking(Trait(F.ROASTER, "Sleepy Hollow"), coffee_name="Quiet Decaf")) == {"Quiet Decaf"}
    assert "is called" in await error(turn, asking(Trait(F.ROASTER, "Corner Roasters"), coffee_name="Quiet Decaf"))


async def test_what_was_shown_before_comes_back_by_name_only(retrieval: Retrieval) -> None:
    (decaf,) = (await retrieval.search(CoffeeQuery(traits=(Trait(F.DECAF, "decaf"),)))).candidates
    turn = await shelf(retrieval, exclude=frozenset({decaf.id}))
    assert "shown before" in await error(turn, asking(Trait(F.DECAF, "decaf")))
    assert await found(turn, asking(coffee_name="Quiet Decaf")) == {"Quiet Decaf"}


async def test_the_name_that_a_turn_asked_for_lets_nothing_else_past_the_musts(retrieval: Retrieval) -> None:
    query = CoffeeQuery(traits=(Trait(F.ROAST, "Light"),), coffee_name="Night Train")
    turn = TurnShelf(retrieval, query, (), rates=RATES)
    assert "Night Train" not in await found(turn, asking(text="chocolate walnut"))


VALUES = {
    F.ORIGIN: ["Ethiopia", "Colombia", "Brazil", "Kenya", "Guatemala"],
    F.PROCESS: ["washed", "natural", "honey", "anaerobic"],
    F.ROAST: ["Light", "Medium", "Dark"],
    F.FLAVOUR: ["berry", "fruity", "chocolate", "floral"],
    F.NOTE: ["blueberry", "jasmine", "walnut"],
    F.VARIETY: ["bourbon", "pink bourbon", "gesha"],
    F.FLAG: ["organic", "blend"],
    F.DECAF: ["decaf"],
    F.BODY: ["light", "full"],
}
TRAITS = st.one_of(
    *(st.builds(Trait, st.just(facet), st.sampled_from(values), st.sampled_from([P.MUST, P.AVOID])) for facet, values in VALUES.items()),
    st.builds(limit, st.sampled_from(["min", "max"]), st.sampled_from(["8", "16", "24", "40"]), st.sampled_from(["USD", "JPY", "EUR"])),
)
FILTERS = st.builds(
    Filters,
    traits=st.lists(TRAITS, max_size=3).map(tuple),
    cheaper_than=st.sampled_from([None, None, "c1", "c2", "c40"]),
    coffee_name=st.sampled_from([None, None, None, "Midnight Jam", "Quiet"]),
    text=st.sampled_from(["", "chocolate", "'; DROP TABLE coffee; --"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(musts=st.lists(TRAITS, max_size=2).map(tuple), searches=st.lists(FILTERS, min_size=1, max_size=2))
async def test_whatever_the_filters_every_must_is_kept(
    starter_services: Services, musts: tuple[Trait, ...], searches: list[Filters]
) -> None:
    retrieval = starter_services.retrieval
    fitting = {c.id for c in (await retrieval.search(CoffeeQuery(traits=musts, limit=500))).candidates}
    turn = await shelf(retrieval, *musts)
    for filters in searches:
        before = turn.candidates
        result = await turn.search(filters)
        assert [c.id for c in turn.candidates[: len(before)]] == [c.id for c in before]
        assert {c.id for c in turn.candidates} <= fitting and len({c.id for c in turn.candidates}) == len(turn.candidates)
        assert bool(result.error) != bool(result.coffees) and len(result.coffees) <= MOST
        assert all(turn.candidates[int(reference[1:]) - 1] is c for reference, c in result.coffees)
