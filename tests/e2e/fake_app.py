"""The product's own app over the services of tests/fakes; `uvicorn --factory tests.e2e.fake_app:app` serves it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from coffeebot import wiring
from coffeebot.settings import Settings
from tests.fakes import Services


@asynccontextmanager
async def fake_services(settings: Settings, **_: Any) -> AsyncIterator[Services]:
    """Stands where `open_services` stands; HOUSE_WORDS_PER_SECOND sets the speed."""
    opened = Services(words_per_second=settings.house_words_per_second)
    wiring._open.append(opened)  # type: ignore[arg-type]
    try:
        yield opened
    finally:
        wiring._open.remove(opened)  # type: ignore[arg-type]
        await opened.replies.close()


wiring.open_services = fake_services  # type: ignore[assignment]

from coffeebot.coffeebot import app  # noqa: E402  (the app takes open_services when it is imported)

__all__ = ["app"]
