"""Listening to a model on the wire, and what was heard."""

import pytest

from coffeebot.domain.errors import ProviderFailed
from coffeebot.providers.llm.model import Finished, Model, Piece, Step, Text
from tests.providers.models import PROMPT


async def heard(model: Model, *steps: Step, last: bool = False) -> list[Piece]:
    return [piece async for piece in model.stream(PROMPT, steps, last=last)]


async def failure(model: Model) -> ProviderFailed:
    """How it failed to answer."""
    with pytest.raises(ProviderFailed) as failed:
        await heard(model)
    return failed.value


def words(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces if isinstance(piece, Text))


def end(pieces: list[Piece]) -> Finished:
    (finished,) = (piece for piece in pieces if isinstance(piece, Finished))
    return finished
