"""The one SQL statement behind a request for coffees: filters, full text, vectors, counts and what stands in the way."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from coffeebot.domain.coffee import minor_digits
from coffeebot.domain.query import Candidate
from coffeebot.models.conditions import Must, Parameters, joins

CLOSE_NAME = 0.62  # trigram likeness from which a name is taken for a misspelling of a coffee's own
CENTRE_WEIGHT = 0.03  # about what the best place of one leg is worth
WISH_WEIGHT = 0.02
NEAR = 1000  # places of the nearest vectors that count: the last of them is worth a thousandth
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
    near: int = NEAR
    nearest: bool = False  # whether anybody asks how many coffees each must alone keeps out


@dataclass(frozen=True, slots=True)
class Found:
    """`candidates` come best first, each with the number of the must it fails (only when asked for those).

    `facets` counts values among them: "bag" is dollars for 12 oz, "opens" the number of the must that is failed.
    """

    candidates: tuple[tuple[int | None, Candidate], ...] = ()
    fitting: int = 0
    unsure: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


async def find(connection: AsyncConnection, search: Search) -> Found:
    """The coffees that keep every must."""
    return await _run(connection, search, statement(search, *_all_kept(search.musts)))


async def find_nearest(connection: AsyncConnection, search: Search) -> Found:
    """The coffees that fail a single must: how many for each, and the best of them."""
    nearest = replace(search, named="", most=len(search.musts), counting=False, nearest=True)
    return await _run(connection, nearest, statement(nearest, *_one_failed(search.musts)))


async def find_these(connection: AsyncConnection, ids: Sequence[UUID], *, rates: Mapping[str, Decimal]) -> tuple[Candidate, ...]:
    """The coffees of these ids that are still on the shelf, in no order of theirs."""
    parameters = Parameters()
    found = await find(connection, Search([among(ids, parameters)], parameters, rates, most=len(ids), counting=False))
    return tuple(coffee for _, coffee in found.candidates)


def among(ids: Sequence[UUID], parameters: Parameters) -> Must:
    """The condition that only these coffees keep."""
    return Must((), "c.coffee_id = ANY(" + parameters.add(list(ids), "uuid[]") + ")")


@lru_cache(maxsize=1)
def _template() -> str:
    return (Path(__file__).parent / "search.sql").read_text(encoding="utf-8")


def _all_kept(musts: Sequence[Must]) -> tuple[str, str]:
    """Whether a coffee is one of those looked for, and the number of the must it fails."""
    return "(" + (" AND ".join(must.sql for must in musts) or "true") + ")", "NULL::integer"


def _one_failed(musts: Sequence[Must]) -> tuple[str, str]:
    unmet = ["(" + must.sql + " IS NOT TRUE)" for must in musts]
    fails = " + ".join(condition + "::integer" for condition in unmet)
    whens = " ".join("WHEN " + condition + " THEN " + str(number) for number, condition in enumerate(unmet))
    return "(" + fails + " = 1)", "(CASE " + whens + " END)"


def statement(search: Search, kept: str, failing: str) -> str:
    """The SQL with its conditions; every value in it is a bound parameter."""
    centres = [must.centre for must in search.musts if must.centre]
    centre = "(" + " + ".join(centres) + ") / " + str(len(centres)) if centres else "0"
    wishes = " + ".join("(" + sql + ")::integer * " + str(weight) for sql, weight in search.wishes) or "0"
    pieces = {
        "kept": kept,
        "failing": failing,
        "centre": centre,
        "wishes": wishes,
        "likeness": "named.likeness" if search.named else "NULL::float8",
        "joins": joins(kept + failing + centre + wishes) + (" LEFT JOIN named ON named.id = c.coffee_id" if search.named else ""),
    }
    sql = _parts(_template(), _asked(search))
    for place, piece in pieces.items():
        sql = sql.replace(f"/*{place}*/", piece)
    return sql


def _asked(search: Search) -> set[str]:
    """The parts of the template that this search needs."""
    parts = {
        "named": search.named,
        "hidden": search.hidden,
        "vectors": search.embedding,
        "words": search.words,
        "counting": search.counting,
        "opens": search.nearest,
        "best": not search.nearest,
        "counted": search.counting or search.nearest,
    }
    return {part for part, wanted in parts.items() if wanted}


def _parts(sql: str, asked: set[str]) -> str:
    """The template without the parts that nobody asked for."""
    return re.sub(r"/\*\[(\w+)\*/(.*?)/\*\1\]\*/", lambda part: _parts(part[2], asked) if part[1] in asked else "", sql, flags=re.DOTALL)


@lru_cache(maxsize=256)
def _prepared(sql: str) -> sa.TextClause:
    return sa.text(sql)


async def _run(connection: AsyncConnection, search: Search, sql: str) -> Found:
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
        "most": search.most,
        "near": search.near,
        "lowest": search.budget[0],
        "highest": search.budget[1],
    }
    answer = await connection.execute(_prepared(sql), values)
    columns = list(answer.keys())
    read = itemgetter(*(columns.index(name) for name in _CANDIDATE_COLUMNS))
    rows = answer.tuples().all()
    total = dict(zip(columns, rows[0], strict=True))
    failing, key = columns.index("failing"), columns.index("id")
    return Found(
        candidates=tuple((row[failing], _candidate(read(row))) for row in rows if row[key] is not None),
        fitting=total["fitting"],
        unsure=total["unsure"],
        facets=total["facets"] or {},
    )


def _candidate(values: Sequence[Any]) -> Candidate:
    """Of the values in the order of its fields."""
    plain = (tuple(value) if isinstance(value, list) else value for value in values)
    told: dict[str, Any] = dict(zip(_CANDIDATE_COLUMNS, plain, strict=True))
    return Candidate(**told)
