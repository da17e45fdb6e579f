"""A browser tab without a browser: the state tree that the app makes for it."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import reflex as rx
from reflex.istate.data import HeaderData, ReflexURL

from coffeebot.coffeebot import app  # every state is known once the app is built
from coffeebot.domain.shopper import COOKIE


def new_tab(shopper: UUID | None, *, query: str = "") -> rx.State:
    """The root state of a fresh tab."""
    assert app is not None
    root = rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]
    cookie = f"{COOKIE}={shopper.hex}" if shopper else ""
    visit(root, query=query)
    root.router = replace(root.router, headers=HeaderData(cookie=cookie))
    return root


def visit(root: rx.State, *, query: str) -> None:
    root.router = replace(root.router, url=ReflexURL(f"http://127.0.0.1:3000/{query}"))


async def until(holds: Callable[[], bool]) -> None:
    """Waits for what another task brings about, five seconds at most."""
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110  (a state has no event to wait for)
            await asyncio.sleep(0.01)
