"""The shelf says of every coffee what the coffee says, whatever happened to it, and whoever else wrote at the same time."""

import asyncio
import contextlib
import random
from collections import defaultdict
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from coffeebot.models import Bitmap, Coffee, CoffeeVector, Offer, Roaster, Shelf, ShelfChange
from coffeebot.models.base import now
from coffeebot.models.coffee import EMBEDDING_DIMENSIONS
from coffeebot.models.database import Database

ROASTS = ("Light", "Medium", "Dark", None)
WORDS = {
    "families": ("berry", "floral", "chocolate", "nutty"),
    "notes": ("Blueberry", "dried fig", "jasmine"),
    "origins": ("Ethiopia", "Kenya"),
    "processes": ("washed", "natural", "anaerobic"),
    "regions": ("Guji", "huila"),
    "varieties": ("gesha", "sl28"),
    "flags": ("organic", "espresso"),
}
LISTED = {"families": "flavour", "notes": "note", "origins": "origin", "processes": "process", "regions": "region", "varieties": "variety"}
IN_LOWER_CASE = ("notes", "regions", "varieties")


async def roaster(session: AsyncSession) -> UUID:
    maker = Roaster(slug=f"maker-{uuid4()}", name="Maker", ships_to=[])
    session.add(maker)
    await session.flush()
    return maker.id


def said(chance: random.Random) -> dict[str, Any]:
    """What a coffee may say of itself."""
    lists = {field: chance.sample(words, chance.randint(0, len(words))) for field, words in WORDS.items()}
    return {
        **lists,
        "roast": chance.choice(ROASTS),
        "body": chance.choice(("full", None)),
        "blend": chance.choice((True, False, None)),
        "decaf": chance.choice((True, False, None)),
        "score": chance.choice((Decimal("94.50"), Decimal(88), None)),
        "embedding": chance.choice(([0.5] * EMBEDDING_DIMENSIONS, None)),
    }


def coffee(roaster_id: UUID, chance: random.Random) -> Coffee:
    slug = str(uuid4())
    return Coffee(external_id=slug, slug=slug, name=slug, name_key=slug, roaster_id=roaster_id, **said(chance))


def offer(coffee_id: UUID, chance: random.Random) -> Offer:
    amount, currency = chance.choice(((1500, "USD"), (1800, "USD"), (2000, "EUR")))
    grams = chance.choice((Decimal(250), Decimal(340)))
    return Offer(coffee_id=coffee_id, grams=grams, grind=str(uuid4()), amount_minor=amount, currency=currency, per_100g_minor=1)


def facts(one: Coffee, offers: list[Offer]) -> set[tuple[str, str]]:
    """What the bit strings are to say of a coffee, without the bands of its price."""
    told = {("shelf", ""), ("roaster", str(one.roaster_id))}
    for field, facet in {**LISTED, "flags": "flag"}.items():
        words = [word.lower() if field in IN_LOWER_CASE else word for word in getattr(one, field)]
        told |= {(facet, word) for word in words} | {(facet, "") for _ in words[:1]}
    told |= {(f"flavour {place}", family) for place, family in enumerate(one.families[:3], start=1)}
    told |= {("note 1", note.lower()) for note in one.notes[:1]}
    base = [process for process in one.processes if process != "anaerobic"]
    told |= {("sole process", process) for process in one.processes if process == "anaerobic" or len(base) == 1}
    for facet in ("roast", "body"):
        value = getattr(one, facet)
        told |= {(facet, value), (facet, "")} if value else set()
    told |= {("blend", "blend" if one.blend else "single_origin")} if one.blend is not None else set()
    told |= {("decaf", "decaf" if one.decaf else "caffeine")} if one.decaf is not None else set()
    told |= {("score", f"{one.score:.2f}"), ("score", "")} if one.score is not None else set()
    currencies = {offer.currency for offer in offers}
    return told | {(f"price {currencies.pop() if len(currencies) == 1 else ''}", "") for _ in offers[:1]}


async def shelved(database: Database) -> tuple[dict[UUID, set[tuple[str, str]]], dict[UUID, float | None]]:
    """What the bit strings say of each coffee, and the lowest price that is shelved."""
    async with database.session() as session:
        places = {row.place: row for row in await session.scalars(sa.select(Shelf))}
        bitmaps = list(await session.scalars(sa.select(Bitmap)))
    told: dict[UUID, set[tuple[str, str]]] = {row.coffee_id: set() for row in places.values()}
    assert len({len(bitmap.bits) for bitmap in bitmaps}) == 1
    for bitmap in bitmaps:
        assert "1" in bitmap.bits or bitmap.facet in ("shelf", "none"), "nobody's bit string is kept"
        for place, bit in enumerate(bitmap.bits):
            if bit == "1" and not (bitmap.facet.startswith("price ") and bitmap.value):
                told[places[place].coffee_id].add((bitmap.facet, bitmap.value))
    return told, {row.coffee_id: row.lowest for row in places.values()}


async def assert_true(database: Database) -> int:
    """Holds the shelf against the catalogue; returns how many coffees are on it."""
    told, lowest = await shelved(database)
    async with database.session() as session:
        coffees = list(await session.scalars(sa.select(Coffee).where(col(Coffee.withdrawn_at).is_(None))))
        offers = defaultdict(list)
        for one in await session.scalars(sa.select(Offer)):
            offers[one.coffee_id].append(one)
        vectors = set(await session.scalars(sa.select(Shelf.coffee_id).join(CoffeeVector, col(CoffeeVector.place) == col(Shelf.place))))
        waiting = await session.scalar(sa.select(sa.func.count()).select_from(ShelfChange))
        orphans = await session.scalar(
            sa.select(sa.func.count()).select_from(CoffeeVector).where(~sa.exists().where(col(Shelf.place) == col(CoffeeVector.place)))
        )
    assert told == {one.id: facts(one, offers[one.id]) for one in coffees}
    prices = {one.id: [o.amount_minor * 100 / float(o.grams) for o in offers[one.id]] for one in coffees}
    assert lowest == {key: pytest.approx(min(known)) if known else None for key, known in prices.items()}
    assert vectors == {one.id for one in coffees if one.embedding is not None}
    assert (waiting, orphans) == (0, 0)
    return len(coffees)


