"""Background work by name: rooms register, anyone may run or enqueue, nobody imports upward."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from procrastinate.contrib.django import app


@dataclass(frozen=True)
class Job:
    """A named piece of background work. ``cron`` makes it periodic; it must be idempotent."""

    name: str
    work: Callable[..., Any]
    cron: str | None = None


_jobs: dict[str, Job] = {}


def register_job(name: str, work: Callable[..., Any], *, cron: str | None = None) -> None:
    _jobs[name] = Job(name, work, cron)


def registered_jobs() -> dict[str, Job]:
    return dict(_jobs)


def run(name: str, **arguments: Any) -> Any:
    """Do the job here and now and give back what it returns; KeyError if nobody registered it."""
    return _jobs[name].work(**arguments)


def enqueue(name: str, **arguments: Any) -> int:
    """Leave the job to the worker, in the caller's transaction; gives the job's number."""
    return app.configure_task("sushui.run", lock=name, queueing_lock=None).defer(name=name, arguments=arguments)
