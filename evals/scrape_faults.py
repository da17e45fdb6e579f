"""Kill -9 in the middle of scrapes, with real processes: nothing may be duplicated, lost or marked sold out.

Each round a job reads the fake shop, one of work-horse, worker, Valkey and PostgreSQL is killed while it fetches or applies, what died is
started again as `up` does it, and the catalogue is compared with what the shop sells.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from pydantic import SecretStr
from redis import Redis, RedisError
from rq import Queue
from rq.registry import StartedJobRegistry

from coffeebot.cli.configuration import ROOT, environment
from coffeebot.cli.ready import migrate
from coffeebot.embedded.external import libpq
from coffeebot.embedded.folder import DataFolder
from coffeebot.embedded.lock import Lock
from coffeebot.embedded.process import Child, Command
from coffeebot.embedded.servers import Server, Wanted, bring_up, claimed, filled_in, servers
from coffeebot.models.source import ScrapeSource
from coffeebot.services import sources
from coffeebot.settings import Settings
from coffeebot.wiring import open_services
from evals.fake_shop import fake_shop
from workers.dispatch import enqueue
from workers.progress import key
from workers.scraping import scrape

VICTIMS = ("work-horse", "worker", "Valkey", "PostgreSQL")
STAGES = ("fetching", "applying")
SLUG = "fake"
JOB = "workers.jobs.scrape"
PATIENCE = 240.0  # seconds for a run to come to its end after a kill
STARTED = 120.0  # seconds for a job to reach the stage in which it is hit

# What must be true of the database after each round, as counts of what is not.
_WRONG = {
    "duplicated": """
        SELECT (SELECT count(*) - count(DISTINCT external_id) FROM proposal WHERE status = 'open')
            + (SELECT count(*) - count(DISTINCT (source_id, source_item)) FROM coffee WHERE NOT sample)
            + (SELECT count(*) - count(DISTINCT external_id) FROM raw_item)
            + (SELECT count(*) FROM proposal JOIN coffee ON coffee.source_item = proposal.external_id WHERE proposal.status = 'open')
    """,
    "sold_out": "SELECT count(*) FROM offer WHERE NOT in_stock",
    "withdrawn": "SELECT count(*) FROM coffee WHERE NOT sample AND withdrawn_at IS NOT NULL",
    "lost": """
        SELECT count(*) FROM raw_item WHERE NOT EXISTS (SELECT FROM coffee WHERE source_item = external_id)
            AND NOT EXISTS (SELECT FROM proposal WHERE proposal.external_id = raw_item.external_id AND status = 'open')
    """,
    "wrong_price": "SELECT count(*) FROM offer JOIN right_price USING (id) WHERE offer.amount_minor <> right_price.amount_minor",
    "unfinished": "SELECT count(*) FROM scrape_run WHERE finished_at IS NULL",
}
# Something to do for the next run: prices that moved a little, and new coffees that nobody was asked about.
_UNDO = "UPDATE offer SET amount_minor = amount_minor - 7; DELETE FROM proposal WHERE status = 'open'"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=16, metavar="N", help="kills, by turns of whom and when")
    parser.add_argument("--products", type=int, default=600, metavar="N", help="what the shop sells; half of it is approved")
    parser.add_argument("--seed", type=int, default=1, help="of the moments at which it is killed")


def run(given: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="coffeebot-faults-", ignore_cleanup_errors=True) as home, fake_shop(given.products) as url:
        folder = DataFolder.prepare(Path(home))
        with claimed(folder) as lock:
            house = _House(folder, lock)
            try:
                return _rounds(house, url, given)
            finally:
                house.stop()


class _House:
    """PostgreSQL, Valkey and a worker; what died is started again by `revive`."""

    def __init__(self, folder: DataFolder, lock: Lock) -> None:
        self._lock = lock
        self._servers: dict[str, Server] = {server.name: server for server in servers(folder, Wanted())}
        self.children: dict[str, Child] = {}
        for server in self._servers.values():
            self._bring_up(server)
        settings = Settings(scrape_loopback=True, scrape_contact="evals@example.org", _env_file=None)
        self.settings = filled_in(settings, folder)
        migrate(self.settings, folder)
        given = {"SCRAPE_LOOPBACK": "true", "SCRAPE_CONTACT": "evals@example.org", "LOG_LEVEL": "ERROR"}
        self._worker = Command(
            name="worker",
            argv=(sys.executable, "-m", "workers", "worker"),
            env=environment(self.settings) | given,
            cwd=ROOT,
            log=folder.log("worker"),
            death_signal=signal.SIGKILL,
        )
        assert self.settings.redis_url is not None  # filled in
        self.queue = Queue("default", connection=Redis.from_url(self.settings.redis_url.get_secret_value()))
        self.children["worker"] = Child(self._worker)

    def sql(self, statement: str) -> int:
        """The number that a statement answers with, 0 when it answers nothing."""
        assert isinstance(self.settings.database_url, SecretStr)
        with psycopg.connect(libpq(self.settings.database_url.get_secret_value()), autocommit=True) as connection:
            done = connection.execute(statement.encode())
            row = done.fetchone() if done.description else None
        return int(row[0]) if row else 0

    def stage(self) -> str:
        told: Any = self.queue.connection.get(key(SLUG))
        return str(json.loads(told)["stage"]) if told else ""

    def kill(self, victim: str) -> bool:
        """Whether it was there to be killed."""
        child = self.children.get(victim) or self.children["worker"]
        pid: int | None = child.pid
        if victim == "work-horse":
            horses = Path(f"/proc/{child.pid}/task/{child.pid}/children").read_text().split()
            pid = int(horses[0]) if horses else None
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
        return pid is not None

    def revive(self) -> None:
        for name, server in self._servers.items():
            if self.children[name].exit_code is not None:
                self._bring_up(server)
        if self.children["worker"].exit_code is not None:
            self._let_time_pass()
            self.children["worker"] = Child(self._worker)

    def _let_time_pass(self) -> None:
        """RQ takes a job for abandoned when its worker has been silent for a while: here it has been at once."""
        registry = StartedJobRegistry(queue=self.queue)
        waiting: Any = self.queue.connection.zrange(registry.key, 0, -1)
        for member in waiting:
            self.queue.connection.zadd(registry.key, {member: 1})

    def stop(self) -> None:
        for name in reversed(self.children):
            self.children[name].stop()

    def _bring_up(self, server: Server) -> None:
        self.children[server.name] = _started(server, self._lock)


def _started(server: Server, lock: Lock) -> Child:
    started: list[Child] = []

    def start(command: Command) -> Child:
        started.append(Child(command))
        return started[-1]

    bring_up(server, start, lock)
    return started[-1]


def _rounds(house: _House, url: str, given: argparse.Namespace) -> dict[str, Any]:
    asyncio.run(_first_run(house, url))
    house.sql("CREATE TABLE right_price AS SELECT id, amount_minor FROM offer")
    chance = random.Random(given.seed)
    wrong: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    recovered: list[float] = []
    for number in range(given.rounds):
        victim, stage = VICTIMS[number % len(VICTIMS)], STAGES[number // len(VICTIMS) % len(STAGES)]
        house.sql(_UNDO)
        hit = _hit(house, victim, stage, delay=chance.uniform(0, 1))
        hits[f"{victim} while {hit}"] += 1
        started = time.monotonic()
        ended = _ended(house)
        recovered.append(time.monotonic() - started)
        found = {name: house.sql(statement) for name, statement in _WRONG.items()}
        wrong.update(found if ended else {**found, "unfinished": 1})
        print(f"round {number + 1}: {victim} killed while {hit}, whole again after {recovered[-1]:.1f} s, wrong: {sum(found.values())}")
    return {
        "rounds": given.rounds,
        "products": given.products,
        "killed": dict(hits),
        "wrong": {name: wrong[name] for name in _WRONG},
        "attempts": house.sql("SELECT sum(attempts) FROM scrape_run"),
        "runs": house.sql("SELECT count(*) FROM scrape_run"),
        "recovered_seconds": {"median": round(median(recovered), 1), "longest": round(max(recovered), 1)} if recovered else {},
    }


async def _first_run(house: _House, url: str) -> None:
    """An undisturbed one, after which half of the coffees are approved."""
    async with open_services(house.settings) as services:
        source = ScrapeSource(slug=SLUG, spider="shopify", url=url, roaster="Fake Roasters", currency="USD")
        await sources.register(services.database, [source])
        await scrape(services.database, source, house.settings)
        waiting, count = await services.review.listed(limit=1_000_000)
        await services.review.approve([one.number for one in waiting[: count // 2]], by="evals")


def _hit(house: _House, victim: str, stage: str, *, delay: float) -> str:
    """Starts a run and kills `victim` when it has come to `stage`; the stage in which it was hit."""
    house.queue.connection.delete(key(SLUG))
    enqueue(JOB, house.queue, SLUG)
    deadline = time.monotonic() + STARTED
    while house.stage() != stage and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(delay if stage == "fetching" else delay / 4)
    hit = house.stage() or "waiting"
    return hit if house.kill(victim) else "idle"


def _ended(house: _House) -> bool:
    """Whether the run came to its end; what died is revived, and the job dispatched again as the schedule would."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        house.revive()
        with contextlib.suppress(RedisError, psycopg.OperationalError):  # still coming up
            if house.sql("SELECT count(*) FROM scrape_run WHERE finished_at IS NULL") == 0 and not _busy(house.queue):
                return True
            enqueue(JOB, house.queue, SLUG)
        time.sleep(0.5)
    return False


def _busy(queue: Queue) -> bool:
    return bool(queue.count or StartedJobRegistry(queue=queue).count)
