"""The embedded PostgreSQL: reached by a Unix socket only, by a role that owns its database and nothing else."""

import secrets
import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from coffeebot.domain.errors import CannotStart
from coffeebot.embedded.folder import DataFolder, clear_errors
from coffeebot.embedded.process import Command
from coffeebot.embedded.programs import Programs

PORT = 5432  # names the socket; nothing listens on the network
NAME = "coffeebot"  # of the database and of its role
ADMIN = "postgres"
SHARED_BUFFERS = "512MB"  # what a search scans stays in it up to a quarter of this; memory is taken only as it fills
SMALL_SHARED_MEMORY = 256_000_000  # containers have 64 MB in /dev/shm, too little to build an index in parallel


class PostgresServer:
    name = "PostgreSQL"

    def __init__(self, folder: DataFolder, programs: Programs) -> None:
        self._folder = folder
        self._programs = programs
        self._data = folder.path / "postgresql-18"
        self._sockets = folder.make_sockets()

    @staticmethod
    def url_of(folder: DataFolder) -> str:
        """In SQLAlchemy's form: postgresql+psycopg://role:password@/database?host=/socket/folder&port=5432"""
        password = quote(_password(folder, NAME), safe="")
        return f"postgresql+psycopg://{NAME}:{password}@/{NAME}?host={quote(str(folder.sockets()), safe='/')}&port={PORT}"

    @staticmethod
    def serves(folder: DataFolder) -> bool:
        """Whether one that another process runs lets us in."""
        return _lets_in(_conninfo(folder, NAME))

    def prepare(self) -> None:
        """Make the cluster, the first time; under another name until it is whole, so that a kill leaves no half of one."""
        if self._data.exists():
            return
        fresh = self._folder.path / "postgresql-18.new"
        shutil.rmtree(fresh, ignore_errors=True)
        self._folder.subfolder(fresh.name)
        self._initdb(fresh)
        with clear_errors(self._data):
            fresh.rename(self._data)

    def command(self, *, keep_open: tuple[int, ...] = ()) -> Command:
        settings = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": str(self._sockets),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_checkpoints": "off",
            "shared_buffers": SHARED_BUFFERS,
            "dynamic_shared_memory_type": "posix" if _shared_memory() >= SMALL_SHARED_MEMORY else "mmap",
        }
        options = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        return Command(
            name=self.name,
            argv=(self._programs.postgres / "postgres", "-D", self._data, *options),
            env=self._env(),
            cwd=self._folder.path,
            layer=0,
            account=self._folder.account,
            log=self._folder.log("postgresql"),
            stop_signal=signal.SIGINT,  # fast: ends sessions and writes everything out
            death_signal=signal.SIGINT,
            force_signal=signal.SIGQUIT,
            stop_seconds=30.0,
            keep_open=keep_open,
        )

    def answers(self) -> bool:
        """Whether our role gets in; makes role and database when the server is up and they are missing."""
        if _lets_in(_conninfo(self._folder, NAME)):
            return True
        self._set_up()
        return False

    def _set_up(self) -> None:
        try:
            self._create_role()
            self._create_database()
        except psycopg.OperationalError:
            return  # not up yet

    def _create_role(self) -> None:
        """CREATEDB is for tests and evals. The role cannot install vector, which PostgreSQL does not trust: template1 has it."""
        with psycopg.connect(_conninfo(self._folder, ADMIN), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (NAME,)).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(NAME)))
            password = sql.Literal(_password(self._folder, NAME))
            connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(NAME), password))
        with psycopg.connect(_conninfo(self._folder, ADMIN, database="template1"), autocommit=True) as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS vector")

    def _create_database(self) -> None:
        with psycopg.connect(_conninfo(self._folder, ADMIN), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (NAME,)).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {0} OWNER {0}").format(sql.Identifier(NAME)))

    def _initdb(self, data: Path) -> None:
        _password(self._folder, ADMIN)
        password_file = self._folder.path / _password_file(ADMIN)
        self._folder.hand_over(password_file)
        account = self._folder.account
        done = subprocess.run(
            [
                self._programs.postgres / "initdb",
                *("-D", data, "-U", ADMIN, "--auth=scram-sha-256", f"--pwfile={password_file}"),
                # Built without ICU; C.UTF-8 sorts the same on every machine, so that an index outlives a move.
                *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"),
            ],
            env=self._env(),
            cwd=self._folder.path,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            shutil.rmtree(data, ignore_errors=True)
            complaint = [line for line in done.stderr.splitlines() if "error:" in line or "FATAL" in line]
            raise CannotStart(
                f"PostgreSQL could not make its database in {self._folder.path}: {(complaint or ['no reason given'])[0].strip()}"
            )

    def _env(self) -> dict[str, str]:
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(self._folder.path)}


def _conninfo(folder: DataFolder, role: str, *, database: str | None = None) -> str:
    return make_conninfo(
        host=str(folder.sockets()), port=PORT, user=role, password=_password(folder, role), dbname=database or role, connect_timeout=5
    )


def _lets_in(conninfo: str) -> bool:
    try:
        psycopg.connect(conninfo).close()
    except psycopg.OperationalError:
        return False
    return True


def _password_file(role: str) -> str:
    return f"{role}.password"


def _password(folder: DataFolder, role: str) -> str:
    return folder.secret(_password_file(role), secrets.token_urlsafe(24))


def _shared_memory() -> int:
    try:
        return shutil.disk_usage("/dev/shm").total
    except OSError:
        return 0
