"""Holds that lapse, in the background. Each run does whatever is due, however late it comes."""

from django.utils import timezone
from procrastinate.contrib.django import app

from makegood.sales.actions import holds


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="expire_holds")
def expire_holds(timestamp: int) -> None:
    """Every five minutes: holds whose moment has come."""
    holds.expire_due(at=timezone.now())
