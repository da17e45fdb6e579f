"""The starter catalogue under every bar, and one embedding model for all of them."""

import pytest

from coffeebot import wiring
from coffeebot.wiring import Services


@pytest.fixture
def database(starter_services: Services, database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a database with the starter catalogue in it."""
    monkeypatch.setattr(wiring, "MiniLM", lambda: starter_services.embedder)
    return database_url
