"""The worker: runs one job after another, each in a process of its own that never outlives it."""

import os
import signal

from rq import Queue, Worker
from rq.job import Job

from coffeebot.lifeline import end_with_parent


class LeashedWorker(Worker):
    """RQ's worker, whose job processes are killed with it; RQ finds such jobs again, and they are idempotent."""

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        end_with_parent(self.pid or os.getppid(), signal.SIGKILL)
        super().main_work_horse(job, queue)
