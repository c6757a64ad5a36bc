"""Jobs of dead workers are done by another, whatever else is waiting."""

import asyncio

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from makegood.core import jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_jobs():
    """The queue's tables are not Django's to empty."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers, procrastinate_events")


def job(name: str, status: str, *, lock: str | None = None, attempts: int = 0) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, args, status, attempts) VALUES ('elsewhere', %s, %s, '{}', %s, %s)"
            " RETURNING id", [name, lock, status, attempts],
        )  # fmt: skip
        return cursor.fetchone()[0]


def retried() -> list[str]:
    """Run the retry in a real worker, in a queue of its own; "name status" of the planted jobs afterwards."""
    jobs.retry_stalled.configure(queue="retry").defer(timestamp=0)

    async def work() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as running:
            async with running.open_async():
                await running.run_worker_async(queues=["retry"], wait=False, install_signal_handlers=False, listen_notify=False)

    asyncio.run(work())
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name || ' ' || status FROM procrastinate_jobs WHERE queue_name = 'elsewhere' ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def test_what_a_dead_worker_had_in_hand_waits_again():
    job("first", "doing")
    job("second", "succeeded")
    assert retried() == ["first todo", "second succeeded"]


def test_a_job_whose_next_turn_waits_already_does_not_stop_the_retry_of_the_others():
    job("count", "doing", lock="count")
    job("count", "todo", lock="count")
    job("book", "doing")
    assert retried() == ["count failed", "count todo", "book todo"]


def test_a_job_that_took_its_worker_down_too_often_is_left_failed():
    job("poison", "doing", attempts=jobs.MOST_TRIES)
    job("nearly", "doing", attempts=jobs.MOST_TRIES - 1)
    assert retried() == ["poison failed", "nearly todo"]
