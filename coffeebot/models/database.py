"""The connection pool, sessions that commit at their boundary, and connections that only read."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import sqlalchemy as sa
from sqlalchemy import event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

FRESH = 1.0  # seconds for which a connection that answered is taken to answer still: asking is a round trip
_ANSWERED = "answered"


def async_url(url: str) -> str:
    """The same database through psycopg: postgres:// and postgresql:// are what hosts hand out."""
    return (
        make_url(url.replace("postgres://", "postgresql://", 1)).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    )


def _for_searches(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """No compiling: the planner thinks the many small expressions of a search dear, and would compile for longer than they run.

    Memory to sort in; and from which likeness on a misspelt name is found (see search.sql).
    """
    cursor = connection.cursor()
    cursor.execute("SET jit = off; SET work_mem = '32MB'; SET pg_trgm.word_similarity_threshold = 0.4")
    cursor.close()
    connection.commit()


def _answered(_: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    entry.info[_ANSWERED] = time.monotonic()


class Database:
    """One engine for one process: open it at an entrance, never at import, never before a fork."""

    def __init__(self, url: str, *, pool_size: int = 20) -> None:
        # Without overflow: a connection beyond the pool is closed after its first use, and opening one takes longer than most queries.
        self.engine: AsyncEngine = create_async_engine(async_url(url), pool_size=pool_size, max_overflow=0, pool_use_lifo=True)
        event.listen(self.engine.sync_engine, "connect", _for_searches)
        event.listen(self.engine.sync_engine, "checkin", _answered)
        event.listen(self.engine.sync_engine, "checkout", self._ask)
        self._reading = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """A transaction: committed when the block ends, rolled back when it raises."""
        async with self._sessions() as session, session.begin():
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Each statement by itself, without the two round trips of a transaction; nothing is to be written."""
        async with self._reading.connect() as connection:
            yield connection

    def _ask(self, connection: DBAPIConnection, entry: ConnectionPoolEntry, _: PoolProxiedConnection) -> None:
        """Replaces a connection that died in the pool, as after a restart of the server."""
        if time.monotonic() - entry.info.get(_ANSWERED, time.monotonic()) < FRESH:
            return
        try:
            self.engine.dialect.do_ping(connection)
        except self.engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    async def answers(self) -> bool:
        """Whether the database can be reached now."""
        try:
            async with self.session() as session:
                await session.execute(sa.text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    async def close(self) -> None:
        await self.engine.dispose()
