"""Runs the migrations against DATABASE_URL."""

import sqlalchemy as sa
from alembic import context

from coffeebot.models import metadata
from coffeebot.models.database import async_url
from coffeebot.settings import Settings


def database_url() -> str:
    given = context.config.get_main_option("sqlalchemy.url") or ""
    configured = Settings().database_url
    url = given or (configured.get_secret_value() if configured else "")
    if not url:
        raise SystemExit("Set DATABASE_URL, or let `python -m coffeebot up` migrate its embedded database.")
    return async_url(url)


def migrate() -> None:
    engine = sa.create_engine(database_url(), poolclass=sa.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()


migrate()
