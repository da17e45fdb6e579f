"""A bar in which a played service speaks: all services over the starter catalogue, and the wire that they are connected to."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from pydantic import SecretStr
from sqlmodel import col

from coffeebot.domain.turn import Answering, Delta, Done, Event, Failed, Pick
from coffeebot.models import LlmUsage
from coffeebot.settings import Settings
from coffeebot.wiring import Services, open_services
from evals.wire import Wire, wire_server

KEY = "sk-secret-1234567890"
KINDS = ("anthropic", "openai", "compatible")
QUICK: dict[str, Any] = {"connect_seconds": 1, "first_word_seconds": 0.5, "next_word_seconds": 0.5, "reply_seconds": 5}
NO_BUDGETS: dict[str, Any] = {"budget_day": None, "budget_shopper": None, "budget_conversation": None}


def connected(kind: str, url: str) -> dict[str, Any]:
    """The settings that let a provider of this kind speak from this address."""
    return {
        "anthropic": {"anthropic_api_key": SecretStr(KEY), "anthropic_base_url": url},
        "openai": {"openai_api_key": SecretStr(KEY), "openai_base_url": url, "openai_api": "responses"},
        "compatible": {"openai_base_url": url, "openai_model": "llama"},
    }[kind]


@dataclass
class Reply:
    """What one turn sent out."""

    events: list[Event] = field(default_factory=list)

    def of(self, kind: type[Event]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def text(self) -> str:
        return "".join(event.text for event in self.of(Delta))

    @property
    def names(self) -> list[str]:
        return [event.coffee_name for event in self.of(Pick)]

    @property
    def by(self) -> str:
        return str(self.of(Answering)[-1].by)

    @property
    def error(self) -> Failed | None:
        return next(iter(self.of(Failed)), None)

    @property
    def done(self) -> Done | None:
        return next(iter(self.of(Done)), None)


class Bar:
    """One shopper's conversation."""

    def __init__(self, services: Services, shopper: UUID | None = None) -> None:
        self.services = services
        self.shopper = shopper or uuid4()
        self.conversation = ""

    async def say(self, message: str) -> Reply:
        return await self.heard(await self.start(message))

    async def start(self, message: str) -> UUID:
        self.conversation = self.conversation or await self.services.conversations.create(self.shopper)
        return await self.services.replies.start(self.conversation, message, shopper_id=self.shopper)

    async def again(self) -> Reply:
        return await self.heard(await self.services.replies.retry(self.conversation, shopper_id=self.shopper))

    async def resume(self) -> Reply:
        return await self.heard(await self.services.replies.resume(self.conversation, shopper_id=self.shopper))

    async def stop(self) -> None:
        await self.services.replies.stop(self.conversation, shopper_id=self.shopper)

    async def heard(self, message: UUID) -> Reply:
        return Reply([event async for event in self.services.replies.events(message, conversation_id=self.conversation)])

    async def stored(self) -> Any:
        """The last message as the page would open it."""
        return (await self.services.conversations.open(self.conversation, shopper_id=self.shopper)).messages[-1]

    async def calls(self, purpose: str = "reply") -> Sequence[LlmUsage]:
        """What was asked of models in this conversation, oldest first."""
        asked = sa.select(LlmUsage).where(col(LlmUsage.conversation_id) == self.conversation, col(LlmUsage.purpose) == purpose)
        async with self.services.database.session() as session:
            return (await session.scalars(asked.order_by(col(LlmUsage.at)))).all()


@asynccontextmanager
async def bar(url: str, **settings: Any) -> AsyncIterator[Bar]:
    """`url` is the database's; the house barista speaks at once."""
    given = {**QUICK, **NO_BUDGETS, "house_words_per_second": 0, "database_url": SecretStr(url), **settings}
    async with open_services(Settings(_env_file=None, **given)) as services:  # type: ignore[call-arg]
        yield Bar(services)


@asynccontextmanager
async def served_bar(kind: str, url: str, **settings: Any) -> AsyncIterator[tuple[Wire, Bar]]:
    async with wire_server() as wire, bar(url, **{**connected(kind, wire.url), **settings}) as opened:
        yield wire, opened
