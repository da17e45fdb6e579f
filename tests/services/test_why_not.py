"""What keeps a coffee out is told for every kind of must, and agrees with what the search offers."""

from decimal import Decimal
from itertools import combinations
from random import Random
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import col

from coffeebot.domain.query import Candidate, CoffeeQuery
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.models import Coffee
from coffeebot.models.search import find_these
from coffeebot.services.why_not import WhyNot
from coffeebot.wiring import Services

LOOKED_AT = 12  # coffees of the starter catalogue
USD = {"currency": "USD", "grams": Decimal("340.2")}
MUSTS = (
    Trait(Facet.FLAVOUR, "citrus"),
    Trait(Facet.FLAVOUR, "fruity"),
    Trait(Facet.FLAVOUR, "chocolate", Polarity.AVOID),
    Trait(Facet.NOTE, "jasmine"),
    Trait(Facet.NOTE, "hazelnut", Polarity.AVOID),
    Trait(Facet.ORIGIN, "Ethiopia"),
    Trait(Facet.ORIGIN, "Colombia", Polarity.AVOID),
    Trait(Facet.REGION, "guji"),
    Trait(Facet.REGION, "huila", Polarity.AVOID),
    Trait(Facet.PROCESS, "natural"),
    Trait(Facet.PROCESS, "washed", Polarity.AVOID),
    Trait(Facet.VARIETY, "gesha"),
    Trait(Facet.VARIETY, "caturra", Polarity.AVOID),
    Trait(Facet.ROAST, "Light"),
    Trait(Facet.ROAST, "Dark", Polarity.AVOID),
    Trait(Facet.BUDGET, "max", amount=Decimal(20), **USD),
    Trait(Facet.BUDGET, "min", amount=Decimal(18), **USD),
    Trait(Facet.SCORE, "min", amount=Decimal(88)),
    Trait(Facet.FLAG, "organic"),
    Trait(Facet.FLAG, "espresso"),
    Trait(Facet.FLAG, "blend"),
    Trait(Facet.FLAG, "blend", Polarity.AVOID),
    Trait(Facet.DECAF, "decaf"),
    Trait(Facet.DECAF, "decaf", Polarity.AVOID),
    Trait(Facet.ROASTER_COUNTRY, "United States"),
    Trait(Facet.BODY, "full"),
    Trait(Facet.ACIDITY, "high", Polarity.AVOID),
    Trait(Facet.SWEETNESS, "high"),
)


@pytest.fixture(scope="module")
async def shelf(starter_services: Services) -> list[Candidate]:
    async with starter_services.database.session() as session:
        ids: list[UUID] = list(await session.scalars(sa.select(col(Coffee.id)).where(col(Coffee.withdrawn_at).is_(None))))
        found = await find_these(session, ids, rates=starter_services.settings.exchange_rates)
    return Random(7).sample(found, LOOKED_AT)


async def offered(services: Services, traits: tuple[Trait, ...]) -> set[UUID]:
    matches = await services.retrieval.search(CoffeeQuery(traits=traits, limit=1000))
    assert matches.count == len(matches.candidates)
    return {coffee.id for coffee in matches.candidates}


def is_of(trait: Trait, told: tuple[Trait, ...]) -> bool:
    return any(t.id == trait.id for t in told)


@pytest.mark.parametrize("must", MUSTS, ids=lambda trait: f"{trait.polarity} {trait.facet} {trait.value}")
async def test_a_must_is_named_for_each_coffee_that_it_keeps_out_and_for_no_other(
    starter_services: Services, shelf: list[Candidate], must: Trait
) -> None:
    why_not = WhyNot(starter_services.database, starter_services.retrieval, starter_services.settings.exchange_rates)
    fitting = await offered(starter_services, (must,))
    for coffee in shelf:
        verdict = await why_not.verdict(coffee, (must,))
        assert verdict.fits == (coffee.id in fitting), coffee.name
        assert is_of(must, (*verdict.broken, *verdict.unknown)) == (coffee.id not in fitting)
        if must.polarity is Polarity.AVOID:
            assert not verdict.unknown  # what is not said breaks no avoidance
        assert (verdict.place > 0) <= verdict.fits


async def test_what_only_counts_against_a_coffee_is_never_lacking(starter_services: Services, shelf: list[Candidate]) -> None:
    why_not = WhyNot(starter_services.database, starter_services.retrieval, starter_services.settings.exchange_rates)
    plain = next(coffee for coffee in shelf if not coffee.decaf)
    assert (await why_not.breaches(plain, ())).lacking == ()


async def test_without_the_musts_that_are_named_it_would_fit(starter_services: Services, shelf: list[Candidate]) -> None:
    why_not = WhyNot(starter_services.database, starter_services.retrieval, starter_services.settings.exchange_rates)
    chance = Random(5)
    for several in chance.sample(list(combinations(MUSTS, 3)), 5):
        for coffee in chance.sample(shelf, 2):
            verdict = await why_not.verdict(coffee, several)
            standing = {t.id for t in (*verdict.broken, *verdict.unknown)}
            assert verdict.fits == (coffee.id in await offered(starter_services, several))
            rest = tuple(t for t in several if t.id not in standing)
            assert coffee.id in await offered(starter_services, rest)
            for kept_out_by in (t for t in several if t.id in standing):
                assert coffee.id not in await offered(starter_services, (*rest, kept_out_by))
