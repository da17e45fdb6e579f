"""Whatever is asked, no coffee comes back that breaks a must: judged from its facts in Python, without the SQL that found it."""

import random
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import col

from coffeebot.domain.query import CoffeeQuery, Matches
from coffeebot.domain.taste import Facet, Polarity, Trait, apply
from coffeebot.domain.understanding import understand
from coffeebot.models import Coffee, Offer
from coffeebot.models.database import Database
from coffeebot.services.importing import import_file
from coffeebot.services.retrieval import Retrieval, query_for
from coffeebot.settings import Settings
from evals.musts import broken
from tests.services.shelf import SHELF, WordEmbedder, coffee, write_jsonl

RATES = Settings(_env_file=None).exchange_rates  # type: ignore[call-arg]
NOTES = ("blueberry", "dried figs", "jasmine", "dark chocolate", "cherries", "cedar", "lemon zest", "hazelnut", "rum", "black tea", "mango")
VALUES: dict[Facet, tuple[str, ...]] = {
    Facet.FLAVOUR: ("berry", "fruity", "floral", "chocolate", "nutty", "citrus", "woody", "boozy"),
    Facet.NOTE: ("fig", "cherry", "chocolate", "blueberries", "lemon", "black tea", "tea black", "%", "a.*("),
    Facet.ORIGIN: ("Ethiopia", "Kenya", "Brazil", "Indonesia", "Colombia"),
    Facet.REGION: ("guji", "huila", "yirgacheffe"),
    Facet.PROCESS: ("washed", "natural", "honey", "anaerobic", "wet_hulled"),
    Facet.VARIETY: ("bourbon", "gesha", "sl28"),
    Facet.ROAST: ("Light", "Medium-Light", "Medium", "Medium-Dark", "Dark"),
    Facet.FLAG: ("organic", "espresso", "blend", "fair_trade", "single_origin"),
    Facet.DECAF: ("decaf",),
    Facet.ROASTER: ("Corner Roasters", "Sleepy", "Aoi Coffee"),
    Facet.ROASTER_COUNTRY: ("Japan", "Taiwan"),
    Facet.BODY: ("full", "light"),
    Facet.BITTERNESS: ("low", "high"),
    Facet.MILK: ("milk",),
}
SPOKEN = (
    *(
        "something",
        "fruity",
        "a",
        "washed",
        "natural",
        "Ethiopian",
        "Kenyan",
        "no",
        "not",
        "without",
        "chocolate",
        "but",
        "jasmine",
        "dark",
    ),
    *(
        "light",
        "roast",
        "under $18",
        "at most €12 for 250 g",
        "over ¥1000",
        "decaf",
        "please",
        "or",
        "and",
        "anything but",
        "blend",
        "ideally",
    ),
    *(
        "'; DROP TABLE coffee; --",
        "コーヒー",
        "深煎り",
        "%",
        "\\",
        ":* & !",
        "best",
        "organic",
        "cheap",
        "with milk",
        "V60",
        "two rivers blend",
    ),
)


def _row(number: int, chance: random.Random) -> dict[str, Any]:
    """A coffee that says some things of itself, and leaves others open."""

    def some(values: tuple[str, ...], most: int = 2) -> str | None:
        return "; ".join(chance.sample(values, chance.randint(1, most))) if chance.random() < 0.8 else None

    return coffee(
        f"Lot {number}",
        origin=some(VALUES[Facet.ORIGIN]),
        process=some(VALUES[Facet.PROCESS]),
        roast=some(VALUES[Facet.ROAST], 1),
        notes=some(NOTES, 4),
        variety=some(("Pink Bourbon", "Gesha", "SL28")),
        flags=some(("organic", "espresso", "blend", "decaf")),
        score=chance.choice((None, 88, 92, 94.5)),
        price=chance.choice((9, 14, 18, 25, 60)),
        currency=chance.choice(("USD", "EUR")),
        roaster=chance.choice(("Corner Roasters", "Sleepy Hollow", "Aoi Coffee")),
    )


