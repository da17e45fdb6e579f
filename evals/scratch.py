"""A database that exists for one measurement: on a running server when there is one, else on a private one."""

import asyncio
import secrets
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from psycopg import sql
from psycopg.rows import TupleRow
from sqlalchemy import URL, make_url

from coffeebot.embedded import running
from coffeebot.models.database import Database
from coffeebot.settings import Settings

ALEMBIC_INI = Path(__file__).parent.parent / "alembic.ini"


# A DROP with FORCE is refused while autovacuum, which is the superuser's, is at work there; without, it sends autovacuum away.
_LEAVE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user"


@asynccontextmanager
async def scratch_database(settings: Settings) -> AsyncIterator[Database]:
    """An empty, migrated database that is dropped afterwards."""
    with _server(settings) as server, new_database(server) as url:
        await asyncio.to_thread(_migrate, url)
        database = Database(url.render_as_string(hide_password=False))
        try:
            yield database
        finally:
            await database.close()


@contextmanager
def new_database(server: URL, *, like: str = "template1") -> Iterator[URL]:
    """A new database, empty or a copy of another; it is dropped afterwards."""
    url = create_database(server, like=like)
    try:
        yield url
    finally:
        with _administering(server) as connection:
            connection.execute(_LEAVE, [url.database])
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(url.database or "")))


def create_database(server: URL, *, like: str = "template1") -> URL:
    """One that stays as long as its server does."""
    name = f"scratch_{secrets.token_hex(6)}"
    with _administering(server) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(like)))
    return server.set(database=name)


def _administering(server: URL) -> "psycopg.Connection[TupleRow]":
    return psycopg.connect(server.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True)


@contextmanager
def _server(settings: Settings) -> Iterator[URL]:
    """The server that DATABASE_URL names, else a private one in a folder that is thrown away."""
    if settings.database_url is not None:
        yield make_url(settings.database_url.get_secret_value().replace("postgres://", "postgresql://", 1))
        return
    with tempfile.TemporaryDirectory(prefix="coffeebot-eval-") as home:
        # The service user of a private server started by root must be able to pass through.
        Path(home).chmod(0o711)
        with running(Path(home)) as connection:
            yield make_url(connection.database_url)


def _migrate(url: URL) -> None:
    config = Config(str(ALEMBIC_INI))
    config.set_main_option("sqlalchemy.url", url.render_as_string(hide_password=False).replace("%", "%%"))
    command.upgrade(config, "head")
