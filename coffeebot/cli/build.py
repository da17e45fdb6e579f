"""`build`: the page, when its sources changed; what an image does once so that its containers need no Node."""

import argparse

from coffeebot.cli.configuration import ROOT
from coffeebot.cli.page import Page
from coffeebot.cli.signals import Stopped, stopping_on_signals
from coffeebot.cli.terminal import complain, say, step
from coffeebot.domain.errors import CannotStart


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(arguments: argparse.Namespace) -> int:
    page = Page(ROOT)
    if page.current:
        say("The page is up to date.")
        return 0
    try:
        with stopping_on_signals(), step("Building the page"):
            page.build()
    except Stopped:
        return 130
    except CannotStart:
        if page.log.exists():  # an image's build leaves no file to look into
            complain(f"the build said:\n{page.log.read_text(errors='replace')}")
        raise
    return 0
