"""A run that leaves nothing: everything happens in one transaction that is taken back."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from coffeebot.models.database import Database


class Sessions(Protocol):
    """What gives transactions: a Database, or a rehearsal of one."""

    def session(self) -> AbstractAsyncContextManager[AsyncSession]: ...


class Rehearsal:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """A savepoint: kept when the block ends, as far as anything here is kept."""
        async with self._session.begin_nested():
            yield self._session


@asynccontextmanager
async def rehearsal(database: Database) -> AsyncIterator[Rehearsal]:
    async with database.engine.connect() as connection:
        async with AsyncSession(connection, expire_on_commit=False) as session:
            yield Rehearsal(session)
        await connection.rollback()
