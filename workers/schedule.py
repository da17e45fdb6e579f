"""When which job is due. Every job is idempotent and catches up by itself: a missed hour is made good in the next."""

from redis import Redis
from rq.cron import CronScheduler

from workers.dispatch import dispatch

JOBS = {
    "workers.jobs.scrape_due": "*/10 * * * *",
    "workers.jobs.embed_missing": "7 * * * *",
    "workers.jobs.prune_events": "37 * * * *",
    "workers.jobs.purge_conversations": "52 * * * *",
    "workers.jobs.check_links": "42 * * * *",
    "workers.jobs.forget_old_snapshots": "22 * * * *",
}


def scheduler(connection: Redis, *, level: int) -> CronScheduler:
    """Times in cron's words, not intervals: those would be due again at every start."""
    made = CronScheduler(connection, logging_level=level)
    for job, times in JOBS.items():
        made.register(dispatch, "default", args=(job,), cron=times, name=job, result_ttl=0)
    return made
