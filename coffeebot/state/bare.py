"""A state without the proxy of background work, which asks at every access whether the lock is held: more work than all the rest."""

from typing import TypeVar

import reflex as rx

AnyState = TypeVar("AnyState", bound=rx.State)


def bare(state: AnyState) -> AnyState:
    """The state itself. Of a background event it may be used inside `async with self` only, where the lock is held."""
    held: AnyState = getattr(state, "__wrapped__", state)
    return held
