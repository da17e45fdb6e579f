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
from sqlalchemy import URL, make_url

from coffeebot.embedded import running
from coffeebot.models.database import Database
from coffeebot.settings import Settings

ALEMBIC_INI = Path(__file__).parent.parent / "alembic.ini"


@asynccontextmanager
async def scratch_database(settings: Settings) -> AsyncIterator[Database]:
    """An empty, migrated database that is dropped afterwards."""
    with _server(settings) as server:
        name = f"scratch_{secrets.token_hex(6)}"
        _administer(server, "CREATE DATABASE {}", name)
        try:
            url = server.set(database=name)
            await asyncio.to_thread(_migrate, url)
            database = Database(url.render_as_string(hide_password=False))
            try:
                yield database
            finally:
                await database.close()
        finally:
            _administer(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


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


def _administer(server: URL, statement: str, name: str) -> None:
    url = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _migrate(url: URL) -> None:
    config = Config(str(ALEMBIC_INI))
    config.set_main_option("sqlalchemy.url", url.render_as_string(hide_password=False).replace("%", "%%"))
    command.upgrade(config, "head")
