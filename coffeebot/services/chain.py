"""Who answers: the providers in the operator's order, then their cheaper models, and the house barista when none of them can."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Protocol

from coffeebot.domain.errors import BudgetSpent, Failure, ProviderFailed
from coffeebot.domain.turn import Answering
from coffeebot.providers.llm.base import Barista, Context, Said, Speech
from coffeebot.providers.llm.model import Meter, Model
from coffeebot.services.breaker import Breaker
from coffeebot.services.ledger import Ledger

log = logging.getLogger(__name__)

PATIENCE = 25.0  # seconds without a word after which no other provider is begun: the house is there at once
QUICK = 2.0  # seconds: a failure that came sooner may be tried again at once
PAUSE, LONGEST_PAUSE = 0.2, 1.5  # seconds before that
_PASSING = {Failure.CONNECTION, Failure.SERVER, Failure.OVERLOADED, Failure.RATE_LIMIT}
_OF_THE_PROVIDER = {Failure.CONNECTION, Failure.TIMEOUT, Failure.SERVER, Failure.KEY}  # its other model would fail as well


class Speaker(Protocol):
    """providers.llm.speaker.ModelBarista."""

    model: Model
    name: str

    def reply(self, context: Context, meter: Meter) -> AsyncIterator[Speech]: ...


@dataclass(frozen=True, slots=True)
class Route:
    """One model, and whether it is trusted at the moment."""

    speaker: Speaker
    breaker: Breaker = field(default_factory=Breaker)


@dataclass(slots=True)
class _Attempts:
    """One turn's way along the routes."""

    began: float = field(default_factory=time.monotonic)
    retried: bool = False
    down: set[str] = field(default_factory=set)

    @property
    def waited(self) -> float:
        return time.monotonic() - self.began


class BaristaChain:
    """`routes` in the order in which they are asked: the first models of all providers, then the cheaper ones."""

    name = "chain"

    def __init__(self, routes: Sequence[Route], house: Barista, ledger: Ledger, *, patience: float = PATIENCE) -> None:
        self._routes = routes
        self._house = house
        self._ledger = ledger
        self._patience = patience

    async def reply(self, context: Context) -> AsyncIterator[Speech]:
        """Another answers only before the first visible word; after it a failure leaves as it is."""
        attempts = _Attempts()
        first = self._routes[0].speaker.name if self._routes else ""
        for route in self._routes:
            if route.speaker.name in attempts.down or attempts.waited > self._patience:
                continue
            said = False
            async with aclosing(self._tried(route, context, attempts)) as speeches:  # type: ignore[type-var]
                async for speech in speeches:
                    if not said:
                        by = route.speaker.name
                        yield Answering(by, model=route.speaker.model.name, instead_of=first if by != first else "")
                    said = True
                    yield speech
            if said:
                return
        yield Answering(self._house.name, instead_of=first)
        async for speech in self._house.reply(context):
            yield speech

    async def _tried(self, route: Route, context: Context, attempts: _Attempts) -> AsyncIterator[Speech]:
        """What the route says; nothing when it could not, and another is to be asked."""
        while True:
            began = time.monotonic()
            try:
                async with aclosing(self._guarded(route, context)) as speeches:  # type: ignore[type-var]
                    async for speech in speeches:
                        yield speech
                return
            except BudgetSpent as spent:
                log.info("Budget: %s", spent)
                return
            except _Silent as silent:
                failure = silent.failure
            log.warning("%s (%s) did not answer: %s, %s", route.speaker.name, route.speaker.model.name, failure.kind, failure.detail)
            if failure.kind in _OF_THE_PROVIDER:
                attempts.down.add(route.speaker.name)
            pause = failure.retry_after if failure.retry_after is not None else PAUSE
            quick = time.monotonic() - began < QUICK and failure.kind in _PASSING and pause <= LONGEST_PAUSE
            if not quick or attempts.retried:
                return
            attempts.retried = True
            await asyncio.sleep(pause)
            attempts.down.discard(route.speaker.name)

    async def _guarded(self, route: Route, context: Context) -> AsyncIterator[Speech]:
        """The route's words, behind its breaker. Raises _Silent for a failure before the first that can be seen."""
        if not route.breaker.enter():
            return
        failure: ProviderFailed | None = None
        tried = said = False
        held: list[Speech] = []
        try:
            async with aclosing(route.speaker.reply(context, self._ledger.meter(context.account))) as speeches:  # type: ignore[type-var]
                async for speech in speeches:
                    tried = True
                    if not said and isinstance(speech, Said) and speech.text.isspace():
                        held.append(speech)
                        continue
                    said = True
                    yield speech
        except ProviderFailed as failed:
            failure, tried = failed, True
            if said:
                raise
            raise _Silent(failed) from failed
        finally:
            route.breaker.leave(failure, tried=tried)


class _Silent(Exception):
    """A provider failed before it said anything."""

    def __init__(self, failure: ProviderFailed) -> None:
        super().__init__(str(failure))
        self.failure = failure
