"""What the models cost: a row a call, and budgets that end in a cheaper voice and not in an error."""

from decimal import Decimal
from typing import Any

import pytest

from coffeebot.settings import TokenPrice
from evals.wire import Scene, Usage, say
from tests.turns.bar import KINDS, served_bar

WISH = "something fruity for my V60"
DEAR, CHEAP = TokenPrice.of("1000", "100", "1000", "1000"), TokenPrice.of("1", "1", "1", "1")
MODELS: dict[str, dict[str, Any]] = {
    "anthropic": {"anthropic_model": "dear", "anthropic_cheap_model": "cheap"},
    "openai": {"openai_model": "dear", "openai_cheap_model": "cheap"},
    "compatible": {"openai_model": "dear", "openai_cheap_model": "cheap"},
}


def priced(kind: str, **more: Any) -> dict[str, Any]:
    return {**MODELS[kind], "token_prices": {"dear": DEAR, "cheap": CHEAP}, "token_prices_version": "test", "refine_profile": False, **more}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_every_call_leaves_a_row(kind: str, database: str) -> None:
    async with served_bar(kind, database, **priced(kind, budget_day=None, budget_shopper=None, budget_conversation=None)) as (
        wire,
        shopper,
    ):
        wire.play(say("[[c1]] is jammy.", usage=Usage(input=1000, cached=500, output=90)))
        await shopper.say(WISH)
        (call,) = await shopper.calls()
        assert (call.provider, call.model, call.outcome, call.price_version) == (kind, "dear", "ok", "test")
        assert (call.tokens_input, call.tokens_cached, call.tokens_output) == (1000, 500, 90)
        assert call.cost == Decimal("1.14") and call.first_word_ms is not None and call.settled_at is not None


async def test_a_spent_conversation_is_spoken_by_the_cheaper_model(kind: str, database: str) -> None:
    async with served_bar(kind, database, **priced(kind, budget_conversation=Decimal("0.05"))) as (wire, shopper):
        wire.play(say("[[c1]] is jammy."))
        reply = await shopper.say(WISH)
        assert reply.error is None and reply.by == kind and reply.names
        assert [request.model for request in wire.replies] == ["cheap"]


@pytest.mark.parametrize("budget", ["budget_day", "budget_shopper", "budget_conversation"])
async def test_with_nothing_left_the_house_barista_answers(kind: str, budget: str, database: str) -> None:
    async with served_bar(kind, database, **priced(kind, **{budget: Decimal(0)})) as (wire, shopper):
        reply = await shopper.say(WISH)
        assert reply.error is None and reply.done is not None and reply.done.answered_by == "house" and len(reply.names) == 3
        assert not wire.requests and not await shopper.calls()


async def test_a_conversation_grows_silent_call_by_call_and_never_breaks(kind: str, database: str) -> None:
    spends = {"input": 4_000, "cached": 0, "output": 900}  # about five dollars of the dear model, half a cent of the cheap one
    budgets = {"budget_day": None, "budget_shopper": None, "budget_conversation": Decimal(12)}
    async with served_bar(kind, database, **priced(kind, **budgets)) as (wire, shopper):
        wire.play(say("[[c1]] is jammy.", usage=Usage(**spends)))
        replies = [await shopper.say(WISH) for _ in range(4)]
        assert [(reply.error, reply.by) for reply in replies] == [(None, kind)] * 4
        models = [request.model for request in wire.replies]
        assert models[0] == "dear" and models[-1] == "cheap" and models == sorted(models, reverse=True)
        assert sum(call.cost for call in await shopper.calls()) <= 12


async def test_a_call_that_is_turned_away_costs_nothing(kind: str, database: str) -> None:
    async with served_bar(kind, database, **priced(kind)) as (wire, shopper):
        wire.play(Scene(status=401))
        await shopper.say(WISH)
        assert {call.cost for call in await shopper.calls()} <= {Decimal(0)}
