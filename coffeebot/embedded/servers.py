"""Brings up the servers that have no URL, or joins those that another process already runs on the same data folder."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pydantic import SecretStr

from coffeebot.domain.errors import CannotStart
from coffeebot.embedded.external import check_database, check_queue
from coffeebot.embedded.folder import DataFolder, clear_errors
from coffeebot.embedded.lock import Lock
from coffeebot.embedded.postgres import PostgresServer
from coffeebot.embedded.process import Child, Command
from coffeebot.embedded.programs import find_programs
from coffeebot.embedded.supervisor import Supervisor
from coffeebot.embedded.valkey import ValkeyServer
from coffeebot.settings import Settings

START_SECONDS = 120.0  # recovery after a power cut may take its time
LEFTOVER_SECONDS = 40.0  # what the servers of a killed process may still need to write everything out


@dataclass(frozen=True)
class Connection:
    """`database_url` in SQLAlchemy's form (postgresql+psycopg://), `redis_url` as unix:///path."""

    database_url: str
    redis_url: str


@dataclass(frozen=True)
class Wanted:
    """Which servers have no URL, so that we run them."""

    postgres: bool = True
    valkey: bool = True

    @classmethod
    def by(cls, settings: Settings) -> "Wanted":
        return cls(postgres=settings.database_url is None, valkey=settings.redis_url is None)

    def __bool__(self) -> bool:
        return self.postgres or self.valkey


class Server(Protocol):
    name: str

    def prepare(self) -> None: ...
    def command(self, *, keep_open: tuple[int, ...] = ()) -> Command: ...
    def answers(self) -> bool: ...


@contextmanager
def running(home: Path) -> Iterator[Connection]:
    """PostgreSQL and Valkey on the data folder `home`: those that run there already, else our own for the duration.

    Call it from the main thread: the servers end with the thread that started them.
    """
    folder = DataFolder.prepare(home)
    with _joined_or_owned(folder, Wanted()):
        yield Connection(PostgresServer.url_of(folder), ValkeyServer.url_of(folder))


@contextmanager
def open_settings(settings: Settings) -> Iterator[Settings]:
    """The settings with both URLs filled in and reachable; see `running`."""
    check_external(settings)
    wanted = Wanted.by(settings)
    if not wanted:
        yield settings
        return
    folder = DataFolder.prepare(settings.coffeebot_home)
    with _joined_or_owned(folder, wanted):
        yield filled_in(settings, folder)


def check_external(settings: Settings) -> None:
    """CannotStart when a URL that was given is no use."""
    if settings.database_url is not None:
        check_database(settings.database_url.get_secret_value())
    if settings.redis_url is not None:
        check_queue(settings.redis_url.get_secret_value())


def filled_in(settings: Settings, folder: DataFolder) -> Settings:
    """The settings with the embedded servers' addresses where none was given."""
    wanted = Wanted.by(settings)
    update: dict[str, object] = {"coffeebot_home": folder.path}
    if wanted.postgres:
        update["database_url"] = SecretStr(PostgresServer.url_of(folder))
    if wanted.valkey:
        update["redis_url"] = SecretStr(ValkeyServer.url_of(folder))
    return settings.model_copy(update=update)


@contextmanager
def claimed(folder: DataFolder) -> Iterator[Lock]:
    """The folder as ours alone; yields the lock that its servers inherit. CannotStart when somebody else has it."""
    with ExitStack() as stack:
        owner = _lock(folder, "owner", stack)
        if not owner.acquire():
            raise CannotStart(f"{folder.path} is in use by {owner.holder()}; stop that one, or set another COFFEEBOT_HOME (and PORT).")
        owner.sign(_signature())
        yield _servers_lock(folder, stack)


def servers(folder: DataFolder, wanted: Wanted) -> list[Server]:
    """Those we run, ready to be brought up one after the other."""
    if not wanted:
        return []
    folder.admit_servers()
    programs = find_programs(folder)
    found: list[Server] = []
    if wanted.postgres:
        found.append(PostgresServer(folder, programs))
    if wanted.valkey:
        found.append(ValkeyServer(folder, programs))
    return found


def bring_up(server: Server, start: Callable[[Command], Child], lock: Lock) -> None:
    """Start it and wait until it answers."""
    server.prepare()
    child = start(server.command(keep_open=(lock.fileno(),)))
    deadline = time.monotonic() + START_SECONDS
    while not server.answers():
        if child.exit_code is not None:
            raise CannotStart(f"{server.name} did not start: {child.last_words() or 'it gave no reason'}")
        if time.monotonic() > deadline:
            raise CannotStart(f"{server.name} did not answer within {START_SECONDS:g} seconds; its log is {child.command.log}.")
        time.sleep(0.03)


@contextmanager
def _joined_or_owned(folder: DataFolder, wanted: Wanted) -> Iterator[None]:
    """Whoever joins holds `users` shared; the owner stops the servers only when it has it alone."""
    with ExitStack() as stack:
        users = _lock(folder, "users", stack)
        if not users.acquire(shared=True, wait=LEFTOVER_SECONDS):
            raise CannotStart(f"Another Coffeebot command on {folder.path} does not end; try again when it has.")
        owner = _lock(folder, "owner", stack)
        if _join(folder, wanted, owner):
            yield
            return
        owner.sign(_signature())
        lock = _servers_lock(folder, stack)
        supervisor = stack.enter_context(Supervisor(say=lambda _: None))
        for server in servers(folder, wanted):
            bring_up(server, supervisor.start, lock)
        try:
            yield
        finally:
            users.acquire(wait=float("inf"))


def _join(folder: DataFolder, wanted: Wanted, owner: Lock) -> bool:
    """True when another process's servers answer; False when there is none and the folder is ours now."""
    deadline = time.monotonic() + START_SECONDS
    while not owner.acquire():
        if (not wanted.postgres or PostgresServer.serves(folder)) and (not wanted.valkey or ValkeyServer.serves(folder)):
            return not owner.acquire()  # servers answer a while after their owner was killed
        if time.monotonic() > deadline:
            raise CannotStart(f"{folder.path} is in use by {owner.holder()}, but the servers there do not answer.")
        time.sleep(0.1)
    return False


def _lock(folder: DataFolder, name: str, stack: ExitStack) -> Lock:
    lock = Lock(folder.path / f"{name}.lock")
    stack.callback(lock.release)
    with clear_errors(folder.path):
        lock.open()
    return lock


def _servers_lock(folder: DataFolder, stack: ExitStack) -> Lock:
    """Held by the servers too: two PostgreSQLs or Valkeys on one folder would ruin it, and a killed owner's may still run."""
    lock = _lock(folder, "servers", stack)
    if not lock.acquire(wait=LEFTOVER_SECONDS):
        raise CannotStart(f"The servers that a killed Coffeebot left on {folder.path} have not stopped yet; try again in a minute.")
    stack.callback(folder.remove_short_sockets)
    return lock


def _signature() -> str:
    program = Path(sys.argv[0])
    name = program.parent.name if program.name == "__main__.py" else program.name
    return f"process {os.getpid()} ({' '.join([name, *sys.argv[1:2]])})"
