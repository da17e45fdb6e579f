"""`starter`: the coffees of invented roasters, for a catalogue that has none yet."""

import argparse
import asyncio

from coffeebot.cli.configuration import read_settings
from coffeebot.cli.ready import ready
from coffeebot.cli.terminal import say
from coffeebot.services.starter import load_if_empty
from coffeebot.settings import Settings
from coffeebot.wiring import open_services


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(arguments: argparse.Namespace) -> int:
    with ready(read_settings()) as settings:
        loaded = asyncio.run(_load(settings))
    say(f"{loaded} coffees loaded." if loaded else "The catalogue is not empty; nothing to do.")
    return 0


async def _load(settings: Settings) -> int:
    async with open_services(settings) as services:
        return await load_if_empty(services.database, services.embedder, settings.exchange_rates)
