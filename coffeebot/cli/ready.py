"""A database at hand and up to date, for commands that may be the first ever run on a machine."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from coffeebot.cli.configuration import environment
from coffeebot.cli.steps import run_to_end
from coffeebot.embedded import open_settings
from coffeebot.embedded.folder import DataFolder
from coffeebot.settings import Settings


def migrate(settings: Settings, folder: DataFolder) -> None:
    """Brings the schema of DATABASE_URL up to date."""
    migration = (sys.executable, "-m", "alembic", "upgrade", "head")
    run_to_end("Migrating the database", migration, env=environment(settings), log=folder.log("migration"))


@contextmanager
def ready(settings: Settings) -> Iterator[Settings]:
    """The settings with both URLs filled in: servers that run are joined, others started for the duration."""
    with open_settings(settings) as opened:
        migrate(opened, DataFolder.prepare(opened.coffeebot_home))
        yield opened
