"""Servers of the operator's own: whether they answer, and whether they can do what is needed."""

import psycopg
import redis
from psycopg.conninfo import conninfo_to_dict

from coffeebot.domain.errors import CannotStart

POSTGRESQL = 150000  # as server_version_num says it
PGVECTOR = (0, 8)  # older ones cannot continue a filtered index scan


def check_database(url: str) -> None:
    """CannotStart when DATABASE_URL is no use; never shows the password."""
    try:
        conninfo = libpq(url)
        place = _place(conninfo)
        with psycopg.connect(conninfo, connect_timeout=5) as connection:
            _check_version(connection, place)
            _check_vector(connection, place)
    except psycopg.ProgrammingError as error:
        raise CannotStart("DATABASE_URL is not an address of PostgreSQL, such as postgresql://user:password@host/database.") from error
    except psycopg.OperationalError as error:
        reason = str(error).strip().partition("\n")[0].removeprefix("connection failed: ") or "no reason given"
        raise CannotStart(f"The database at {place} (DATABASE_URL) cannot be reached: {reason}") from error


def check_queue(url: str) -> None:
    """CannotStart when REDIS_URL is no use."""
    try:
        with redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5) as client:
            client.ping()
    except ValueError as error:
        raise CannotStart("REDIS_URL is not an address of Redis or Valkey, such as redis://host:6379/0.") from error
    except redis.RedisError as error:
        raise CannotStart(f"The queue's server (REDIS_URL) cannot be reached: {error}") from error


def libpq(url: str) -> str:
    """SQLAlchemy's postgresql+psycopg:// as libpq says it."""
    scheme, separator, rest = url.partition("://")
    return f"{scheme.split('+')[0]}{separator}{rest}"


def _place(conninfo: str) -> str:
    parts = conninfo_to_dict(conninfo)
    return f"{parts.get('host') or 'localhost'}/{parts.get('dbname') or ''}".rstrip("/")


def _check_version(connection: psycopg.Connection, place: str) -> None:
    if connection.info.server_version < POSTGRESQL:
        raise CannotStart(
            f"The database at {place} is PostgreSQL {connection.info.server_version // 10000}; {POSTGRESQL // 10000} or newer is needed."
        )


def _check_vector(connection: psycopg.Connection, place: str) -> None:
    row = connection.execute(
        "SELECT coalesce(installed_version, default_version) FROM pg_available_extensions WHERE name = 'vector'"
    ).fetchone()
    needed = ".".join(map(str, PGVECTOR))
    if row is None:
        raise CannotStart(f"The database at {place} has no pgvector; install pgvector {needed} or newer there, or unset DATABASE_URL.")
    if tuple(int(part) for part in row[0].split(".")[:2]) < PGVECTOR:
        raise CannotStart(f"The database at {place} has pgvector {row[0]}; Coffeebot needs {needed} or newer.")
