"""The SQL statement that ranks: filters, full text, vectors, counts and what stands in the way; candidates.py reads what was chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from coffeebot.domain.query import Candidate, Contender
from coffeebot.models.bitmaps import Bitmaps
from coffeebot.models.candidates import read
from coffeebot.models.conditions import Bits, Must
from coffeebot.models.rates import ANY_PRICE, Budget, priced
from coffeebot.models.template import filled, template

CLOSE_NAME = 0.62  # trigram likeness from which a name is taken for a misspelling of a coffee's own
CENTRE_WEIGHT = 0.03  # about what the best place of one leg is worth
WISH_WEIGHT = 0.02
NEAR = 1000  # places of the nearest vectors that count: the last of them is worth a thousandth
Choose = Callable[[Sequence[Contender]], Sequence[Contender]]
_FAILING, _ID = 3, 4  # columns of the statement; from the id on they are those of a contender


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for. `wishes` are (bit string, weight); `words` an OR-ed tsquery; `budget` in dollars per 100 g."""

    musts: Sequence[Must]
    bitmaps: Bitmaps
    rates: Mapping[str, Decimal]
    wishes: Sequence[tuple[str, float]] = ()
    words: str = ""
    embedding: Sequence[float] | None = None
    named: str = ""
    exclude: frozenset[UUID] = frozenset()
    hidden: frozenset[UUID] = frozenset()
    budget: Budget = ANY_PRICE
    most: int = 40
    counting: bool = False  # whether anybody asks how the values are spread
    near: int = NEAR
    nearest: bool = False  # whether anybody asks how many coffees each must alone keeps out


@dataclass(frozen=True, slots=True)
class Found:
    """`candidates` come best first, each with the number of the must it fails (only when asked for those).

    `facets` counts values among all that fit: "bag" is dollars for 12 oz, "opens" the number of the must that is failed.
    """

    candidates: tuple[tuple[int | None, Candidate], ...] = ()
    fitting: int = 0
    unsure: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


async def find(connection: AsyncConnection, search: Search, *, choose: Choose = tuple) -> Found:
    """The coffees that keep every must; `choose` takes the best `search.most` and leaves those that are worth reading whole."""
    return await _run(connection, search, statement(search, _all_kept(search)), choose)


async def find_nearest(connection: AsyncConnection, search: Search) -> Found:
    """The coffees that fail a single must: how many for each, and the best of them."""
    nearest = replace(search, named="", most=len(search.musts), counting=False, nearest=True)
    return await _run(connection, nearest, statement(nearest, _one_failed(nearest)), tuple)


async def find_these(connection: AsyncConnection, ids: Sequence[UUID], *, rates: Mapping[str, Decimal]) -> tuple[Candidate, ...]:
    """The coffees of these ids that are still on the shelf, in this order."""
    return await read(connection, dict.fromkeys(ids, 0.0), rates=rates)


def among(ids: Sequence[UUID], bitmaps: Bitmaps) -> Must:
    """The condition that only these coffees keep."""
    these = bitmaps.these(ids)
    return Must((), Bits(these, these))


def _all_kept(search: Search) -> dict[str, str]:
    """The coffees that keep every must, and those of which nobody knows."""
    fits = _every([search.bitmaps.all, *(must.bits.sure for must in search.musts)])
    possible = _every([search.bitmaps.all, *(must.bits.possible for must in search.musts)])
    return {"fits": fits, "possible": possible, "failing": "NULL::integer"}


def _one_failed(search: Search) -> dict[str, str]:
    """The coffees that fail a single must, and the number of that must."""
    kept = [must.bits.sure for must in search.musts]
    failed = [_every([search.bitmaps.all, *kept[:n], f"(~{sure})", *kept[n + 1 :]]) for n, sure in enumerate(kept)]
    whens = " ".join(f"WHEN {search.bitmaps.has(bits)} = 1 THEN {n}" for n, bits in enumerate(failed))
    return {"fits": " | ".join(failed), "possible": "(SELECT bits FROM none)", "failing": f"(CASE {whens} END)"}


def _every(bits: Sequence[str]) -> str:
    return "(" + " & ".join(bits) + ")"


def statement(search: Search, pieces: Mapping[str, str]) -> str:
    """The SQL with its conditions; every value in it is a bound parameter."""
    bitmaps = search.bitmaps
    worths = [must.worth for must in search.musts if must.worth]
    pieces = {
        **pieces,
        "hidden": bitmaps.these(search.hidden) if search.hidden else "",
        "excluded": bitmaps.these(search.exclude) if search.exclude else "",
        "centre": "(" + " + ".join(worths) + ") / " + str(len(worths)) if worths else "0",
        "wishes": " + ".join(f"{bitmaps.has(bits)} * {weight}" for bits, weight in search.wishes) or "0",
    }
    return filled(template("search", _asked(search)), {**pieces, "columns": bitmaps.columns(), "bitmaps": bitmaps.tables()})


def _asked(search: Search) -> frozenset[str]:
    """The parts of the template that this search needs."""
    parts = {
        "named": search.named,
        "hiding": search.hidden,
        "excluding": search.exclude,
        "vectors": search.embedding,
        "words": search.words,
        "counting": search.counting,
        "opens": search.nearest,
        "best": not search.nearest,
        "counted": search.counting or search.nearest,
    }
    return frozenset(part for part, wanted in parts.items() if wanted)


@lru_cache(maxsize=256)
def _prepared(sql: str) -> sa.TextClause:
    return sa.text(sql)


def _halves(vector: Sequence[float]) -> str:
    """A vector as text, in the digits that half precision keeps."""
    return "[" + ",".join([f"{value:.5f}" for value in vector]) + "]"


async def _run(connection: AsyncConnection, search: Search, sql: str, choose: Choose) -> Found:
    values = {
        **search.bitmaps.parameters(),
        **priced(search.rates, search.budget),
        "named": search.named,
        "close": CLOSE_NAME,
        "embedding": _halves(search.embedding) if search.embedding is not None else None,
        "words": search.words,
        "centre_weight": CENTRE_WEIGHT,
        "wish_weight": WISH_WEIGHT,
        "most": search.most,
        "near": search.near,
    }
    rows = (await connection.execute(_prepared(sql), values)).tuples().all()
    fitting, unsure, facets, *_ = rows[0]
    failing = {row[_ID]: row[_FAILING] for row in rows if row[_ID] is not None}
    chosen = choose([Contender(*row[_ID:]) for row in rows if row[_ID] is not None])
    coffees = await read(connection, {coffee.id: coffee.relevance for coffee in chosen}, rates=search.rates, budget=search.budget)
    return Found(tuple((failing[coffee.id], coffee) for coffee in coffees), fitting, unsure, facets or {})
