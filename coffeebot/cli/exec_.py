"""`exec`: a command with the database and the queue at hand: a backup, psql, a migration, `reflex run`."""

import argparse
import os
import subprocess

from psycopg.conninfo import conninfo_to_dict

from coffeebot.cli.configuration import environment, read_settings
from coffeebot.domain.errors import CannotStart
from coffeebot.embedded import open_settings
from coffeebot.embedded.external import libpq
from coffeebot.embedded.programs import Programs, packaged
from coffeebot.settings import Settings

# What psql, pg_dump and pg_restore read when they are told nothing.
LIBPQ = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE", "sslmode": "PGSSLMODE"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="-- COMMAND", help="the command and its arguments")


def run(arguments: argparse.Namespace) -> int:
    words = arguments.words[1:] if arguments.words[:1] == ["--"] else arguments.words
    if not words:
        raise CannotStart("Say what to run, for example: python -m coffeebot exec -- psql")
    with open_settings(read_settings()) as settings:
        try:
            return subprocess.run(words, env=_environment(settings), check=False).returncode
        except OSError as error:
            raise CannotStart(f"{words[0]} cannot be run: {error.strerror}.") from error


def _environment(settings: Settings) -> dict[str, str]:
    """DATABASE_URL, REDIS_URL and PostgreSQL's own variables; its programs of the right version come first."""
    assert settings.database_url is not None  # filled in
    given = conninfo_to_dict(libpq(settings.database_url.get_secret_value()))
    env = environment(settings) | {LIBPQ[key]: str(value) for key, value in given.items() if key in LIBPQ}
    env["PATH"] = f"{Programs.under(packaged()).postgres}{os.pathsep}{env['PATH']}"
    return env
