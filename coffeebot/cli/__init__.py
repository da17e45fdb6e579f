"""The command line: one module a command, loaded only when it is asked for, so that `up` stays small.

A command's module offers `add_arguments(parser)` and `run(arguments) -> int`, the exit code.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from coffeebot.cli.terminal import complain
from coffeebot.domain.errors import CoffeebotError
from coffeebot.embedded.folder import full_disk


class CommandModule(Protocol):
    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...
    def run(self, arguments: argparse.Namespace) -> int: ...


# name: (module, what it does)
COMMANDS = {
    "up": ("up", "start everything and keep it running"),
    "ask": ("ask", "ask for a coffee in the terminal"),
    "doctor": ("doctor", "say which language model would answer, and whether its key and address are good"),
    "import": ("import_", "import a catalogue from CSV or JSON Lines"),
    "review": ("review", "look at what roasters' shops suggest, and approve or reject it"),
    "build": ("build", "build the page if its sources changed"),
    "exec": ("exec_", "run a command with DATABASE_URL and REDIS_URL set"),
    "starter": ("starter", "load the starter catalogue into an empty one"),
}


def main(argv: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if argv is None else argv)
    asked = next((word for word in words if not word.startswith("-")), "")
    module = _load(asked) if asked in COMMANDS else None
    arguments = _parser(asked, module).parse_args(words)
    if module is None:  # argparse has left by then, whatever was wrong
        return 2
    try:
        return module.run(arguments)
    except CoffeebotError as error:
        complain(str(error))
    except OSError as error:
        if not full_disk(error):
            raise
        complain(f"The disk is full{f' under {error.filename}' if error.filename else ''}.")
    except KeyboardInterrupt:
        return 130
    return 1


def _load(name: str) -> CommandModule:
    return cast(CommandModule, import_module(f"coffeebot.cli.{COMMANDS[name][0]}"))


def _parser(asked: str, module: CommandModule | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m coffeebot", description="Recommends coffee in conversation.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (_, help_text) in COMMANDS.items():
        command = commands.add_parser(name, help=help_text, description=help_text[0].upper() + help_text[1:] + ".")
        if name == asked and module is not None:
            module.add_arguments(command)
    return parser
