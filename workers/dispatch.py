"""Puts a job into the queue by its name, once: not again while it still waits or runs, and with another try when it fails."""

from contextlib import suppress

from rq import Queue, Retry, get_current_job
from rq.exceptions import DuplicateJobError, InvalidJobOperation

TIMEOUT = 3600  # seconds
KEEP_FAILED = 7 * 24 * 3600  # seconds, to look into


def dispatch(name: str) -> None:
    """Runs as a job itself: the scheduler has no retry, and must not load what jobs load."""
    current = get_current_job()
    if current is None or current.connection is None:
        raise RuntimeError("dispatch runs as a job")
    enqueue(name, Queue("default", connection=current.connection))


def enqueue(name: str, queue: Queue, *arguments: str) -> bool:
    """Whether it was put there: not when it waits or runs already with these arguments. A failed one makes room for the next."""
    job_id = "-".join((name.replace(".", "-"), *arguments))
    _forget_ended(job_id, queue)
    options = {"job_id": job_id, "unique": True, "retry": Retry(max=2, interval=0)}
    times = {"job_timeout": TIMEOUT, "result_ttl": 0, "failure_ttl": KEEP_FAILED}
    try:
        queue.enqueue(name, *arguments, **options, **times)
    except DuplicateJobError:
        return False
    return True


def _forget_ended(job_id: str, queue: Queue) -> None:
    job = queue.fetch_job(job_id)
    with suppress(InvalidJobOperation):  # it ended since, and is forgotten already
        if job is not None and (job.is_failed or job.is_finished or job.is_stopped or job.is_canceled):
            job.delete()
