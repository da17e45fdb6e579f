"""Reserves what a call to a language model may cost before it is made, and settles what it did cost."""

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import ROUND_UP, Decimal
from uuid import UUID

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from coffeebot.domain.errors import BudgetSpent, Failure
from coffeebot.models.base import now
from coffeebot.models.database import Database
from coffeebot.models.usage import LlmUsage, Sum, reserve, settle, spent_on
from coffeebot.providers.llm.base import Account
from coffeebot.providers.llm.model import Model, Prompt, Tokens

log = logging.getLogger(__name__)

CHARS_A_TOKEN = 3  # few, so that an estimate is rather too high
MILLION = Decimal(1_000_000)
SMALLEST = Decimal("0.000001")  # dollars: what the database keeps
NO_LIMIT = Decimal("Infinity")
TURNED_AWAY = {Failure.KEY, Failure.REQUEST, Failure.RATE_LIMIT, Failure.OVERLOADED}  # before the model read anything: not charged


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens: read, read from the cache, written to the cache, written by the model."""

    input: Decimal
    cached: Decimal
    cache_write: Decimal
    output: Decimal

    def of(self, tokens: Tokens) -> Decimal:
        """Dollars, to the next millionth."""
        read = tokens.input * self.input + tokens.cached * self.cached + tokens.cache_write * self.cache_write
        return ((read + tokens.output * self.output) / MILLION).quantize(SMALLEST, ROUND_UP)

    def at_most(self, prompt: Prompt) -> Decimal:
        """An estimate for a call that finds nothing in the cache and writes as much as it may."""
        read = prompt.chars // CHARS_A_TOKEN
        dearer = {"cache_write": read} if self.cache_write > self.input else {"input": read}
        return self.of(Tokens(output=prompt.max_tokens, **dearer))


class Ledger:
    """Budgets are US dollars a day (UTC), for a shopper on a day and for a conversation; None is no limit, 0 is nothing.

    A model without a price costs nothing and is never refused. What a killed process left unsettled counts as its estimate.
    """

    def __init__(
        self,
        database: Database,
        *,
        prices: Mapping[str, Price],
        version: str,
        budget_day: Decimal | None,
        budget_shopper: Decimal | None,
        budget_conversation: Decimal | None,
    ) -> None:
        self._database = database
        self._prices = prices
        self._version = version
        self._day, self._shopper, self._conversation = (
            NO_LIMIT if budget is None else budget for budget in (budget_day, budget_shopper, budget_conversation)
        )
        self._settling: set[asyncio.Future[None]] = set()

    def meter(self, account: Account | None) -> "AccountMeter":
        """For the calls of one turn; without an account only the day's budget holds them."""
        return AccountMeter(self, account)

    async def spent_today(self) -> Decimal:
        """US dollars, with what is reserved."""
        async with self._database.session() as session:
            return await spent_on(session, now().date())

    async def open(self, model: Model, prompt: Prompt, *, purpose: str, account: Account | None) -> "CallReceipt":
        price = self._prices.get(model.name)
        usage = LlmUsage(
            provider=model.provider,
            model=model.name,
            purpose=purpose,
            shopper_id=account.shopper_id if account else None,
            conversation_id=account.conversation_id if account else None,
            message_id=account.message_id if account else None,
            price_version=self._version if price else "",
            cost=price.at_most(prompt) if price else Decimal(0),
        )
        try:
            async with self._database.session() as session:
                sums = await reserve(session, usage, self._sums(usage) if usage.cost else ())
                if sums is None:
                    raise BudgetSpent("What may be spent on language models for now is spent.")
        except IntegrityError as error:
            raise BudgetSpent("The conversation that was to pay for this has been deleted.") from error
        return CallReceipt(self, usage.id, tuple(sums), estimate=usage.cost, price=price)

    def _sums(self, usage: LlmUsage) -> list[Sum]:
        day = usage.at.date()
        whole = Sum(day, None, None, self._day)
        if usage.shopper_id is None:
            return [whole]
        return [Sum(None, None, usage.conversation_id, self._conversation), Sum(day, usage.shopper_id, None, self._shopper), whole]

    async def settle(self, receipt: "CallReceipt", outcome: str, tokens: Tokens | None, cost: Decimal) -> None:
        """Also when the caller is cancelled in the meantime; a database that is away is logged, and the estimate stays."""
        settling = asyncio.ensure_future(self._settle(receipt, outcome, tokens or Tokens(), cost))
        self._settling.add(settling)
        settling.add_done_callback(self._settling.discard)
        try:
            await asyncio.shield(settling)
        except asyncio.CancelledError:
            await asyncio.wait([settling])
            raise

    async def _settle(self, receipt: "CallReceipt", outcome: str, tokens: Tokens, cost: Decimal) -> None:
        try:
            async with self._database.session() as session:
                await settle(
                    session,
                    receipt.usage_id,
                    receipt.sums,
                    outcome=outcome,
                    tokens=asdict(tokens),
                    first_word_ms=receipt.first_word_ms,
                    cost=cost,
                    more=cost - receipt.estimate,
                )
        except SQLAlchemyError as error:
            log.warning("a call to a model could not be settled and counts as its estimate: %s", type(error).__name__)


class AccountMeter:
    """A `Meter` that bills one account."""

    def __init__(self, ledger: Ledger, account: Account | None) -> None:
        self._ledger = ledger
        self._account = account

    async def open(self, model: Model, prompt: Prompt, *, purpose: str) -> "CallReceipt":
        return await self._ledger.open(model, prompt, purpose=purpose, account=self._account)


class CallReceipt:
    """A `Receipt`: one row of llm_usage, and the sums that it counts towards."""

    def __init__(self, ledger: Ledger, usage_id: UUID, sums: tuple[UUID, ...], *, estimate: Decimal, price: Price | None) -> None:
        self.usage_id = usage_id
        self.sums = sums
        self.estimate = estimate
        self.first_word_ms: int | None = None
        self._ledger = ledger
        self._price = price
        self._opened = time.monotonic()

    def first_word(self) -> None:
        if self.first_word_ms is None:
            self.first_word_ms = round((time.monotonic() - self._opened) * 1000)

    async def settle(self, outcome: str, tokens: Tokens | None) -> None:
        """Without tokens the estimate stays, unless the service turned the call away before it said anything."""
        await self._ledger.settle(self, outcome, tokens, self._cost(outcome, tokens))

    def _cost(self, outcome: str, tokens: Tokens | None) -> Decimal:
        if self._price is None:
            return Decimal(0)
        if tokens is not None:
            return self._price.of(tokens)
        return Decimal(0) if outcome in TURNED_AWAY and self.first_word_ms is None else self.estimate
