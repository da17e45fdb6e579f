"""Servers of the operator's own: each thing that can be wrong with them has its sentence, and no sentence has a password."""

import psycopg
import pytest

from coffeebot.domain.errors import CannotStart
from coffeebot.embedded import Connection
from coffeebot.embedded.external import check_database, check_queue, libpq


def test_good_servers_pass(database_server: Connection) -> None:
    check_database(database_server.database_url)
    check_queue(database_server.redis_url)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (
            "postgresql://barista:hunter2@127.0.0.1:1/beans",
            r"The database at 127\.0\.0\.1/beans \(DATABASE_URL\) cannot be reached: .*refused",
        ),
        ("postgresql+psycopg://barista:hunter2@/beans?host=/nowhere", r"The database at /nowhere/beans .* cannot be reached"),
        ("mysql://barista:hunter2@db/beans", "DATABASE_URL is not an address of PostgreSQL"),
        ("hunter2", "DATABASE_URL is not an address of PostgreSQL"),
    ],
)
def test_a_database_that_is_no_use(url: str, sentence: str) -> None:
    with pytest.raises(CannotStart, match=sentence) as caught:
        check_database(url)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("redis://:hunter2@127.0.0.1:1/0", r"REDIS_URL\) cannot be reached"),
        ("unix:///nowhere/valkey.sock", r"REDIS_URL\) cannot be reached"),
        ("http://queue", "REDIS_URL is not an address of Redis"),
    ],
)
def test_a_queue_that_is_no_use(url: str, sentence: str) -> None:
    with pytest.raises(CannotStart, match=sentence) as caught:
        check_queue(url)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("versions", "sentence"),
    [
        ("", "has no pgvector; install pgvector 0.8 or newer"),
        ("('vector', NULL, '0.7.4')", "has pgvector 0.7.4; Coffeebot needs 0.8 or newer"),
    ],
)
def test_a_database_without_a_fit_pgvector(empty_database: str, versions: str, sentence: str) -> None:
    """A schema that comes before the catalogue's shows what such a server would."""
    with psycopg.connect(libpq(empty_database), autocommit=True) as connection:
        connection.execute(
            "CREATE SCHEMA shown CREATE TABLE pg_available_extensions (name text, installed_version text, default_version text)"
        )
        if versions:
            connection.execute(f"INSERT INTO shown.pg_available_extensions VALUES {versions}")  # noqa: S608
    with pytest.raises(CannotStart, match=sentence):
        check_database(f"{empty_database}&options=-csearch_path%3Dshown,pg_catalog")
