"""One coffee held against conditions: which it keeps, which it breaks, and where it does not say."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from coffeebot.models.conditions import Parameters
from coffeebot.models.rates import Budget, priced


@lru_cache(maxsize=1)
def _template() -> str:
    return (Path(__file__).parent / "verdict.sql").read_text(encoding="utf-8")


async def judged(
    connection: AsyncConnection,
    coffee_id: UUID,
    conditions: Sequence[str],
    parameters: Parameters,
    *,
    rates: Mapping[str, Decimal],
    budget: Budget,
) -> list[bool | None]:
    """What each condition of models.conditions answers for the coffee, in one statement; nothing for a coffee that is gone."""
    if not conditions:
        return []
    columns = ", ".join(f"({condition}) AS m{number}" for number, condition in enumerate(conditions))
    values = {**parameters.values, **priced(rates, budget), "coffee": coffee_id}
    row = (await connection.execute(sa.text(_template().replace("/*conditions*/", columns)), values)).one_or_none()
    return list(row) if row else []
