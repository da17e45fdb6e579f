"""How far a run is, in Valkey, for whoever wants to watch: scrapes outlive the page and the terminal that asked for them."""

import json
import time

from redis import Redis

from coffeebot.services.ingestion.run import Progress

EVERY = 0.5  # seconds between two writes
KEPT = 3600  # seconds


def key(slug: str) -> str:
    return f"coffeebot:scrape:{slug}"


class ValkeyProgress:
    def __init__(self, connection: "Redis", slug: str) -> None:
        self._connection = connection
        self._key = key(slug)
        self._written = 0.0

    def __call__(self, progress: Progress) -> None:
        if time.monotonic() - self._written >= EVERY or progress.done == progress.total:
            self._write({"stage": progress.stage, "done": progress.done, "total": progress.total})
            self._written = time.monotonic()

    def end(self, outcome: str) -> None:
        self._write({"stage": outcome})

    def _write(self, value: dict[str, object]) -> None:
        self._connection.set(self._key, json.dumps(value), ex=KEPT)
