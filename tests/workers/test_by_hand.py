"""The commands as people type them, in processes of their own: scrape, sources, review."""

import asyncio
import os
import re
import sys
from pathlib import Path
from typing import NamedTuple

from coffeebot.models import ScrapeSource
from coffeebot.services import sources
from coffeebot.wiring import Services
from tests.fake_shop import Answer, FakeShop

ROOT = Path(__file__).parents[2]


class Done(NamedTuple):
    code: int
    out: str
    err: str


async def said(services: Services, *words: str) -> Done:
    """Run beside us, because the shop is served by this process."""
    database, queue = services.settings.database_url, services.settings.redis_url
    assert database and queue
    env = os.environ | {
        "DATABASE_URL": database.get_secret_value(),
        "REDIS_URL": queue.get_secret_value(),
        "SCRAPE_LOOPBACK": "true",
        "SCRAPE_CONTACT": "tests@example.org",
    }
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", *words, cwd=ROOT, env=env, stdout=pipe, stderr=pipe)
    out, err = await process.communicate()
    assert process.returncode is not None
    return Done(process.returncode, out.decode(), err.decode())


async def test_a_shop_by_its_address_from_a_dry_run_to_the_catalogue(services: Services, shop: FakeShop) -> None:
    rehearsed = await said(services, "workers", "scrape", shop.url, "--dry-run", "--currency", "usd")
    assert rehearsed.code == 0, rehearsed.err
    assert rehearsed.out.startswith(f"fake-roasters · Fake Roasters · shopify · {shop.url}")
    assert re.search(r"^new +Ethiopia Lot 1: origins Ethiopia; .*price of 250 g 14\.10 USD", rehearsed.out, re.MULTILINE)
    assert "Nothing was stored: this was a dry run." in rehearsed.out
    assert [source.slug for source in await sources.known(services.database) if source.roaster == "Fake Roasters"] == []

    done = await said(services, "workers", "scrape", shop.url)
    assert (done.code, "8 new" in done.out, "review list" in done.out) == (0, True, True), done.err
    listed = await said(services, "coffeebot", "review", "list", "--source", "fake-roasters", "--limit", "3")
    numbers = re.findall(r"^ *(\d+)  new ", listed.out, re.MULTILINE)
    assert len(numbers) == 3 and f"3 of 8; --after {numbers[-1]} shows the next." in listed.out
    shown = await said(services, "coffeebot", "review", "show", numbers[0])
    assert re.search(r"origins +\+ ", shown.out) and re.search(r"price of 250 g +\+ 14", shown.out)
    approved = await said(services, "coffeebot", "review", "approve", *numbers[:2], "--by", "mika")
    assert approved.out.count(": approved") == 2
    again = await said(services, "coffeebot", "review", "approve", numbers[0], "9999999")
    assert (again.code, again.err) == (1, "coffeebot: There is no proposal 9999999.\n")


async def test_an_alarm_is_told_and_ends_with_one(services: Services, source: ScrapeSource, shop: FakeShop) -> None:
    shop.always("/products.json*", Answer.json({"products": []}))
    done = await said(services, "workers", "scrape", "fake")
    assert (done.code, "alarm: empty: the shop listed nothing at all. Nothing was changed." in done.err) == (1, True)
    listed = await said(services, "workers", "sources", "fake", "--every", "6", "--price-limit", "0.2", "--off")
    assert listed.code == 0 and "switched off" in listed.out and "alarm" in listed.out
    changed = await sources.named(services.database, "fake")
    assert (changed.interval_minutes, float(changed.price_limit or 0), changed.enabled) == (360, 0.2, False)


async def test_what_cannot_be_is_said_in_one_line(services: Services) -> None:
    for words, says in (
        (("workers", "scrape", "nobody"), "workers: There is no source nobody."),
        (("coffeebot", "review", "approve"), "coffeebot: Say which proposals by their numbers, or --all."),
        (("coffeebot", "review", "lock", "nothing", "name"), "coffeebot: There is no coffee nothing."),
    ):
        done = await said(services, *words)
        assert (done.code, done.err.startswith(says), done.err.count("\n")) == (1, True, 1), done.err
    done = await said(services, "workers", "sources", "fake", "--every", "-1")
    assert done.code == 2 and "'-1' is no number above 0" in done.err
