"""Budgets that hold under any number of calls at once, and an account of every call, whatever became of it."""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlmodel import col

from coffeebot.domain.errors import BudgetSpent
from coffeebot.models import Conversation, LlmSpending, LlmUsage, Shopper
from coffeebot.models.base import now
from coffeebot.models.database import Database
from coffeebot.providers.llm.base import Account
from coffeebot.providers.llm.model import Prompt, Tokens
from coffeebot.services.ledger import Ledger, Price

PROMPT = Prompt(system="s" * 2000, turns=(("user", "u" * 1000),), max_tokens=500)
PRICE = Price(input=Decimal(2), cached=Decimal("0.1"), cache_write=Decimal("2.5"), output=Decimal(10))
ESTIMATE = Decimal("0.0075")  # 1,000 tokens written to the cache, 500 written by the model
NO_BUDGETS: dict[str, Decimal | None] = {"budget_day": None, "budget_shopper": None, "budget_conversation": None}


@dataclass
class Named:
    """All that a ledger asks of a model."""

    name: str = "dear"
    provider: str = "anthropic"


DEAR: Any = Named()
OWN: Any = Named("llama", "compatible")


def ledger(database: Database, **budgets: Decimal | None) -> Ledger:
    return Ledger(database, prices={"dear": PRICE}, version="2026-11", **{**NO_BUDGETS, **budgets})


async def account(database: Database, shopper: Account | None = None) -> Account:
    """A conversation of that shopper, or of a new one."""
    shopper_id = shopper.shopper_id if shopper else uuid4()
    conversation = Conversation(id=uuid4().hex, shopper_id=shopper_id)
    async with database.session() as session:
        if shopper is None:
            session.add(Shopper(id=shopper_id))
            await session.flush()
        session.add(conversation)
    return Account(shopper_id, conversation.id, uuid4())


async def rows(database: Database) -> list[LlmUsage]:
    async with database.session() as session:
        return list((await session.scalars(sa.select(LlmUsage).order_by(col(LlmUsage.at)))).all())


async def sums(database: Database) -> dict[str, Decimal]:
    """What each sum has come to."""
    async with database.session() as session:
        found = (await session.scalars(sa.select(LlmSpending))).all()
    return {str(s.conversation_id or s.shopper_id or s.day): s.spent for s in found}


@pytest.fixture
async def database(module_database: Database) -> AsyncIterator[Database]:
    async with module_database.session() as session:
        await session.execute(sa.text("TRUNCATE shopper, llm_usage, llm_spending CASCADE"))
    yield module_database


async def test_an_estimate_is_reserved_and_the_real_cost_settled(database: Database) -> None:
    billed = await account(database)
    book = ledger(database)
    receipt = await book.meter(billed).open(DEAR, PROMPT, purpose="reply")
    (row,) = await rows(database)
    assert (row.outcome, row.cost, row.settled_at) == ("running", ESTIMATE, None)
    assert await book.spent_today() == ESTIMATE
    receipt.first_word()
    await receipt.settle("ok", Tokens(input=100, cached=900, cache_write=200, output=90))
    (row,) = await rows(database)
    assert (row.provider, row.model, row.purpose, row.outcome, row.price_version) == ("anthropic", "dear", "reply", "ok", "2026-11")
    assert (row.shopper_id, row.conversation_id, row.message_id) == (billed.shopper_id, billed.conversation_id, billed.message_id)
    assert (row.tokens_input, row.tokens_cached, row.tokens_cache_write, row.tokens_output) == (100, 900, 200, 90)
    assert row.cost == Decimal("0.00169") and row.settled_at is not None and row.first_word_ms is not None
    assert set((await sums(database)).values()) == {Decimal("0.00169")} and len(await sums(database)) == 3


@pytest.mark.parametrize("budget", NO_BUDGETS)
async def test_fifty_calls_at_once_stay_within_a_budget_for_ten(database: Database, budget: str) -> None:
    billed = await account(database)
    meter = ledger(database, **{budget: 10 * ESTIMATE}).meter(billed)
    opened = await asyncio.gather(*(meter.open(DEAR, PROMPT, purpose="reply") for _ in range(50)), return_exceptions=True)
    assert sum(isinstance(one, BudgetSpent) for one in opened) == 40
    assert len(await rows(database)) == 10 and set((await sums(database)).values()) == {10 * ESTIMATE}


