"""How far a run is, in Valkey, for whoever wants to watch: a scrape outlives the page and the terminal that asked for it."""

import json
import logging
import time

from redis import Redis, RedisError

from coffeebot.services.ingestion.run import Progress

EVERY = 0.5  # seconds between two writes within a stage
KEPT = 3600  # seconds

log = logging.getLogger(__name__)


def key(slug: str) -> str:
    return f"coffeebot:scrape:{slug}"


class ValkeyProgress:
    """Writes {"stage": …, "done": …, "total": …}. Without Valkey the run goes on unwatched."""

    def __init__(self, connection: "Redis", slug: str) -> None:
        self._connection = connection
        self._key = key(slug)
        self._stage = ""
        self._written = 0.0

    def __call__(self, progress: Progress) -> None:
        if progress.stage != self._stage or time.monotonic() - self._written >= EVERY:
            self._write({"stage": progress.stage, "done": progress.done, "total": progress.total})
            self._stage, self._written = progress.stage, time.monotonic()

    def end(self, outcome: str) -> None:
        self._write({"stage": outcome})

    def _write(self, value: dict[str, object]) -> None:
        try:
            self._connection.set(self._key, json.dumps(value), ex=KEPT)
        except RedisError as error:
            log.warning("%s: progress could not be written (%s)", self._key, type(error).__name__)
