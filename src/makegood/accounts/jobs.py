"""Agreements that lapse, in the background. Each run does whatever is due, however late it comes."""

from django.utils import timezone
from procrastinate.contrib.django import app

from makegood.accounts.actions import contracts


@app.periodic(cron="15 2 * * *")
@app.task(queueing_lock="expire_contracts")
def expire_contracts(timestamp: int) -> None:
    """Every night: agreements whose last day is over."""
    now = timezone.now()
    contracts.expire_due(today=now.date(), at=now)
