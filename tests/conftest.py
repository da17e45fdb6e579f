"""What many tests share: a real PostgreSQL with Valkey beside it, databases on it, and the services over the starter catalogue."""

import secrets
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa
from pydantic import SecretStr
from sqlmodel import col

from coffeebot.embedded import Connection, running
from coffeebot.models import Coffee, Offer
from coffeebot.settings import Settings
from coffeebot.wiring import Services, open_services
from evals.scratch import create_database, new_database

ROOT = Path(__file__).parents[1]

# The same examples each time, so that a run says something about the change and not about its luck.
# New ones: make test ARGS=--hypothesis-profile=explore
# How fast examples are drawn says something about the machine only.
UNHURRIED = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("repeatable", derandomize=True, **UNHURRIED)
hypothesis.settings.register_profile("explore", derandomize=False, print_blob=True, **UNHURRIED)
hypothesis.settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def database_server() -> Iterator[Connection]:
    """PostgreSQL and Valkey from the wheels, on a data folder that goes when the tests end."""
    with tempfile.TemporaryDirectory(prefix="coffeebot-tests-", ignore_cleanup_errors=True) as home, running(Path(home)) as connection:
        yield connection


@pytest.fixture
def empty_database(database_server: Connection) -> Iterator[str]:
    """A database with nothing in it."""
    with _new_database(database_server) as url:
        yield url


@pytest.fixture(scope="session")
def database_url(database_server: Connection) -> Iterator[str]:
    """A database with the starter catalogue that the whole session shares: leave in it only what nobody else can trip over."""
    with stocked_database(database_server) as url:
        yield url


@contextmanager
def migrated_database(server: Connection) -> Iterator[str]:
    """A new, migrated database's URL; it is dropped afterwards."""
    with _new_database(server, "alembic", "upgrade", "head") as url:
        yield url


@contextmanager
def stocked_database(server: Connection) -> Iterator[str]:
    """A new database's URL with the starter catalogue in it; it is dropped afterwards."""
    with _new_database(server, "coffeebot", "starter") as url:
        yield url


@contextmanager
def _new_database(server: Connection, *command: str) -> Iterator[str]:
    """A new database's URL, as a command of the operator's leaves it."""
    like = _original(server, *command) if command else "template1"
    with new_database(sa.make_url(server.database_url), like=like) as url:
        yield url.render_as_string(hide_password=False)


@cache
def _original(server: Connection, *command: str) -> str:
    """The name of a database that a command has filled: once, since a copy of it takes no time. It goes with the server."""
    url = create_database(sa.make_url(server.database_url))
    environment = {"DATABASE_URL": url.render_as_string(hide_password=False), "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=environment, check=True, capture_output=True)
    return str(url.database)


@pytest.fixture(scope="session")
async def starter_services(database_url: str) -> AsyncIterator[Services]:
    """All services over the starter catalogue, with a barista who speaks at once."""
    settings = Settings(database_url=SecretStr(database_url), house_words_per_second=0, _env_file=None)  # type: ignore[call-arg]
    async with open_services(settings, owns_replies=True) as opened:
        yield opened


@pytest.fixture
async def real_offer(starter_services: Services) -> AsyncIterator[tuple[str, str]]:
    """An offer of a coffee that is no sample, and its address."""
    address = "https://roaster.example/bag?size=250&grind=whole"
    async with starter_services.database.session() as session:
        roaster_id = await session.scalar(sa.select(Coffee.roaster_id).limit(1))
        slug = f"real-{secrets.token_hex(4)}"
        coffee = Coffee(external_id=slug, slug=slug, name="Real", name_key=slug, roaster_id=roaster_id, withdrawn_at=sa.func.now())
        session.add(coffee)
        await session.flush()
        offer = Offer(coffee_id=coffee.id, grams=250, amount_minor=1500, currency="USD", per_100g_minor=600, url=address)
        session.add(offer)
    yield str(offer.id), address
    async with starter_services.database.session() as session:
        await session.execute(sa.delete(Coffee).where(col(Coffee.id) == coffee.id))


@pytest.fixture
async def sample_offer(starter_services: Services) -> str:
    async with starter_services.database.session() as session:
        found = await session.scalar(sa.select(Offer.id).join(Coffee).where(col(Coffee.sample)).limit(1))
    return str(found)
