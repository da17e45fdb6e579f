"""The clock: a shop that is due is read once, by a worker, and not again before its time."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from redis import Redis
from rq import Queue
from sqlmodel import col

from coffeebot.models import ScrapeRun, ScrapeSource
from coffeebot.models.base import now
from coffeebot.services import sources
from coffeebot.services.ingestion.run import Progress
from coffeebot.wiring import Services
from tests.fake_shop import FakeShop
from workers.dispatch import dispatch, enqueue
from workers.progress import ValkeyProgress, key
from workers.scraping import register_roasters

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["tests@example.org", ""])
def contact(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def worker(services: Services, contact: str) -> Iterator["subprocess.Popen[bytes]"]:
    database, valkey = services.settings.database_url, services.settings.redis_url
    assert database and valkey
    urls = {"DATABASE_URL": database.get_secret_value(), "REDIS_URL": valkey.get_secret_value()}
    env = os.environ | urls | {"SCRAPE_LOOPBACK": "true", "SCRAPE_CONTACT": contact}
    with subprocess.Popen([sys.executable, "-m", "workers", "worker"], cwd=ROOT, env=env) as process:
        yield process
        process.kill()


async def runs(services: Services) -> list[ScrapeRun]:
    async with services.database.session() as session:
        return list((await session.scalars(sa.select(ScrapeRun))).all())


async def idle(queue: Queue) -> None:
    """Until every job has been run."""
    for _ in range(1200):
        if not queue.count and not queue.started_job_registry.count:
            return
        await asyncio.sleep(0.1)
    pytest.fail("the queue does not come to rest")


async def test_a_shop_that_is_due_is_read_once(
    services: Services, source: ScrapeSource, shop: FakeShop, queue: Queue, worker: "subprocess.Popen[bytes]", contact: str
) -> None:
    await register_roasters(services.database)
    async with services.database.session() as session:  # the real shops are left alone
        await session.execute(sa.update(ScrapeSource).where(col(ScrapeSource.slug) != "fake").values(enabled=False))
    for _ in range(2):
        queue.enqueue(dispatch, "workers.jobs.scrape_due")
        await idle(queue)
    assert [run.outcome for run in await runs(services)] == (["good"] if contact else [])
    assert bool(shop.asked) == bool(contact)
    if contact:
        assert "tests@example.org" in shop.asked[-1].headers["user-agent"]
        assert queue.connection.get(key("fake")) == b'{"stage": "good"}'
        after = (await sources.named(services.database, "fake")).next_at
        assert after and timedelta(hours=23) < after - now() <= timedelta(hours=24)


async def test_sources_are_due_by_their_own_time(services: Services) -> None:
    def made(slug: str, hours: float | None, *, enabled: bool = True) -> ScrapeSource:
        next_at = None if hours is None else now() + timedelta(hours=hours)
        return ScrapeSource(slug=slug, spider="shopify", url="https://x.example", roaster="X", enabled=enabled, next_at=next_at)

    await sources.register(
        services.database,
        [made("late", -5), made("later", 5), made("never read", None), made("off", -9, enabled=False), made("just", -0.1)],
    )
    assert await sources.due(services.database) == ["never read", "late", "just"]


def test_one_job_a_shop_waits(queue: Queue) -> None:
    assert enqueue("workers.jobs.scrape", queue, "onibus")
    assert enqueue("workers.jobs.scrape", queue, "bluebottle-jp")
    assert not enqueue("workers.jobs.scrape", queue, "onibus")
    assert [job.args for job in queue.jobs] == [("onibus",), ("bluebottle-jp",)]


def test_a_run_goes_on_unwatched_when_the_queue_is_gone(caplog: pytest.LogCaptureFixture) -> None:
    ValkeyProgress(Redis.from_url("unix:///nowhere/at/all"), "fake")(Progress("fetching", 1, None))
    assert "progress could not be written" in caplog.text


async def test_old_snapshots_are_forgotten_and_the_last_run_stays(services: Services, source: ScrapeSource) -> None:
    old = now() - timedelta(days=200)
    async with services.database.session() as session:
        for started in (old, old + timedelta(days=1)):
            session.add(ScrapeRun(source_id=source.id, outcome="good", started_at=started, finished_at=started))
        await session.execute(
            sa.text("INSERT INTO raw_item SELECT gen_random_uuid(), id, NULL, 'x', 'h', '{}', :old, :old FROM scrape_source"), {"old": old}
        )
    assert await sources.forget(services.database, days=90) == 1
    assert [run.started_at for run in await runs(services)] == [old + timedelta(days=1)]
