"""Coffees by their ids, with all that a card and a reason need: always the same statement, so that it is planned once a connection."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from coffeebot.domain.query import Candidate
from coffeebot.models.rates import ANY_PRICE, Budget, priced
from coffeebot.models.template import template

_LISTS = frozenset(place for place, field in enumerate(fields(Candidate)) if field.type == tuple[str, ...])


async def read(
    connection: AsyncConnection, wanted: Mapping[UUID, float], *, rates: Mapping[str, Decimal], budget: Budget = ANY_PRICE
) -> tuple[Candidate, ...]:
    """The coffees of these ids (each with its relevance) that are not withdrawn, in this order; `budget` in dollars per 100 g."""
    if not wanted:
        return ()
    values = {**priced(rates, budget), "ids": list(wanted), "relevance": list(wanted.values())}
    rows = await connection.execute(_statement(), values)
    return tuple(_candidate(row) for row in rows)


def _candidate(row: Iterable[Any]) -> Candidate:
    values: list[Any] = [tuple(value) if place in _LISTS else value for place, value in enumerate(row)]
    return Candidate(*values)


@lru_cache(maxsize=1)
def _statement() -> sa.TextClause:
    """Its columns stand in the order of a candidate's fields."""
    return sa.text(template("candidates"))
