"""The table that two sides of the comparison fill with what the normaliser made of a shop."""

import json
from typing import Any

import psycopg

from scrapers.items import RawItem
from scrapers.normaliser.coffee import Roaster, normalise
from scrapers.normaliser.lines import line

BATCH = 200  # rows in one transaction, as many as the ingestion keeps of a snapshot at once
ROASTER = Roaster("Fake Roasters", "USD")

_TABLE = """
DROP TABLE IF EXISTS scraped;
CREATE TABLE scraped (external_id text PRIMARY KEY, name text NOT NULL, refused text, facts jsonb NOT NULL)
"""


class Rows:
    """An empty table that takes raw items: each is normalised and written, a batch at a time. `written` counts them."""

    def __init__(self, database: str) -> None:
        self._connection = psycopg.connect(plain(database))
        self._connection.execute(_TABLE)
        self._waiting: list[tuple[str, str, str | None, str]] = []
        self.written = 0

    def add(self, item: RawItem) -> None:
        told: dict[str, Any] = line(normalise(item, ROASTER))
        self._waiting.append((item.external_id, told["name"], told.get("refused"), json.dumps(told, ensure_ascii=False)))
        if len(self._waiting) >= BATCH:
            self._write()

    def close(self) -> None:
        self._write()
        self._connection.close()

    def _write(self) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany("INSERT INTO scraped VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING", self._waiting)
        self._connection.commit()
        self.written += len(self._waiting)
        self._waiting.clear()


def digest(database: str) -> str:
    """Of all rows; equal for tables that hold the same."""
    with psycopg.connect(plain(database)) as connection:
        found = connection.execute("SELECT md5(string_agg(scraped::text, '' ORDER BY external_id)) FROM scraped").fetchone()
    return str(found[0]) if found else ""


def plain(database: str) -> str:
    """SQLAlchemy's address without the driver's name."""
    return "postgresql://" + database.partition("://")[2]
