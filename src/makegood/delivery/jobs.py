"""Counting and pacing in the background. Each run does whatever is due, however late it comes."""

import datetime
import pathlib

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from makegood.delivery.actions import comparing, counting, pacing, recommending
from makegood.delivery.models import Pace

PACE_EVERY = datetime.timedelta(minutes=15)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="count_events")
def count_events(timestamp: int) -> None:
    """Every minute: events into facts; then standings when they are older than a quarter of an hour."""
    now = timezone.now()
    counting.count_all(pathlib.Path(settings.EVENTS_FOLDER), at=now)
    oldest = Pace.objects.order_by("as_of").values_list("as_of", flat=True).first()
    if oldest is None or now - oldest > PACE_EVERY:
        compute_pacing(0)


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="forget_events")
def forget_events(timestamp: int) -> None:
    """Every night: ids of events too old to come again."""
    counting.forget(at=timezone.now())


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="compare_counts")
def compare_counts(timestamp: int) -> None:
    """Every hour: lines whose third-party counts are newer than their last comparison, or that still run."""
    now = timezone.now()
    comparing.compare(comparing.due(now), by=None, at=now)


@app.task(queueing_lock="compute_pacing")
def compute_pacing(timestamp: int) -> None:
    """Standings and recommendations of every running line."""
    now = timezone.now()
    recommending.recommend(pacing.compute(pacing.running_lines(), by=None, at=now), by=None, at=now)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="ship_events", lock="warehouse")
def ship_events(timestamp: int) -> None:
    """Every five minutes: finished event segments to the warehouse."""
    from makegood.delivery.actions import warehousing  # DuckDB and Ibis are loaded by the worker that needs them

    warehousing.ship()


@app.periodic(cron="10 * * * *")
@app.task(queueing_lock="roll_up", lock="warehouse")
def roll_up(timestamp: int) -> None:
    """Every hour: rollups of the days that events came for, and whom the orders of those days have reached."""
    from makegood.delivery.actions import warehousing

    now = timezone.now()
    if days := warehousing.roll_up(at=now):
        warehousing.count_people(days, at=now)
