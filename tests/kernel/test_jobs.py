"""Work by name: enqueued with the act, done one at a time, tried again, and freed from a worker that died."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from sushui.kernel import clock, jobs
from sushui.notices.models import Notice
from sushui.notices.services import post_notice
from tests.cast import County

done: list[Any] = []


def note(what: str) -> str:
    done.append(what)
    return f"{what} was noted"


def note_slowly(what: str) -> None:
    done.append(f"{what} begins")
    time.sleep(0.05)
    done.append(f"{what} ends")


def fail() -> None:
    raise ConnectionError("nobody answers")


def enqueue_and_fail() -> None:
    """An act that leaves work and is rolled back."""
    with transaction.atomic():
        jobs.enqueue("test.note", what="never")
        raise RuntimeError("the act is refused")


jobs.register_job("test.note", note)
jobs.register_job("test.slow", note_slowly)
jobs.register_job("test.fail", fail)
jobs.register_job("test.enqueue_and_fail", enqueue_and_fail)


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    done.clear()
    yield
    done.clear()


@pytest.fixture
def queue(transactional_db: None) -> Iterator[None]:
    """The queue, empty before and after: Django does not empty the tables of others."""
    _empty_the_queue()
    yield
    _empty_the_queue()


def _empty_the_queue() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers"
        )


def work(concurrency: int = 1) -> None:
    """Do, as a worker does, what the queue holds, and come back; in a thread of its own, as a browser may own this."""

    async def until_empty() -> None:
        with app.replace_connector(app.connector.get_worker_connector()):
            async with app.open_async():
                await app.run_worker_async(
                    wait=False, listen_notify=False, install_signal_handlers=False, concurrency=concurrency
                )

    def alone() -> None:
        try:
            asyncio.run(until_empty())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(alone).result()


def rows(name: str) -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(args__name=name).order_by("id"))


# --- by name ---------------------------------------------------------------------------------------------------------


def test_job_runs_by_its_name_and_gives_back_its_result() -> None:
    assert jobs.run("test.note", what="a list") == "a list was noted"


def test_unknown_job_does_not_run() -> None:
    with pytest.raises(KeyError):
        jobs.run("test.unknown")


def test_unknown_job_cannot_be_enqueued() -> None:
    with pytest.raises(KeyError):
        jobs.enqueue("test.unknown")


def test_name_is_given_once() -> None:
    with pytest.raises(ValueError, match="There is already a job"):
        jobs.register_job("test.note", fail)


def test_every_job_with_a_cron_line_is_known_to_the_worker() -> None:
    periodic = {job.name: job.cron for job in jobs.registered_jobs().values() if job.cron}

    known = app.periodic_registry.periodic_tasks.items()

    assert {number: task.cron for (_name, number), task in known} == {**periodic, "tidy": jobs.EVERY_MINUTE}


def test_clocks_notices_seals_and_runs_are_looked_after_every_minute() -> None:
    minutely = {name for name, job in jobs.registered_jobs().items() if job.cron == jobs.EVERY_MINUTE}

    assert minutely == {"supervision.tick", "notices.deliver", "audit.seal", "planner.take_up"}


# --- with the act ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("queue")
def test_enqueued_job_is_done_by_the_worker() -> None:
    jobs.enqueue("test.note", what="a list")

    work()

    assert done == ["a list"]


@pytest.mark.usefixtures("queue")
def test_job_of_an_act_that_is_rolled_back_is_not_there() -> None:
    with pytest.raises(RuntimeError):
        enqueue_and_fail()

    assert rows("test.note") == []


@pytest.mark.usefixtures("queue")
def test_job_left_by_a_job_goes_with_the_transaction_of_that_job() -> None:
    jobs.enqueue("test.enqueue_and_fail")

    work()

    assert (rows("test.note"), done) == ([], [])


# --- one at a time ---------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("queue")
def test_jobs_of_one_name_are_done_one_after_another() -> None:
    for what in ("first", "second"):
        jobs.enqueue("test.slow", what=what)

    work(concurrency=2)
    work(concurrency=2)

    assert done == ["first begins", "first ends", "second begins", "second ends"]


# --- what fails ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("queue")
def test_enqueued_job_that_fails_waits_and_is_tried_again() -> None:
    number = jobs.enqueue("test.fail")

    work()

    waiting = ProcrastinateJob.objects.get(pk=number)
    assert (waiting.status, waiting.attempts, waiting.scheduled_at > clock.now()) == ("todo", 1, True)


def test_waits_grow_and_end() -> None:
    waits = [jobs.RETRY.exponential_wait ** (attempt + 1) for attempt in range(jobs.RETRY.max_attempts or 0)]

    assert waits == [3, 9, 27, 81, 243]


@pytest.mark.usefixtures("queue")
def test_job_of_a_worker_that_died_is_begun_again() -> None:
    number = jobs.enqueue("test.note", what="a list")
    _die_in_the_midst_of("procrastinate_jobs.id = %s", number)

    _tidy()
    work()

    assert done == ["a list"]


@pytest.mark.usefixtures("queue")
def test_periodic_job_of_a_worker_that_died_does_not_hold_up_its_next_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, lock, queueing_lock, args, status) VALUES "
            "('sushui.run_periodic', 'default', 'notices.deliver', 'periodic:notices.deliver', '{}', 'doing') "
            "RETURNING id"
        )
        number = cursor.fetchone()[0]

    _tidy()

    assert not ProcrastinateJob.objects.filter(pk=number).exists()


def _tidy() -> None:
    """The minute's tidying, done now: when the worker's own timetable does it depends on the second it starts in."""
    app.configure_task("sushui.tidy").defer(timestamp=0)
    work()


def _die_in_the_midst_of(which: str, *values: object) -> None:
    """The job is being done, by a worker that nobody has heard of since."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE procrastinate_jobs SET status = 'doing' WHERE {which}", values)


# --- the real thing --------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("queue")
def test_worker_process_delivers_what_is_due(committed_county: County) -> None:
    post = committed_county.posts["works_head"]
    post_notice(
        key="k", division_id=post.division_id, post_ids=[post.pk], msgid="m", params={}, url="", due_at=clock.now()
    )

    command = [sys.executable, "-m", "sushui.cli", "worker"]
    worker = subprocess.Popen(command, env=_environment(), stderr=subprocess.PIPE)
    try:
        _wait_for_a_notice()
    finally:
        worker.terminate()
        _out, logs = worker.communicate(timeout=30)

    assert [notice.post_id for notice in Notice.objects.all()] == [post.pk], logs.decode()[-2000:]
    assert worker.returncode == 0


def _environment() -> dict[str, str]:
    database = connection.settings_dict
    url = f"postgresql:///{database['NAME']}?host={database['HOST']}&port={database['PORT']}&user={database['USER']}"
    kept = {"SUSHUI_SECRET_KEY": settings.SECRET_KEY, "DJANGO_SETTINGS_MODULE": "sushui.config.settings"}
    return {**os.environ, **kept, "DATABASE_URL": url, "PGPASSWORD": database["PASSWORD"]}


def _wait_for_a_notice(patience_s: float = 30) -> None:
    end = time.monotonic() + patience_s
    while time.monotonic() < end and not Notice.objects.exists():
        time.sleep(0.1)
