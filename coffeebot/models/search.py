"""The one SQL statement behind a request for coffees: filters, full text, vectors, counts and what stands in the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from coffeebot.domain.coffee import minor_digits
from coffeebot.domain.query import Candidate
from coffeebot.models.conditions import Must, Parameters

CLOSE_NAME = 0.62  # trigram likeness from which a name is taken for a misspelling of a coffee's own
CENTRE_WEIGHT = 0.03  # about what the best place of one leg is worth
WISH_WEIGHT = 0.02
_CANDIDATE_COLUMNS = tuple(f.name for f in fields(Candidate))


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for. `wishes` are (SQL condition, weight); `words` an OR-ed tsquery; `budget` in dollars per 100 g."""

    musts: Sequence[Must]
    parameters: Parameters
    rates: Mapping[str, Decimal]
    wishes: Sequence[tuple[str, float]] = ()
    words: str = ""
    embedding: Sequence[float] | None = None
    named: str = ""
    exclude: frozenset[UUID] = frozenset()
    hidden: frozenset[UUID] = frozenset()
    budget: tuple[float, float] = (0.0, 1e9)
    most: int = 40
    counting: bool = True  # whether anybody asks how the values are spread


@dataclass(frozen=True, slots=True)
class Found:
    """`candidates` come best first, each with the number of the must it fails (only when asked for those).

    `facets` counts values among them: "bag" is dollars for 12 oz, "opens" the number of the must that is failed.
    """

    candidates: tuple[tuple[int | None, Candidate], ...] = ()
    fitting: int = 0
    unsure: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


async def find(session: AsyncSession, search: Search) -> Found:
    """The coffees that keep every must."""
    return await _run(session, search, _all_kept(search.musts), most=search.most)


async def find_nearest(session: AsyncSession, search: Search) -> Found:
    """The coffees that fail a single must: how many for each, and the best of them."""
    return await _run(session, replace(search, named=""), _one_failed(search.musts), most=1)


async def find_these(session: AsyncSession, ids: Sequence[UUID], *, rates: Mapping[str, Decimal]) -> tuple[Candidate, ...]:
    """The coffees of these ids that are still on the shelf, in no order of theirs."""
    parameters = Parameters()
    found = await find(session, Search([among(ids, parameters)], parameters, rates, most=len(ids), counting=False))
    return tuple(coffee for _, coffee in found.candidates)


def among(ids: Sequence[UUID], parameters: Parameters) -> Must:
    """The condition that only these coffees keep."""
    return Must((), "c.id = ANY(" + parameters.add(list(ids), "uuid[]") + ")")


def _all_kept(musts: Sequence[Must]) -> str:
    return "(" + (" AND ".join(must.sql for must in musts) or "true") + ") AS kept, NULL::integer AS failing"


def _one_failed(musts: Sequence[Must]) -> str:
    unmet = ["(" + must.sql + " IS NOT TRUE)" for must in musts]
    fails = " + ".join(condition + "::integer" for condition in unmet)
    whens = " ".join("WHEN " + condition + " THEN " + str(number) for number, condition in enumerate(unmet))
    return "(" + fails + " = 1) AS kept, (CASE " + whens + " END) AS failing"


@lru_cache(maxsize=1)
def _template() -> str:
    return (Path(__file__).parent / "search.sql").read_text(encoding="utf-8")


def statement(search: Search, verdict: str) -> str:
    """The SQL with its conditions; every value in it is a bound parameter."""
    centres = [must.centre for must in search.musts if must.centre]
    pieces = {
        "/*verdict*/": verdict,
        "/*centre*/": "(" + " + ".join(centres) + ") / " + str(len(centres)) if centres else "0",
        "/*wishes*/": " + ".join("(" + sql + ")::integer * " + str(weight) for sql, weight in search.wishes) or "0",
    }
    # Prices are summed up only when somebody asks about them: they are a third of a narrow search.
    asks_price = any("p.within" in piece for piece in pieces.values())
    pieces["/*prices*/"] = "LEFT JOIN price AS p ON p.coffee_id = c.id" if asks_price else ""
    sql = _template()
    for place, piece in pieces.items():
        sql = sql.replace(place, piece)
    return sql


@lru_cache(maxsize=256)
def _prepared(sql: str) -> sa.TextClause:
    return sa.text(sql)


async def _run(session: AsyncSession, search: Search, verdict: str, *, most: int) -> Found:
    values = {
        **search.parameters.values,
        "currencies": list(search.rates),
        "dollars_per_minor": [float(rate) / 10 ** minor_digits(currency) for currency, rate in search.rates.items()],
        "named": search.named,
        "close": CLOSE_NAME,
        "embedding": str(list(search.embedding)) if search.embedding is not None else None,
        "words": search.words,
        "centre_weight": CENTRE_WEIGHT,
        "wish_weight": WISH_WEIGHT,
        "exclude": list(search.exclude),
        "hidden": list(search.hidden),
        "most": most,
        "counting": search.counting,
        "rows": max(most, len(search.musts)),
        "lowest": search.budget[0],
        "highest": search.budget[1],
    }
    rows = (await session.execute(_prepared(statement(search, verdict)), values)).mappings().all()
    return Found(
        candidates=tuple((row["failing"], _candidate(row)) for row in rows if row["id"] is not None),
        fitting=rows[0]["fitting"],
        unsure=rows[0]["unsure"],
        facets=rows[0]["facets"] or {},
    )


def _candidate(row: sa.RowMapping) -> Candidate:
    values: dict[str, Any] = {name: tuple(row[name]) if isinstance(row[name], list) else row[name] for name in _CANDIDATE_COLUMNS}
    return Candidate(**values)
