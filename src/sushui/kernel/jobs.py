"""Background work by name: rooms register, anyone may run or enqueue, nobody imports upward.

A job is run here and now by `run`, left to the worker by `enqueue`, or, with a cron line, begun by the worker itself.
The queue is PostgreSQL's own (procrastinate); see docs/decisions/0004-outbox-and-jobs.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Status
from procrastinate.manager import JobManager

EVERY_MINUTE = "* * * * *"
# Waits 3, 9, 27, 81 and 243 seconds: what a short outage spoiled is mended within minutes, the rest shows as failed.
RETRY = RetryStrategy(max_attempts=5, exponential_wait=3)
KEEP_FAILED_HOURS = 30 * 24


@dataclass(frozen=True)
class Job:
    """A named piece of background work. ``cron`` makes it periodic; it must be idempotent."""

    name: str
    work: Callable[..., Any]
    cron: str | None = None


_jobs: dict[str, Job] = {}


def register_job(name: str, work: Callable[..., Any], *, cron: str | None = None) -> None:
    """Give ``work`` a name; with ``cron`` (five fields, in UTC) the worker also begins it by itself.

    Raises:
        ValueError: the name is taken.
    """
    if name in _jobs:
        raise ValueError(f"There is already a job {name}.")
    _jobs[name] = Job(name, work, cron)
    if cron:
        # One waits at most: a worker that was away does the work once, not once for every minute it missed.
        begin = app.periodic(
            cron=cron, periodic_id=name, lock=name, queueing_lock=f"periodic:{name}", task_kwargs={"name": name}
        )
        begin(_run_periodic)


def registered_jobs() -> dict[str, Job]:
    return dict(_jobs)


def run(name: str, **arguments: Any) -> Any:
    """Do the job here and now and give back what it returns; KeyError if nobody registered it."""
    return _jobs[name].work(**arguments)


def enqueue(name: str, **arguments: Any) -> int:
    """Leave the job to the worker; gives the job's number. KeyError if nobody registered it.

    Written through Django's own connection, so it happens with the caller's transaction or not at all. ``arguments``
    are JSON. Jobs of one name are done one at a time, in the order they were enqueued.
    """
    task = _run_enqueued.configure(lock=_jobs[name].name, task_kwargs={"name": name, "arguments": arguments})
    # Not by the task's own manager: within a worker that one has a connection outside the caller's transaction.
    number = JobManager(DjangoConnector()).defer_job(task.job).id
    assert number is not None
    return number


@app.task(name="sushui.run", retry=RETRY)
def _run_enqueued(name: str, arguments: dict[str, Any]) -> None:
    run(name, **arguments)


@app.task(name="sushui.run_periodic")
def _run_periodic(timestamp: int, name: str) -> None:
    """Not tried again: the next turn does the same."""
    run(name)


@app.periodic(cron=EVERY_MINUTE, periodic_id="tidy")
@app.task(name="sushui.tidy", queueing_lock="periodic:tidy", pass_context=True)
async def _tidy(context: JobContext, timestamp: int) -> None:
    """Free what a worker held that died in the midst of it, and forget failures of long ago.

    Work that was enqueued is begun again, also by idempotence; the periodic has its next turn anyway.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.queueing_lock:
            await manager.finish_job(job, status=Status.FAILED, delete_job=True)
        else:
            await manager.retry_job(job)
    await manager.delete_old_jobs(nb_hours=KEEP_FAILED_HOURS, include_failed=True)
