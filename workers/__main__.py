"""python -m workers worker | scheduler | scrape | sources: what runs the jobs, what puts them into the queue, and the same by hand."""

import argparse
import logging
import subprocess
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from importlib import import_module

from redis import Redis

from coffeebot.cli.configuration import read_settings
from coffeebot.domain.errors import CannotStart, CoffeebotError
from coffeebot.settings import Settings
from workers.schedule import scheduler
from workers.worker import LeashedWorker

QUEUES = ("default",)


def main(argv: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if argv is None else argv)
    arguments = _parser().parse_args(words)
    try:
        settings = read_settings()
        # RQ tells of every job and every heartbeat; what went wrong is enough.
        level = logging.DEBUG if settings.log_level.upper() == "DEBUG" else logging.WARNING
        logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        if arguments.role in ("scrape", "sources"):
            return _by_hand(arguments, words, settings)
        connection = _connect(settings)
    except CoffeebotError as error:
        print(f"workers: {error}", file=sys.stderr)
        return 1
    if arguments.role == "worker":
        LeashedWorker(list(QUEUES), connection=connection).work(logging_level=logging.getLevelName(level))
    else:
        scheduler(connection, level=level).start()  # type: ignore[no-untyped-call]
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m workers", description="Coffeebot's background jobs.")
    roles = parser.add_subparsers(dest="role", required=True, metavar="ROLE")
    roles.add_parser("worker", help="run the jobs of the queue")
    roles.add_parser("scheduler", help="put jobs into the queue when their time comes")
    scrape = roles.add_parser("scrape", help="read a roaster's shop now, and show what would change")
    scrape.add_argument("source", metavar="SOURCE", help="a source's name, or the address of a shop")
    scrape.add_argument("--dry-run", action="store_true", help="show it, and store nothing")
    scrape.add_argument("--from", dest="place", metavar="FILE_OR_URL", help="read this saved page, or begin at this address")
    scrape.add_argument("--accept", action="store_true", help="you have looked at the alarm, and the shop is right")
    scrape.add_argument("--currency", type=_currency, help="of a new shop, where its feed states none")
    scrape.add_argument("--roaster", help="what to call the roaster of a new shop")
    sources = roles.add_parser("sources", help="the shops that are read, how the last reading went, and their settings")
    sources.add_argument("source", metavar="SOURCE", nargs="?", help="the one to set something of")
    sources.add_argument("--on", dest="enabled", action="store_true", default=None, help="read it by the clock")
    sources.add_argument("--off", dest="enabled", action="store_false", help="read it by hand only")
    sources.add_argument("--every", type=_positive, metavar="HOURS", help="how often; without it as SCRAPE_HOURS says")
    sources.add_argument("--price-limit", type=_positive, metavar="PART", help="how far a price may move without a curator: 0.4 is 40%%")
    sources.add_argument("--currency", type=_currency, help="what its prices are in")
    return parser


def _currency(text: str) -> str:
    if len(text) != 3 or not text.isascii() or not text.isalpha():
        raise argparse.ArgumentTypeError(f"{text!r} is no currency; write it as USD or JPY")
    return text.upper()


def _positive(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal(0)
    if not 0 < number < 10_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return number


def _by_hand(arguments: argparse.Namespace, words: Sequence[str], settings: Settings) -> int:
    """The command is loaded only now, for a worker that waits must stay small; `exec` brings the database where none is named."""
    if settings.database_url is None:
        again = [sys.executable, "-m", "coffeebot", "exec", "--", sys.executable, "-m", "workers", *words]
        return subprocess.run(again, check=False).returncode
    command: Callable[[argparse.Namespace, Settings], int] = getattr(import_module("workers.scrape_command"), f"{arguments.role}_command")
    return command(arguments, settings)


def _connect(settings: Settings) -> Redis:
    if settings.redis_url is None:
        raise CannotStart("There is no queue: set REDIS_URL, or start with `python -m coffeebot up`, which brings its own.")
    return Redis.from_url(settings.redis_url.get_secret_value())


if __name__ == "__main__":
    sys.exit(main())
