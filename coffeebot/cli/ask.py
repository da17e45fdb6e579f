"""`ask`: the turn in a terminal."""

import argparse
import asyncio
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TextIO
from uuid import UUID, uuid4

from coffeebot.cli.configuration import read_settings
from coffeebot.cli.ready import ready
from coffeebot.domain.errors import CoffeebotError
from coffeebot.domain.price_text import grams, money
from coffeebot.domain.speech import term
from coffeebot.domain.turn import Delta, Event, Failed, Pick, Question
from coffeebot.services.starter import load_if_empty
from coffeebot.settings import Settings
from coffeebot.wiring import Services, open_services

BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


@dataclass(slots=True)
class Terminal:
    """Prints a reply's events: words as they come, then the cards, then the question. Styles only where a person reads."""

    out: TextIO
    picks: list[Pick] = field(default_factory=list)
    question: Question | None = None
    _bold: bool = False
    _star: bool = False

    def show(self, event: Event) -> None:
        match event:
            case Delta(text):
                self._write(text)
            case Pick():
                self.picks.append(event)
            case Question():
                self.question = event
            case Failed():
                self._line(f"\n{event.message}")

    def close(self) -> None:
        self._line("")
        for number, pick in enumerate(self.picks, start=1):
            self._card(number, pick)
        if self.question:
            choices = " · ".join(f"{c.text} ({c.left})" for c in self.question.choices)
            self._line(f"\n{self.question.left} left, about {self.question.left_if} if you tell me: {self.question.text}\n  {choices}")

    def _write(self, text: str) -> None:
        """Prose with its **emphasis**; a pair of stars may be split over two pieces."""
        for character in text:
            if character == "*" and self._star:
                self._bold, self._star = not self._bold, False
                self.out.write(self._style(BOLD if self._bold else PLAIN))
            elif character == "*":
                self._star = True
            else:
                self.out.write(("*" if self._star else "") + character)
                self._star = False
        self.out.flush()

    def _card(self, number: int, pick: Pick) -> None:
        self._line(f"\n{number}. {self._style(BOLD)}{pick.coffee_name}{self._style(PLAIN)}, {pick.roaster}")
        facts = [pick.origin, term(pick.process), term(pick.roast), ", ".join(pick.notes)]
        self._line(f"   {self._style(DIM)}{' · '.join(fact for fact in facts if fact)}{self._style(PLAIN)}")
        for reason in pick.reasons:
            self._line(f"   + {f'“{reason.quote}” ' if reason.quote else ''}{reason.text}")
        if pick.trade_off:
            self._line(f"   - {pick.trade_off}")
        self._line(f"   {_price(pick)}{'  (a sample: nobody sells it)' if pick.sample else ''}")

    def _line(self, text: str) -> None:
        self.out.write(f"{text}\n")

    def _style(self, code: str) -> str:
        return code if self.out.isatty() else ""


def _price(pick: Pick) -> str:
    if pick.price is None:
        return "price unknown"
    price = f"{money(pick.price.amount_minor, pick.price.currency)} for {grams(Decimal(str(pick.price.grams)))}"
    unit = pick.price_per_100g
    return f"{price}, {money(unit.amount_minor, unit.currency)} per 100 g" if unit else price


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("message", nargs="*", help="what to say; without it, a conversation line by line")


def run(arguments: argparse.Namespace) -> int:
    messages = [" ".join(arguments.message)] if arguments.message else typed()
    with ready(read_settings()) as settings:
        return asyncio.run(_asked(settings, messages))


async def _asked(settings: Settings, messages: Iterable[str]) -> int:
    async with open_services(settings) as services:
        await load_if_empty(services.database, services.embedder, settings.exchange_rates)
        return await ask(services, messages)


async def ask(services: Services, messages: Iterable[str], *, out: TextIO = sys.stdout) -> int:
    """One conversation, a turn a message; 0, or 1 when the last reply failed."""
    shopper = uuid4()
    conversation = await services.conversations.create(shopper)
    failed = False
    for message in messages:
        try:
            failed = not await _turn(services, conversation, message, shopper=shopper, out=out)
        except CoffeebotError as error:
            failed = True
            print(error, file=sys.stderr)
    return int(failed)


async def _turn(services: Services, conversation: str, message: str, *, shopper: UUID, out: TextIO) -> bool:
    reply = await services.replies.start(conversation, message, shopper_id=shopper)
    terminal = Terminal(out)
    succeeded = True
    async for event in services.replies.events(reply, conversation_id=conversation):
        terminal.show(event)
        succeeded = succeeded and not isinstance(event, Failed)
    terminal.close()
    return succeeded


def typed(prompt: str = "\nyou: ") -> Iterable[str]:
    """What is typed line by line, until an empty line or the end."""
    while True:
        sys.stdout.write(prompt if sys.stdin.isatty() else "")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line.strip():
            return
        yield line.strip()