async def test_what_was_reserved_too_much_is_free_again(database: Database) -> None:
    meter = ledger(database, budget_conversation=ESTIMATE).meter(await account(database))
    receipt = await meter.open(DEAR, PROMPT, purpose="reply")
    with pytest.raises(BudgetSpent):
        await meter.open(DEAR, PROMPT, purpose="reply")
    await receipt.settle("ok", Tokens())
    await meter.open(DEAR, PROMPT, purpose="reply")


async def test_a_budget_of_nothing_allows_nothing_but_what_costs_nothing(database: Database) -> None:
    billed = await account(database)
    for budget in NO_BUDGETS:
        with pytest.raises(BudgetSpent):
            await ledger(database, **{budget: Decimal(0)}).meter(billed).open(DEAR, PROMPT, purpose="reply")
    assert not await rows(database) and not await sums(database)
    spent = ledger(database, budget_day=Decimal(0), budget_shopper=Decimal(0), budget_conversation=Decimal(0))
    receipt = await spent.meter(billed).open(OWN, PROMPT, purpose="profile")
    await receipt.settle("ok", Tokens(input=10**6, output=10**6))
    (row,) = await rows(database)
    assert (row.cost, row.tokens_output, row.price_version) == (0, 10**6, "") and not await sums(database)


async def test_each_budget_has_its_own_reach(database: Database) -> None:
    mine = await account(database)
    elsewhere, theirs = await account(database, mine), await account(database)
    narrow = ledger(database, budget_day=3 * ESTIMATE, budget_shopper=2 * ESTIMATE, budget_conversation=ESTIMATE)
    await narrow.meter(mine).open(DEAR, PROMPT, purpose="reply")
    with pytest.raises(BudgetSpent):
        await narrow.meter(mine).open(DEAR, PROMPT, purpose="reply")  # the conversation's
    await narrow.meter(elsewhere).open(DEAR, PROMPT, purpose="reply")
    with pytest.raises(BudgetSpent):
        await narrow.meter(await account(database, mine)).open(DEAR, PROMPT, purpose="reply")  # the shopper's
    await narrow.meter(theirs).open(DEAR, PROMPT, purpose="reply")
    with pytest.raises(BudgetSpent):
        await narrow.meter(None).open(DEAR, PROMPT, purpose="reply")  # the day's


async def test_a_new_day_begins_with_nothing_spent_but_a_conversation_goes_on(database: Database) -> None:
    billed = await account(database)
    yesterday = (now() - timedelta(days=1)).date()
    old = [
        LlmSpending(day=yesterday, spent=Decimal(99)),
        LlmSpending(day=yesterday, shopper_id=billed.shopper_id, spent=Decimal(99)),
        LlmSpending(conversation_id=billed.conversation_id, spent=ESTIMATE),
    ]
    async with database.session() as session:
        session.add_all(old)
    book = ledger(database, budget_day=ESTIMATE, budget_shopper=ESTIMATE, budget_conversation=2 * ESTIMATE)
    assert await book.spent_today() == 0
    await book.meter(billed).open(DEAR, PROMPT, purpose="reply")
    assert (await sums(database))[billed.conversation_id] == 2 * ESTIMATE


@pytest.mark.parametrize(
    ("outcome", "spoke", "cost"),
    [
        ("cancelled", True, ESTIMATE),
        ("cancelled", False, ESTIMATE),
        ("timeout", False, ESTIMATE),
        ("overloaded", True, ESTIMATE),
        ("overloaded", False, Decimal(0)),
        ("rate_limit", False, Decimal(0)),
        ("key", False, Decimal(0)),
    ],
)
async def test_a_call_without_a_count_costs_its_estimate_unless_it_was_turned_away(
    database: Database, outcome: str, spoke: bool, cost: Decimal
) -> None:
    receipt = await ledger(database).meter(await account(database)).open(DEAR, PROMPT, purpose="reply")
    if spoke:
        receipt.first_word()
    await receipt.settle(outcome, None)
    (row,) = await rows(database)
    assert (row.outcome, row.cost) == (outcome, cost) and set((await sums(database)).values()) == {cost}