@pytest.mark.parametrize("seed", range(3))
async def test_it_says_what_coffees_say(database: Database, seed: int) -> None:
    chance = random.Random(seed)
    async with database.session() as session:
        maker = await roaster(session)
    for _ in range(25):
        async with database.session() as session:  # several statements in one transaction
            for _ in range(chance.randint(1, 3)):
                ids = list(await session.scalars(sa.select(col(Coffee.id)).order_by(col(Coffee.created_at))))
                await change(session, maker, ids, chance)
    assert await assert_true(database) > 3


async def change(session: AsyncSession, maker: UUID, ids: list[UUID], chance: random.Random) -> None:
    """Something that importers, curators and workers do."""
    some = chance.choice(ids) if ids else None
    match chance.choice(("add", "add", "write", "withdraw", "back", "delete", "offer", "cheaper", "sold out")) if some else "add":
        case "add":
            fresh = [coffee(maker, chance) for _ in range(chance.randint(1, 4))]
            session.add_all(fresh)
            await session.flush()
            session.add_all(offer(one.id, chance) for one in fresh for _ in range(chance.randint(0, 2)))
        case "write":
            await session.execute(sa.update(Coffee).where(col(Coffee.id) == some).values(**said(chance)))
        case "withdraw":
            await session.execute(sa.update(Coffee).where(col(Coffee.id) == some).values(withdrawn_at=now()))
        case "back":
            await session.execute(sa.update(Coffee).values(withdrawn_at=None))
        case "delete":
            await session.execute(sa.delete(Coffee).where(col(Coffee.id) == some))
        case "offer":
            assert some
            session.add(offer(some, chance))
        case "cheaper":
            await session.execute(sa.update(Offer).where(col(Offer.coffee_id) == some).values(amount_minor=900))
        case "sold out":
            await session.execute(sa.delete(Offer).where(col(Offer.coffee_id) == some))
    await session.flush()


async def test_it_grows_and_gives_places_again(database: Database) -> None:
    chance = random.Random(9)
    async with database.session() as session:
        maker = await roaster(session)
        session.add_all(coffee(maker, chance) for _ in range(1200))
    assert await assert_true(database) == 1200
    async with database.session() as session:
        first = sa.select(col(Shelf.coffee_id)).where(col(Shelf.place) < 700)
        await session.execute(sa.update(Coffee).where(col(Coffee.id).in_(first)).values(withdrawn_at=now()))
    async with database.session() as session:
        session.add_all(coffee(maker, chance) for _ in range(500))
    assert await assert_true(database) == 1000
    async with database.session() as session:
        assert await session.scalar(sa.select(sa.func.max(Shelf.place))) == 1199


async def test_nothing_is_shelved_of_what_was_rolled_back(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.session() as session:
            session.add(coffee(await roaster(session), random.Random(1)))
            await session.flush()
            raise RuntimeError
    assert await assert_true(database) == 0


async def test_an_offer_that_is_seen_again_writes_nothing(database: Database) -> None:
    async with database.session() as session:
        one = coffee(await roaster(session), random.Random(2))
        session.add(one)
        await session.flush()
        session.add(offer(one.id, random.Random(2)))
    versions = sa.text("SELECT (SELECT array_agg(xmin::text ORDER BY place) FROM shelf), (SELECT max(xmin::text::bigint) FROM bitmap)")
    async with database.session() as session:
        before = (await session.execute(versions)).one()
        await session.execute(sa.update(Offer).values(seen_at=now(), in_stock=False))
    async with database.session() as session:
        assert (await session.execute(versions)).one() == before


async def test_many_write_at_the_same_time(database: Database) -> None:
    async with database.session() as session:
        maker = await roaster(session)

    async def write(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(6):
            async with database.session() as session:
                mine = [coffee(maker, chance) for _ in range(3)]
                for one in mine:
                    session.add(one)
                    await session.flush()
                    session.add(offer(one.id, chance))
                    await session.flush()
                await session.execute(sa.update(Coffee).where(col(Coffee.id) == mine[0].id).values(**said(chance)))

    await asyncio.gather(*(write(seed) for seed in range(6)))
    assert await assert_true(database) == 6 * 6 * 3


async def test_nobody_waits_for_one_who_waits(database: Database) -> None:
    """The first has written a coffee and wants to write another, which the second is writing: the second is not kept from ending."""
    chance = random.Random(3)
    async with database.session() as session:
        maker = await roaster(session)
        one, other = coffee(maker, chance), coffee(maker, chance)
        session.add_all((one, other))
    wrote, both = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with database.session() as session:
            await session.execute(rewritten(one))
            wrote.set()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(both.wait(), timeout=2)
            await session.execute(rewritten(other))

    async def second() -> None:
        await wrote.wait()
        async with database.session() as session:
            await session.execute(rewritten(other))
            both.set()

    def rewritten(which: Coffee) -> sa.Update:
        return sa.update(Coffee).where(col(Coffee.id) == which.id).values(**said(chance))

    await asyncio.gather(first(), second())
    assert await assert_true(database) == 2
