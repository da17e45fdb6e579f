"""The commands as people type them: scrape, sources, review."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import NamedTuple, TypeAlias

import pytest

from coffeebot import cli
from coffeebot.models import ScrapeSource
from coffeebot.services import sources
from coffeebot.wiring import Services
from tests.fake_shop import Answer, FakeShop
from workers import __main__ as workers

_PROGRAMS = {"coffeebot": cli.main, "workers": workers.main}


class Done(NamedTuple):
    code: int
    out: str
    err: str


Said: TypeAlias = Callable[..., Awaitable[Done]]


@pytest.fixture
def said(services: Services, monkeypatch: pytest.MonkeyPatch) -> Said:
    """Runs a command in a thread of its own, because our loop serves the shop."""
    database, queue = services.settings.database_url, services.settings.redis_url
    assert database and queue
    monkeypatch.setenv("DATABASE_URL", database.get_secret_value())
    monkeypatch.setenv("REDIS_URL", queue.get_secret_value())
    monkeypatch.setenv("SCRAPE_LOOPBACK", "true")
    monkeypatch.setenv("SCRAPE_CONTACT", "tests@example.org")

    async def run(program: str, *words: str) -> Done:
        with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
            code = await asyncio.to_thread(_code, _PROGRAMS[program], words)
        return Done(code, out.getvalue(), err.getvalue())

    return run


def _code(program: Callable[[Sequence[str]], int], words: Sequence[str]) -> int:
    try:
        return program(words)
    except SystemExit as left:  # argparse, of words that it does not know
        return int(left.code or 0)


async def test_a_shop_by_its_address_from_a_dry_run_to_the_catalogue(services: Services, said: Said, shop: FakeShop) -> None:
    rehearsed = await said("workers", "scrape", shop.url, "--dry-run", "--currency", "usd")
    assert rehearsed.code == 0, rehearsed.err
    assert rehearsed.out.startswith(f"fake-roasters · Fake Roasters · shopify · {shop.url}")
    assert re.search(r"^new +Ethiopia Lot 1: origins Ethiopia; .*price of 250 g 14\.10 USD", rehearsed.out, re.MULTILINE)
    assert "Nothing was stored: this was a dry run." in rehearsed.out
    assert [source.slug for source in await sources.known(services.database) if source.roaster == "Fake Roasters"] == []

    done = await said("workers", "scrape", shop.url)
    assert (done.code, "8 new" in done.out, "review list" in done.out) == (0, True, True), done.err
    listed = await said("coffeebot", "review", "list", "--source", "fake-roasters", "--limit", "3")
    numbers = re.findall(r"^ *(\d+)  new ", listed.out, re.MULTILINE)
    assert len(numbers) == 3 and f"3 of 8; --after {numbers[-1]} shows the next." in listed.out
    shown = await said("coffeebot", "review", "show", numbers[0])
    assert re.search(r"origins +\+ ", shown.out) and re.search(r"price of 250 g +\+ 14", shown.out)
    approved = await said("coffeebot", "review", "approve", *numbers[:2], "--by", "mika")
    assert approved.out.count(": approved") == 2
    again = await said("coffeebot", "review", "approve", numbers[0], "9999999")
    assert (again.code, again.err) == (1, "coffeebot: There is no proposal 9999999.\n")


async def test_an_alarm_is_told_and_ends_with_one(services: Services, said: Said, source: ScrapeSource, shop: FakeShop) -> None:
    shop.always("/products.json*", Answer.json({"products": []}))
    done = await said("workers", "scrape", "fake")
    assert (done.code, "alarm: empty: the shop listed nothing at all. Nothing was changed." in done.err) == (1, True)
    listed = await said("workers", "sources", "fake", "--every", "6", "--price-limit", "0.2", "--off")
    assert listed.code == 0 and "switched off" in listed.out and "alarm" in listed.out
    changed = await sources.named(services.database, "fake")
    assert (changed.interval_minutes, float(changed.price_limit or 0), changed.enabled) == (360, 0.2, False)


async def test_what_cannot_be_is_said_in_one_line(said: Said) -> None:
    for words, says in (
        (("workers", "scrape", "nobody"), "workers: There is no source nobody."),
        (("coffeebot", "review", "approve"), "coffeebot: Say which proposals by their numbers, or --all."),
        (("coffeebot", "review", "lock", "nothing", "name"), "coffeebot: There is no coffee nothing."),
    ):
        done = await said(*words)
        assert (done.code, done.err.startswith(says), done.err.count("\n")) == (1, True, 1), done.err
    done = await said("workers", "sources", "fake", "--every", "-1")
    assert done.code == 2 and "'-1' is no number above 0" in done.err
