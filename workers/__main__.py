"""python -m workers worker | scheduler: what runs the jobs, and what puts them into the queue when their time comes."""

import argparse
import logging
import sys

from redis import Redis

from coffeebot.domain.errors import CannotStart
from coffeebot.settings import Settings
from workers.schedule import scheduler
from workers.worker import LeashedWorker

QUEUES = ("default",)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m workers", description="Coffeebot's background jobs.")
    parser.add_argument("role", choices=("worker", "scheduler"))
    role = parser.parse_args().role
    try:
        settings = Settings()
        connection = _connect(settings)
    except CannotStart as error:
        print(f"workers: {error}", file=sys.stderr)
        return 1
    # RQ tells of every job and every heartbeat; what went wrong is enough.
    level = logging.DEBUG if settings.log_level.upper() == "DEBUG" else logging.WARNING
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if role == "worker":
        LeashedWorker(list(QUEUES), connection=connection).work(logging_level=logging.getLevelName(level))
    else:
        scheduler(connection, level=level).start()  # type: ignore[no-untyped-call]
    return 0


def _connect(settings: Settings) -> Redis:
    if settings.redis_url is None:
        raise CannotStart("There is no queue: set REDIS_URL, or start with `python -m coffeebot up`, which brings its own.")
    return Redis.from_url(settings.redis_url.get_secret_value())


if __name__ == "__main__":
    sys.exit(main())
