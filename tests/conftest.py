"""What many tests share: a real PostgreSQL with Valkey beside it, databases on it, and the services over the starter catalogue."""

import secrets
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import psycopg
import pytest
import sqlalchemy as sa
from psycopg import sql
from pydantic import SecretStr
from sqlmodel import col

from coffeebot.embedded import Connection, running
from coffeebot.models import Coffee, Offer
from coffeebot.services.starter import load_if_empty
from coffeebot.settings import Settings
from coffeebot.wiring import Services, open_services

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


@contextmanager
def new_database(server: Connection) -> Iterator[str]:
    """A new, empty database's URL; it is dropped afterwards."""
    name = f"test_{secrets.token_hex(6)}"
    url = sa.make_url(server.database_url)
    admin = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def empty_database(database_server: Connection) -> Iterator[str]:
    """A database with nothing in it."""
    with new_database(database_server) as url:
        yield url


@pytest.fixture(scope="session")
def database_url(database_server: Connection) -> Iterator[str]:
    """A migrated database that the whole session shares: leave in it only what nobody else can trip over."""
    with migrated_database(database_server) as url:
        yield url


@contextmanager
def migrated_database(server: Connection) -> Iterator[str]:
    """A new, migrated database's URL; it is dropped afterwards."""
    with new_database(server) as url:
        migrate(url)
        yield url


def migrate(url: str) -> None:
    """Runs the migrations as an operator would."""
    environment = {"DATABASE_URL": url, "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "-m", "alembic", "upgrade", "head"], cwd=ROOT, env=environment, check=True, capture_output=True)


@pytest.fixture(scope="session")
async def starter_services(database_url: str) -> AsyncIterator[Services]:
    """All services over the starter catalogue, with a barista who speaks at once."""
    settings = Settings(database_url=SecretStr(database_url), house_words_per_second=0, _env_file=None)  # type: ignore[call-arg]
    async with open_services(settings, owns_replies=True) as opened:
        await load_if_empty(opened.database, opened.embedder, settings.exchange_rates)
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
