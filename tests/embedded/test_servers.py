"""Real servers on data folders of their own: they start anywhere, are shared, survive a kill, and leave nothing behind."""

import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import redis
from pydantic import SecretStr

from coffeebot.domain.errors import CannotStart
from coffeebot.embedded import Connection, open_settings, running
from coffeebot.embedded.external import libpq
from coffeebot.embedded.folder import DataFolder
from coffeebot.embedded.servers import claimed
from coffeebot.settings import Settings

ROOT = Path(__file__).parents[2]
OWNER = """
import sys, time
from pathlib import Path
from coffeebot.embedded import running
with running(Path(sys.argv[1])) as connection:
    print(connection.database_url, connection.redis_url, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture(scope="module")
def owned(tmp_path_factory: pytest.TempPathFactory, database_server: Connection) -> Connection:
    """The session's servers, for what any server can show."""
    return database_server


def connect(connection: Connection) -> psycopg.Connection:
    return psycopg.connect(libpq(connection.database_url), autocommit=True)


def start_owner(home: Path) -> tuple["subprocess.Popen[str]", Connection]:
    """Another process that runs the servers of `home` until its input ends."""
    owner = subprocess.Popen([sys.executable, "-c", OWNER, home], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    return owner, Connection(*owner.stdout.readline().split())


def gone(look: Callable[[Path], list[int]], home: Path) -> bool:
    for _ in range(200):
        if not look(home):
            return True
        time.sleep(0.05)
    return False


def test_a_kill_leaves_no_process_and_loses_nothing(home: Path, processes_of: Callable[[Path], list[int]]) -> None:
    owner, connection = start_owner(home)
    with connect(connection) as database:
        database.execute("CREATE TABLE cup AS SELECT generate_series(1, 10000) AS n")
        database.execute("INSERT INTO cup VALUES (0)")
    with redis.Redis.from_url(connection.redis_url) as queue:
        queue.set("cup", "full")
    owner.kill()  # and at once another one, while the first one's servers are still writing everything out
    with owner, running(home) as again:
        assert again == connection, "addresses and passwords stay the same"
        with connect(again) as database:
            assert database.execute("SELECT count(*) FROM cup").fetchone() == (10001,)
        with redis.Redis.from_url(again.redis_url) as queue:
            assert queue.get("cup") == b"full"
    assert gone(processes_of, home), processes_of(home)


def test_a_second_command_joins_and_the_first_waits_for_it(home: Path, processes_of: Callable[[Path], list[int]]) -> None:
    owner, connection = start_owner(home)
    with running(home) as joined:
        assert joined == connection
        owner.stdin.close()  # the first one has nothing more to do
        time.sleep(0.3)
        with connect(joined) as database:
            assert database.execute("SELECT 1").fetchone() == (1,)
    assert owner.wait(20) == 0
    owner.stdout.close()
    assert gone(processes_of, home), processes_of(home)


def test_a_second_instance_is_told_who_is_there(home: Path) -> None:
    folder = DataFolder.prepare(home)
    with claimed(folder), pytest.raises(CannotStart, match=rf"is in use by process {os.getpid()} \(.*\); stop that one"), claimed(folder):
        pass
    with claimed(folder):
        pass


def test_a_deep_data_folder_works_and_a_lost_password_is_replaced(home: Path) -> None:
    deep = home / ("deep " * 20) / ("folder%" * 10)
    home.chmod(0o755)
    deep.mkdir(parents=True)
    with running(deep) as connection:
        with connect(connection) as database:
            assert database.execute("SHOW listen_addresses").fetchone() == ("",)
        with redis.Redis.from_url(connection.redis_url) as queue:
            assert queue.ping()
        sockets = (deep / "run").readlink()
    assert not sockets.exists(), "nothing is left in /tmp"
    (deep / "coffeebot.password").unlink()
    with running(deep) as connection, connect(connection) as database:
        assert database.execute("SELECT 1").fetchone() == (1,)


def test_only_the_owner_can_read_the_passwords(owned: Connection) -> None:
    home = Path(psycopg.conninfo.conninfo_to_dict(libpq(owned.database_url))["host"]).parent
    for name in ("postgres.password", "coffeebot.password"):
        assert stat.S_IMODE((home / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) & 0o007 == 0


def test_the_role_owns_its_database_and_nothing_else(owned: Connection) -> None:
    with connect(owned) as database:
        assert database.execute("SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user").fetchone() == (False, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            database.execute("COPY (SELECT 1) TO PROGRAM 'true'")


def test_a_wrong_password_does_not_get_in(owned: Connection) -> None:
    address = psycopg.conninfo.make_conninfo(libpq(owned.database_url), password="wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(address)


def test_given_urls_are_left_alone(owned: Connection, home: Path) -> None:
    given = Settings(database_url=SecretStr(owned.database_url), redis_url=SecretStr(owned.redis_url), coffeebot_home=home, _env_file=None)
    with open_settings(given) as settings:
        assert settings == given
    assert not list(home.iterdir())


def test_only_the_missing_server_is_started(owned: Connection, home: Path) -> None:
    with open_settings(Settings(database_url=SecretStr(owned.database_url), coffeebot_home=home, _env_file=None)) as settings:
        assert settings.database_url.get_secret_value() == owned.database_url
        with redis.Redis.from_url(settings.redis_url.get_secret_value()) as queue:
            assert queue.config_get("maxmemory-policy")["maxmemory-policy"] == "noeviction"
    assert not (home / "postgresql-18").exists()
