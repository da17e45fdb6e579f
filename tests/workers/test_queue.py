"""The queue on a real Valkey: jobs are put there once, run, and never outlive their worker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from rq import Queue
from rq.job import Job
from rq.registry import StartedJobRegistry
from sqlmodel import col

from coffeebot.embedded import Connection
from coffeebot.models import Event
from coffeebot.models.base import now
from coffeebot.wiring import Services
from workers.dispatch import dispatch, enqueue
from workers.schedule import JOBS, scheduler

ROOT = Path(__file__).parents[2]


@pytest.fixture
def worker(database_server: Connection, database_url: str) -> Iterator["subprocess.Popen[bytes]"]:
    env = os.environ | {"DATABASE_URL": database_url, "REDIS_URL": database_server.redis_url}
    with subprocess.Popen([sys.executable, "-m", "workers", "worker"], cwd=ROOT, env=env) as process:
        yield process
        process.kill()


def until(condition: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def test_a_job_waits_only_once(queue: Queue) -> None:
    assert enqueue("workers.jobs.prune_events", queue)
    assert not enqueue("workers.jobs.prune_events", queue)
    assert enqueue("workers.jobs.embed_missing", queue)
    assert [job.func_name for job in queue.jobs] == ["workers.jobs.prune_events", "workers.jobs.embed_missing"]


def test_a_job_that_failed_for_good_may_be_put_there_again(queue: Queue) -> None:
    enqueue("workers.jobs.prune_events", queue)
    job = queue.jobs[0]
    queue.remove(job)
    job.set_status("failed")
    assert enqueue("workers.jobs.prune_events", queue)


def test_a_job_that_ended_while_it_was_looked_at_may_be_put_there_again(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    enqueue("workers.jobs.prune_events", queue)
    look = queue.fetch_job

    def seen_too_late(job_id: str) -> Job | None:
        if job := look(job_id):
            job.delete()
        return job

    monkeypatch.setattr(queue, "fetch_job", seen_too_late)
    assert enqueue("workers.jobs.prune_events", queue)
    assert len(queue.jobs) == 1


def test_every_scheduled_job_exists_and_is_due_by_the_clock(queue: Queue) -> None:
    made = scheduler(queue.connection, level=30)
    assert {job.args[0]: job.cron for job in made.get_jobs()} == JOBS
    assert not made.enqueue_jobs(), "a start alone makes nothing due"
    code = (
        f"from importlib import import_module; [getattr(import_module(n.rpartition('.')[0]), n.rpartition('.')[2]) for n in {list(JOBS)}]"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


async def test_a_dispatched_job_is_run_by_the_worker(queue: Queue, worker: "subprocess.Popen[bytes]", starter_services: Services) -> None:
    old = Event(kind="shown", at=now().replace(year=2001))
    key = old.id
    async with starter_services.database.session() as session:
        session.add(old)
    queue.enqueue(dispatch, "workers.jobs.prune_events")
    for _ in range(300):
        async with starter_services.database.session() as session:
            if await session.scalar(sa.select(col(Event.id)).where(col(Event.id) == key)) is None:
                break
        time.sleep(0.1)  # noqa: ASYNC251
    else:
        pytest.fail("the old event is still there")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0


def test_a_job_ends_with_its_worker(queue: Queue, worker: "subprocess.Popen[bytes]") -> None:
    queue.enqueue("time.sleep", 60)
    children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children")
    assert until(lambda: StartedJobRegistry(queue=queue).count == 1 and children.read_text().strip() != "")  # the job is noted first
    horse = Path("/proc") / children.read_text().split()[0]
    worker.kill()
    assert until(lambda: not horse.exists() or ") Z " in (horse / "stat").read_text(), 10)


@pytest.mark.parametrize(
    ("module", "kept_out"),
    [("workers.__main__", ("reflex", "sqlalchemy", "onnxruntime")), ("workers.jobs", ("reflex",)), ("scrapers", ("reflex", "sqlalchemy"))],
)
def test_what_stays_in_memory_is_what_is_needed(module: str, kept_out: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print([name for name in {kept_out} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_without_a_queue_it_says_what_to_do() -> None:
    env = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
    done = subprocess.run([sys.executable, "-m", "workers", "worker"], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "There is no queue: set REDIS_URL" in done.stderr
