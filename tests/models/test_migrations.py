"""The migrations run up, down and up again on real PostgreSQL, and are all there is to the schema."""

import os
import subprocess
import sys
from pathlib import Path

import sqlalchemy as sa

from coffeebot.models import metadata

ROOT = Path(__file__).parents[2]


def alembic(url: str, *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "alembic", *command],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout


def tables(url: str) -> set[str]:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        return set(sa.inspect(connection).get_table_names()) - {"alembic_version"}


def test_up_down_and_up_again(empty_database: str) -> None:
    alembic(empty_database, "upgrade", "head")
    assert tables(empty_database) == set(metadata.tables)
    alembic(empty_database, "downgrade", "base")
    assert tables(empty_database) == set()
    alembic(empty_database, "upgrade", "head")
    assert tables(empty_database) == set(metadata.tables)


def test_the_models_say_what_the_migrations_made(empty_database: str) -> None:
    alembic(empty_database, "upgrade", "head")
    alembic(empty_database, "check")