@pytest.fixture(scope="module")
async def retrieval(module_database: Database, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Retrieval]:
    chance = random.Random(4)
    rows = [*SHELF, *(_row(number, chance) for number in range(60))]
    path = write_jsonl(tmp_path_factory.mktemp("shelf") / "shelf.jsonl", rows)
    await import_file(path, database=module_database, embedder=WordEmbedder(), currencies=RATES)
    async with module_database.session() as session:
        for coffee_id in (await session.scalars(sa.select(col(Coffee.id)).order_by(col(Coffee.slug)))).all()[::3]:
            currency, amount = chance.choice((("USD", 7000), ("JPY", 1200), ("EUR", 900), ("XXX", 5)))
            session.add(Offer(coffee_id=coffee_id, grams=Decimal(200), amount_minor=amount, currency=currency, per_100g_minor=amount // 2))
    yield Retrieval(module_database, WordEmbedder(), RATES)


def _of(facet: Facet) -> st.SearchStrategy[Trait]:
    polarity = st.sampled_from((Polarity.MUST, Polarity.MUST, Polarity.AVOID, Polarity.WANT))
    group = st.sampled_from(("", "", "g"))
    return st.builds(Trait, st.just(facet), st.sampled_from(VALUES[facet]), polarity, st.sampled_from((1, 2, 3)), group=group)


def _budget(end: str, amount: int) -> Trait:
    return Trait(Facet.BUDGET, end, amount=Decimal(amount), currency="USD", grams=Decimal("340.19"))


def _bounds() -> st.SearchStrategy[Trait]:
    ends = st.sampled_from(("max", "min"))
    budgets = st.builds(
        Trait,
        st.just(Facet.BUDGET),
        ends,
        amount=st.sampled_from([Decimal(n) for n in (5, 12, 18, 40, 1500)]),
        currency=st.sampled_from(("USD", "EUR", "JPY", "ZZZ")),
        grams=st.sampled_from((Decimal(100), Decimal("340.19"))),
    )
    return st.one_of(budgets, st.builds(Trait, st.just(Facet.SCORE), ends, amount=st.sampled_from([Decimal(n) for n in (90, 93, 94)])))


TRAITS = st.lists(st.one_of(*(_of(facet) for facet in VALUES), _bounds()), max_size=5)
SENTENCES = st.one_of(st.lists(st.sampled_from(SPOKEN), max_size=9).map(" ".join), st.text(max_size=60))
BOUNDED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def assert_kept(matches: Matches, traits: list[Trait]) -> None:
    told = {found.name: [(t.facet, t.value, t.polarity) for t in broken(found, traits, RATES)] for found in matches.candidates}
    assert {name: faults for name, faults in told.items() if faults} == {}


@BOUNDED
@given(traits=TRAITS, text=SENTENCES)
@example(traits=[Trait(Facet.PROCESS, "anaerobic"), Trait(Facet.PROCESS, "washed", Polarity.AVOID)], text="")
@example(traits=[_budget("min", 18), _budget("max", 40)], text="one bag cheaper, another dearer, none between")
async def test_no_traits_let_a_breach_through(retrieval: Retrieval, traits: list[Trait], text: str) -> None:
    assert_kept(await retrieval.search(CoffeeQuery(traits=tuple(traits), text=text, limit=100)), traits)


@BOUNDED
@given(traits=TRAITS, further=TRAITS)
async def test_what_holds_as_well_holds_by_itself(retrieval: Retrieval, traits: list[Trait], further: list[Trait]) -> None:
    bounds = {Facet.BUDGET}  # one offer is shown, and must lie within both
    matches = await retrieval.search(CoffeeQuery(traits=tuple(traits), further=tuple(further), limit=100))
    assert_kept(matches, [t for t in traits if t.facet not in bounds])
    assert_kept(matches, [t for t in further if t.facet not in bounds])


@BOUNDED
@given(sentence=SENTENCES)
async def test_no_words_let_a_breach_through(retrieval: Retrieval, sentence: str) -> None:
    understood = understand(sentence)
    profile = apply((), understood.change)
    if understood.coffee_name is None:  # else musts only rank
        assert_kept(await retrieval.search(query_for(understood, profile)), list(profile))
