"""`import FILE`: puts a CSV or JSON Lines file of coffees into the catalogue."""

import argparse
import asyncio
import sys
from pathlib import Path

from tqdm import tqdm

from coffeebot.cli.configuration import read_settings
from coffeebot.cli.ready import ready
from coffeebot.cli.terminal import complain, say
from coffeebot.services import columns
from coffeebot.services.importing import ImportReport, import_file
from coffeebot.settings import Settings
from coffeebot.wiring import open_services

MOST_REJECTED_SHOWN = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = columns.__doc__
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV (with a first line of column names) or JSON Lines")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
    parser.add_argument("--sample", action="store_true", help="mark the coffees as invented samples")


def run(arguments: argparse.Namespace) -> int:
    with ready(read_settings()) as settings:
        return asyncio.run(import_command(arguments, settings))


async def import_command(arguments: argparse.Namespace, settings: Settings) -> int:
    """Exit code 0 when every row was good, 1 when some were left out."""
    async with open_services(settings) as services:
        with tqdm(desc="import", unit=" rows", file=sys.stderr, disable=None) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            report = await import_file(
                arguments.file,
                database=services.database,
                embedder=services.embedder,
                currencies=settings.exchange_rates,
                dry_run=arguments.dry_run,
                sample=arguments.sample,
                progress=progress,
            )
    _tell(report, dry_run=arguments.dry_run)
    return 1 if report.rejected else 0


def _tell(report: ImportReport, *, dry_run: bool) -> None:
    for row in report.rejected[:MOST_REJECTED_SHOWN]:
        complain(str(row))
    if len(report.rejected) > MOST_REJECTED_SHOWN:
        complain(f"… and {len(report.rejected) - MOST_REJECTED_SHOWN} more rows")
    would = "would be " if dry_run else ""
    say(f"{report.added} {would}added, {report.changed} {would}changed, {report.unchanged} unchanged, {len(report.rejected)} rejected.")
    if report.samples_withdrawn:
        say(f"The {report.samples_withdrawn} samples of the starter catalogue are off the shelf.")