async def test_settling_twice_changes_nothing(database: Database) -> None:
    receipt = await ledger(database).meter(await account(database)).open(DEAR, PROMPT, purpose="reply")
    await receipt.settle("ok", Tokens(output=100))
    await receipt.settle("cancelled", None)
    (row,) = await rows(database)
    assert (row.outcome, row.cost) == ("ok", Decimal("0.001")) and set((await sums(database)).values()) == {Decimal("0.001")}


async def test_a_cancelled_task_still_settles(database: Database) -> None:
    receipt = await ledger(database).meter(await account(database)).open(DEAR, PROMPT, purpose="reply")

    async def reply() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await receipt.settle("cancelled", Tokens(output=10))

    speaking = asyncio.create_task(reply())
    await asyncio.sleep(0)
    speaking.cancel()
    await asyncio.sleep(0)
    speaking.cancel()  # while it settles
    await asyncio.wait([speaking])
    assert speaking.cancelled()
    assert [(row.outcome, row.cost) for row in await rows(database)] == [("cancelled", Decimal("0.0001"))]


async def test_what_a_killed_process_left_counts_as_its_estimate(database: Database) -> None:
    billed = await account(database)
    await ledger(database).meter(billed).open(DEAR, PROMPT, purpose="reply")
    started_again = ledger(database, budget_shopper=ESTIMATE * 3 / 2)
    with pytest.raises(BudgetSpent):
        await started_again.meter(billed).open(DEAR, PROMPT, purpose="reply")


async def test_the_sums_agree_with_the_rows_whatever_comes_at_once(database: Database) -> None:
    billed = [await account(database) for _ in range(3)]
    book = ledger(database, budget_day=30 * ESTIMATE)
    chance = random.Random(7)

    async def call(one: Account) -> None:
        try:
            receipt = await book.meter(one).open(DEAR, PROMPT, purpose="reply")
        except BudgetSpent:
            return
        await asyncio.sleep(chance.random() / 50)
        await receipt.settle("ok", chance.choice([None, Tokens(input=chance.randrange(3000), output=chance.randrange(500))]))

    await asyncio.gather(*(call(chance.choice(billed)) for _ in range(120)))
    made, added = await rows(database), await sums(database)
    assert len(made) >= 30 and all(row.settled_at for row in made)
    assert added[str(now().date())] == sum(row.cost for row in made)
    for one in billed:
        cost = sum(row.cost for row in made if row.shopper_id == one.shopper_id)
        assert added[str(one.shopper_id)] == added[one.conversation_id] == cost


async def test_a_deleted_shopper_leaves_the_account_without_a_name(database: Database) -> None:
    billed = await account(database)
    book = ledger(database)
    receipt = await book.meter(billed).open(DEAR, PROMPT, purpose="reply")
    async with database.session() as session:
        await session.execute(sa.delete(Shopper).where(col(Shopper.id) == billed.shopper_id))
    await receipt.settle("ok", Tokens(output=100))
    (row,) = await rows(database)
    assert (row.shopper_id, row.conversation_id, row.cost) == (None, None, Decimal("0.001"))
    assert await sums(database) == {str(now().date()): Decimal("0.001")}
    with pytest.raises(BudgetSpent):
        await book.meter(billed).open(DEAR, PROMPT, purpose="reply")


async def test_a_call_that_cannot_be_settled_does_not_spoil_the_reply(database: Database) -> None:
    receipt = await ledger(database).meter(await account(database)).open(DEAR, PROMPT, purpose="reply")
    await ledger(database).settle(receipt, "ok", Tokens(output=2**40), Decimal(0))  # refused as a whole: no such number fits
    (row,) = await rows(database)
    assert (row.outcome, row.cost) == ("running", ESTIMATE) and set((await sums(database)).values()) == {ESTIMATE}
