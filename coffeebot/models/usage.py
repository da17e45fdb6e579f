"""What language models were asked, and what it cost: a row a call, and running sums that budgets are held against."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Numeric
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel, col

from coffeebot.models.base import key, now, timestamp

RUNNING = "running"


class LlmUsage(SQLModel, table=True):
    """One call. `cost` in US dollars is the estimate that was reserved until the call is settled; one that was killed stays "running".

    `outcome` is "running", "ok", "cancelled" or a kind of failure. What a call cost stays known when its shopper is deleted.
    """

    __tablename__ = "llm_usage"
    __table_args__ = (Index("ix_llm_usage_shopper_id_at", "shopper_id", "at"),)

    id: UUID = key()
    at: datetime = timestamp()
    provider: str
    model: str
    purpose: str  # "reply" or "profile"
    shopper_id: UUID | None = Field(None, sa_column=Column(ForeignKey("shopper.id", ondelete="SET NULL"), nullable=True))
    conversation_id: str | None = Field(
        default=None, sa_column=Column(ForeignKey("conversation.id", ondelete="SET NULL"), nullable=True, index=True)
    )
    message_id: UUID | None = None
    tokens_input: int = 0
    tokens_cached: int = 0
    tokens_cache_write: int = 0
    tokens_output: int = 0
    first_word_ms: int | None = None
    outcome: str = RUNNING
    price_version: str = ""
    cost: Decimal = Field(Decimal(0), sa_type=Numeric(12, 6))
    settled_at: datetime | None = Field(default=None, sa_type=sa.DateTime(timezone=True))


class LlmSpending(SQLModel, table=True):
    """The cost so far, reserved and settled, of a day (UTC), of a shopper on a day, or of a conversation.

    A sum of its own, because adding up a day's calls before each new one would take longer with every call. A row is locked while it
    grows, which is what keeps many calls at once within one budget.
    """

    __tablename__ = "llm_spending"
    __table_args__ = (
        Index("ix_llm_spending_whose", "day", "shopper_id", "conversation_id", unique=True, postgresql_nulls_not_distinct=True),
        Index("ix_llm_spending_shopper_id", "shopper_id"),
        Index("ix_llm_spending_conversation_id", "conversation_id"),
    )

    id: UUID = key()
    day: date | None = None
    shopper_id: UUID | None = Field(None, sa_column=Column(ForeignKey("shopper.id", ondelete="CASCADE"), nullable=True))
    conversation_id: str | None = Field(default=None, sa_column=Column(ForeignKey("conversation.id", ondelete="CASCADE"), nullable=True))
    spent: Decimal = Field(Decimal(0), sa_type=Numeric(14, 6))


class Sum(NamedTuple):
    """One LlmSpending that a call counts towards, and the most that it may come to."""

    day: date | None
    shopper_id: UUID | None
    conversation_id: str | None
    most: Decimal


# The sums of a call are always locked in the order given (conversation, shopper, day), or two calls could wait for each other. A power
# cut may lose the last half second: waiting for the disk would make every reply later.
_RESERVE = sa.text("""
WITH asked (day, shopper_id, conversation_id, most) AS (
    SELECT * FROM unnest(CAST(:days AS date[]), CAST(:shoppers AS uuid[]), CAST(:conversations AS text[]), CAST(:most AS numeric[]))
), reserved AS (
    INSERT INTO llm_spending AS s (id, day, shopper_id, conversation_id, spent)
    SELECT gen_random_uuid(), day, shopper_id, conversation_id, CAST(:cost AS numeric) FROM asked WHERE CAST(:cost AS numeric) <= most
    ON CONFLICT (day, shopper_id, conversation_id) DO UPDATE SET spent = s.spent + excluded.spent
    WHERE s.spent + excluded.spent <= (
        SELECT a.most FROM asked AS a
        WHERE (a.day, a.shopper_id, a.conversation_id) IS NOT DISTINCT FROM (s.day, s.shopper_id, s.conversation_id)
    )
    RETURNING s.id
)
INSERT INTO llm_usage (
    id, at, provider, model, purpose, shopper_id, conversation_id, message_id,
    tokens_input, tokens_cached, tokens_cache_write, tokens_output, outcome, price_version, cost
)
SELECT :id, :at, :provider, :model, :purpose, CAST(:shopper_id AS uuid), CAST(:conversation_id AS text), CAST(:message_id AS uuid),
    0, 0, 0, 0, :outcome, :price_version, CAST(:cost AS numeric)
WHERE (SELECT count(*) FROM reserved) = (SELECT count(*) FROM asked)
RETURNING (SELECT array_agg(id) FROM reserved), set_config('synchronous_commit', 'off', true)
""")
_SETTLE = sa.text("""
WITH settled AS (
    UPDATE llm_usage SET outcome = :outcome, cost = :cost, first_word_ms = :first_word_ms, settled_at = :settled_at,
        tokens_input = :input, tokens_cached = :cached, tokens_cache_write = :cache_write, tokens_output = :output
    WHERE id = :id AND settled_at IS NULL
    RETURNING set_config('synchronous_commit', 'off', true)
), sums AS (
    SELECT id FROM llm_spending WHERE id = ANY(CAST(:sums AS uuid[]))
    ORDER BY day NULLS FIRST, shopper_id NULLS LAST FOR UPDATE
)
UPDATE llm_spending AS s SET spent = s.spent + CAST(:more AS numeric) FROM sums, settled WHERE s.id = sums.id
""")


async def reserve(session: AsyncSession, usage: LlmUsage, sums: Sequence[Sum]) -> list[UUID] | None:
    """Adds the call and its cost to all of the sums, in one statement; returns their ids.

    None when one of them would come to more than its most: then the transaction must be rolled back.
    """
    columns = (
        "id",
        "at",
        "provider",
        "model",
        "purpose",
        "shopper_id",
        "conversation_id",
        "message_id",
        "outcome",
        "price_version",
        "cost",
    )
    values: dict[str, Any] = {name: getattr(usage, name) for name in columns}
    values |= {
        "days": [s.day for s in sums],
        "shoppers": [s.shopper_id for s in sums],
        "conversations": [s.conversation_id for s in sums],
        "most": [s.most for s in sums],
    }
    row = (await session.execute(_RESERVE, values)).first()
    return None if row is None else row[0] or []


async def settle(
    session: AsyncSession,
    usage_id: UUID,
    sums: Sequence[UUID],
    *,
    outcome: str,
    tokens: Mapping[str, int],
    first_word_ms: int | None,
    cost: Decimal,
    more: Decimal,
) -> None:
    """Notes how a call ended, and adds `more` (below zero as a rule) to its sums; a second time changes nothing.

    `tokens` are input, cached, cache_write and output.
    """
    values = {"id": usage_id, "sums": list(sums), "outcome": outcome, "first_word_ms": first_word_ms, "settled_at": now(), "cost": cost}
    await session.execute(_SETTLE, {**values, **tokens, "more": more})


async def spent_on(session: AsyncSession, day: date) -> Decimal:
    """What models have cost on a day (UTC), with what is reserved, in US dollars."""
    whole = (col(LlmSpending.shopper_id).is_(None), col(LlmSpending.conversation_id).is_(None))
    return await session.scalar(sa.select(col(LlmSpending.spent)).where(col(LlmSpending.day) == day, *whole)) or Decimal(0)
