"""How long a model may be silent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from dataclasses import dataclass

from coffeebot.domain.errors import Failure, ProviderFailed
from coffeebot.providers.llm.model import Finished, Piece, Text

HANGING_UP = 1.0  # seconds that a service has to end a stream in which all is said


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: to connect, to the first word, between two words, for the whole call."""

    connect: float = 5.0
    first_word: float = 12.0
    next_word: float = 20.0
    total: float = 90.0


async def in_time(pieces: AsyncIterator[Piece], limits: Limits) -> AsyncIterator[Piece]:
    """The same pieces; ProviderFailed (timeout) when one is late. Whatever ends it, the source is closed before it returns.

    A keep-alive of the service makes no piece, and a word without letters is none, so neither makes a stall look alive. Only the
    service is timed, not who listens, save for the whole. Once it is finished nothing that happens to the line is a failure.
    """
    loop = asyncio.get_running_loop()
    wait = limits.first_word
    due, end = loop.time() + wait, loop.time() + limits.total
    async with aclosing(pieces) as source:  # type: ignore[type-var]
        while loop.time() < (limit := min(due, end)):
            try:
                async with asyncio.timeout_at(limit):
                    piece = await anext(source, None)
            except TimeoutError:
                break
            if isinstance(piece, Text) and not piece.text:
                continue
            if piece is None:
                return
            yield piece
            if isinstance(piece, Finished):
                await _hear_out(source)
                return
            wait = limits.next_word
            due = loop.time() + wait
        late = f"not finished within {limits.total:g} s" if limit == end else f"silent for {wait:g} s"
        raise ProviderFailed(Failure.TIMEOUT, detail=late)


async def _hear_out(source: AsyncIterator[Piece]) -> None:
    """Reads the end of a stream, without which its connection could not be used for the next call."""
    with suppress(TimeoutError, ProviderFailed):
        async with asyncio.timeout(HANGING_UP):
            async for _ in source:
                pass
