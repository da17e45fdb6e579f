"""The connection pool, and sessions that commit at their boundary."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import sqlalchemy as sa
from sqlalchemy import event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry


def async_url(url: str) -> str:
    """The same database through psycopg: postgres:// and postgresql:// are what hosts hand out."""
    return (
        make_url(url.replace("postgres://", "postgresql://", 1)).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    )


def _without_jit(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """The planner thinks the many small expressions of a search dear, and would compile for longer than they run."""
    cursor = connection.cursor()
    cursor.execute("SET jit = off")
    cursor.close()
    connection.commit()


class Database:
    """One engine for one process: open it at an entrance, never at import, never before a fork."""

    def __init__(self, url: str, *, pool_size: int = 20) -> None:
        # Without overflow: a connection beyond the pool is closed after its first use, and opening one takes longer than most queries.
        self.engine: AsyncEngine = create_async_engine(async_url(url), pool_size=pool_size, max_overflow=0, pool_pre_ping=True)
        event.listen(self.engine.sync_engine, "connect", _without_jit)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """A transaction: committed when the block ends, rolled back when it raises."""
        async with self._sessions() as session, session.begin():
            yield session

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
