"""The second reading of one message, running beside its reply: written to the card as soon as it is there, or forgotten."""

import asyncio
import logging
from types import TracebackType
from typing import Self

from sqlalchemy.exc import SQLAlchemyError

from coffeebot.domain.taste import Trait
from coffeebot.models.database import Database
from coffeebot.models.trait import keep_traits, traits_of
from coffeebot.providers.llm.base import Context, Line
from coffeebot.providers.llm.extraction import Refinement
from coffeebot.providers.llm.model import Meter
from coffeebot.services.refinement import Refiner, merged
from coffeebot.services.transcript import Turn

log = logging.getLogger(__name__)

PATIENCE = 2.0  # seconds that a finished reply waits for it


class SecondReading:
    """Read while the block lasts; without a refiner there is nothing to read with."""

    def __init__(self, database: Database, refiner: Refiner | None, meter: Meter, turn: Turn) -> None:
        self._database = database
        self._refiner = refiner
        self._meter = meter
        self._turn = turn
        self._seen: tuple[Trait, ...] = ()
        self._task: asyncio.Task[Refinement | None] | None = None
        self._told = False
        self.summary = ""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Also of a reply that was stopped: then the call is ended as well."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    def begin(self, context: Context, *, falling: tuple[Line, ...]) -> None:
        if self._refiner is not None:
            self._seen = context.profile
            self._task = asyncio.create_task(self._refiner.refine(context, self._meter, falling=falling))

    async def news(self, *, patience: float = 0.0) -> tuple[Trait, ...] | None:
        """The card when it has become another, once; None before that, and when nothing was found."""
        if self._task is None or self._told:
            return None
        if patience:
            await asyncio.wait([self._task], timeout=patience)
        if not self._task.done():
            return None
        self._told = True
        refinement = self._task.result()
        if refinement is None:
            return None
        self.summary = refinement.summary
        if not refinement.change.add and not refinement.change.remove:
            return None
        try:
            return await self._written(refinement)
        except SQLAlchemyError as error:  # the reply goes on without
            log.warning("The second reading could not be written to the card: %s", type(error).__name__)
            return None

    async def _written(self, refinement: Refinement) -> tuple[Trait, ...] | None:
        turn = self._turn
        async with self._database.session() as session:
            before = await traits_of(session, turn.shopper_id, turn.conversation_id)
            after = merged(before, self._seen, refinement, message_id=turn.answers)
            if after == before:
                return None
            await keep_traits(
                session, before, after, shopper_id=turn.shopper_id, conversation_id=turn.conversation_id, message_id=turn.answers
            )
        return after
