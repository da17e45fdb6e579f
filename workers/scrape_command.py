"""`scrape SOURCE` and `sources`: what the schedule does, by hand and before one's eyes."""

import argparse
import asyncio
import sys
from collections.abc import Coroutine
from typing import Any

from psycopg.errors import UndefinedTable
from sqlalchemy.exc import ProgrammingError
from tqdm import tqdm

from coffeebot.domain.curation import Difference
from coffeebot.domain.errors import CannotStart
from coffeebot.domain.untrusted import visible
from coffeebot.models.source import Outcome
from coffeebot.services import sources
from coffeebot.services.ingestion.drafts import Told
from coffeebot.services.ingestion.run import Progress, Report
from coffeebot.settings import Settings
from coffeebot.wiring import open_services
from scrapers.fetch.fetcher import Fetcher
from workers.scraping import find_source, manners, register_roasters, scrape

MOST_SHOWN = 200  # changes
MOST_CELL = 60  # characters of a value


def scrape_command(arguments: argparse.Namespace, settings: Settings) -> int:
    """Exit code 0 after a good run, 1 after an alarm or a failure."""
    return _run(_scrape(arguments, settings))


def _run(command: Coroutine[Any, Any, int]) -> int:
    try:
        return asyncio.run(command)
    except ProgrammingError as error:
        if isinstance(error.orig, UndefinedTable):
            raise CannotStart("The database has no tables yet; `python -m coffeebot up` makes them.") from error
        raise


async def _scrape(arguments: argparse.Namespace, settings: Settings) -> int:
    table = _Table()
    async with open_services(settings) as services:
        async with Fetcher(manners(settings)) as fetcher:
            source, fresh = await find_source(
                services.database, arguments.source, fetcher, currency=arguments.currency, roaster=arguments.roaster
            )
        print(f"{source.slug} · {source.roaster} · {source.spider} · {source.url} · {source.currency or 'currency unknown'}")
        if fresh and not arguments.dry_run:
            await sources.register(services.database, [source])
        with _Bar() as bar:
            report = await scrape(
                services.database,
                source,
                settings,
                place=arguments.place,
                accept=arguments.accept,
                dry_run=arguments.dry_run,
                tell=table.add,
                progress=bar.show,
            )
    table.print()
    _tell(report, dry_run=arguments.dry_run)
    return 0 if report.outcome == Outcome.GOOD else 1


class _Table:
    """What would change, a line each, until there are too many to read."""

    def __init__(self) -> None:
        self._rows: list[Told] = []
        self._count = 0

    def add(self, told: Told) -> None:
        self._count += 1
        if len(self._rows) < MOST_SHOWN:
            self._rows.append(told)

    def print(self) -> None:
        for told in self._rows:
            print(f"{told.kind:<9} {_cell(told.name)}: {_changes(told)}")
        if self._count > len(self._rows):
            print(f"… and {self._count - len(self._rows)} more")


def _changes(told: Told) -> str:
    """For a new coffee what is known of it, else what would become what."""
    return "; ".join(_change(row) for row in told.diff if row.field not in ("name", "description", "image")) or "nothing stated"


def _change(row: Difference) -> str:
    was = f"{_cell(row.before)} → " if row.before is not None else ""
    return f"{row.field} {was}{_cell(row.after or 'unknown')}"


def _cell(text: str) -> str:
    seen = visible(text)
    return seen if len(seen) <= MOST_CELL else f"{seen[: MOST_CELL - 1]}…"


def _tell(report: Report, *, dry_run: bool) -> None:
    counted = ", ".join(f"{count} {what}" for what, count in report.counts.items() if isinstance(count, int) and count)
    refused = ", ".join(f"{count} {code}" for code, count in dict(report.counts.get("refused", {})).items())
    print(counted or "Nothing was read.")
    if refused:
        print(f"refused: {refused}")
    for warning in report.warnings:
        print(f"warning: {visible(warning)}")
    if report.alarm:
        print(f"{report.outcome}: {visible(report.alarm)}. Nothing was changed.", file=sys.stderr)
        if report.outcome == Outcome.ALARM:
            print("When you have looked and it is right, say --accept.", file=sys.stderr)
    elif dry_run:
        print("Nothing was stored: this was a dry run.")
    else:
        print("What waits for you: python -m coffeebot review list")


class _Bar:
    """One bar for both stages."""

    def __init__(self) -> None:
        self._bar: Any = tqdm(unit=" items", file=sys.stderr, disable=None)

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def show(self, progress: Progress) -> None:
        self._bar.set_description(progress.stage, refresh=False)
        self._bar.total = progress.total
        self._bar.n = progress.done
        self._bar.refresh()


def sources_command(arguments: argparse.Namespace, settings: Settings) -> int:
    """Lists the sources, or sets something of one."""
    return _run(_sources(arguments, settings))


async def _sources(arguments: argparse.Namespace, settings: Settings) -> int:
    async with open_services(settings) as services:
        await register_roasters(services.database)
        if arguments.source:
            await sources.change(services.database, arguments.source, _settings_of(arguments))
        standing = await sources.standing(services.database)
    for one in standing:
        if not arguments.source or one.source.slug == arguments.source:
            print(_line(one))
    return 0


def _settings_of(arguments: argparse.Namespace) -> dict[str, Any]:
    """The columns that the options name."""
    given = {
        "enabled": arguments.enabled,
        "interval_minutes": round(arguments.every * 60) if arguments.every is not None else None,
        "price_limit": arguments.price_limit,
        "currency": arguments.currency,
    }
    return {name: value for name, value in given.items() if value is not None}


def _line(one: sources.Standing) -> str:
    source, run = one
    every = f"every {source.interval_minutes / 60:g} h" if source.interval_minutes else "as SCRAPE_HOURS says"
    last = f"{run.outcome} {run.started_at:%Y-%m-%d %H:%M} UTC {visible(run.alarm)}".rstrip() if run else "never read"
    state = every if source.enabled else "switched off"
    return f"{source.slug:<20} {source.roaster} · {source.url} · {source.currency or 'currency unknown'} · {state} · {last}"
