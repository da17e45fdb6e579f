"""One coffee held against conditions: which it keeps, which it breaks, and where it does not say."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from coffeebot.models.bitmaps import Bitmaps
from coffeebot.models.conditions import Bits
from coffeebot.models.rates import Budget, priced
from coffeebot.models.template import filled, template


async def judged(
    connection: AsyncConnection,
    coffee_id: UUID,
    conditions: Sequence[Bits],
    bitmaps: Bitmaps,
    *,
    rates: Mapping[str, Decimal],
    budget: Budget,
) -> list[bool | None]:
    """What each condition of models.conditions answers for the coffee, in one statement; nothing for a coffee that is gone."""
    if not conditions:
        return []
    columns = ", ".join(_answer(condition, f"m{number}") for number, condition in enumerate(conditions))
    sql = filled(template("verdict"), {"conditions": columns, "bitmaps": bitmaps.tables()})
    values = {**bitmaps.parameters(), **priced(rates, budget), "coffee": coffee_id}
    row = (await connection.execute(sa.text(sql), values)).one_or_none()
    return list(row) if row else []


def _answer(bits: Bits, name: str) -> str:
    """True, false or, where the coffee does not say, null."""
    sure, possible = f"get_bit({bits.sure}, c.place)", f"get_bit({bits.possible}, c.place)"
    return f"CASE WHEN {sure} = 1 THEN true WHEN {possible} = 0 THEN false END AS {name}"
