"""A state tree as the app would make it, a shopper's cookie, and services in memory."""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest
import reflex as rx

from coffeebot import wiring
from tests.fakes import Services
from tests.tabs import new_tab


@pytest.fixture
async def services() -> AsyncIterator[Services]:
    opened = Services(words_per_second=0)
    wiring._open.append(opened)  # type: ignore[arg-type]
    yield opened
    wiring._open.remove(opened)  # type: ignore[arg-type]
    await opened.replies.close()


@pytest.fixture
def shopper() -> UUID:
    return uuid4()


@pytest.fixture
def tab(services: Services, shopper: UUID) -> rx.State:
    return new_tab(shopper)
