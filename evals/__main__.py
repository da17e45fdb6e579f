"""python -m evals NAME …: progress goes to stderr, and stdout is one JSON object and nothing else."""

import argparse
import importlib
import json
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any, Protocol, cast

from coffeebot.domain.errors import CoffeebotError

NAMES = {
    "retrieval": "what is found for a catalogue's questions, and how fast",
    "speed": "how fast coffees are found as a catalogue grows, and how fast others are",
    "profile": "what is understood of conversations, and how right",
    "grounding": "what of a model's prose gets past the barista's filter: cards, links, prices and markup",
    "shoppers": "how soon simulated shoppers are offered what they would buy, and how dear it is",
    "barista": "what the house barista says in sixty conversations, and whether it keeps its manners",
    "facts": "what is read of coffees' prose, with the columns hidden",
    "streaming": "what a streamed reply costs in bytes, time and processor",
    "page": "long tasks of the page's main thread while a reply streams, in Chromium",
    "long-conversation": "how a conversation of 300 messages opens, and how typing in it feels, in Chromium",
    "load": "many replies at once: errors, gaps between words, memory, processor",
    "latency": "what the app adds between a shopper's message, a provider's request and its first word on the page",
    "scraping": "how fast a whole shop comes into the database, beside Scrapy, and with how much memory",
    "scrape-faults": "kill -9 in the middle of scrapes: what is duplicated, lost or marked sold out",
    "screenshots": "photographs of the running chat page",
}


class Evaluation(Protocol):
    """A module of this package: it adds its options and answers what it measured."""

    def add_options(self, parser: argparse.ArgumentParser) -> None: ...

    run: Callable[[argparse.Namespace], dict[str, Any]]


def evaluation(name: str) -> Evaluation:
    return cast("Evaluation", importlib.import_module(f"evals.{name.replace('-', '_')}"))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    chosen = parser.add_subparsers(dest="name", metavar="NAME", required=True)
    wanted = next((argument for argument in arguments if argument in NAMES), None)
    for name, what in NAMES.items():
        options = chosen.add_parser(name, help=what, description=what)
        if name == wanted:  # only the one that runs is imported: the others may need what is not installed
            evaluation(name).add_options(options)
    given = parser.parse_args(arguments)
    try:
        with redirect_stdout(sys.stderr):
            result = evaluation(given.name).run(given)
    except CoffeebotError as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(result, ensure_ascii=False, indent=1, default=str))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
