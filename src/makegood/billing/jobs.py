"""Preparing drafts in the background for periods that have ended. Each run does whatever is due, however late it comes."""

import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from makegood.billing.actions import adjusting, preparing
from makegood.billing.queries import close
from makegood.core.errors import Refused


@app.periodic(cron="15 * * * *")
@app.task(queueing_lock="prepare_bills")
def prepare_bills(timestamp: int) -> None:
    """Every hour: a draft for each order and period that is over, a day after its end so that late counts are in."""
    prepare_due(timezone.now())


@app.periodic(cron="10 4 * * *")
@app.task(queueing_lock="notice_changed_counts")
def notice_changed_counts(timestamp: int) -> None:
    """Every night: bills whose counts changed since they were issued, as long as late events can change them."""
    now = timezone.now()
    adjusting.notice(adjusting.recent(now), why="events that came late", by=None, at=now)


def prepare_due(at: datetime.datetime) -> int:
    """Drafts for everything unbilled that ended before yesterday; how many. What holds nothing to bill is passed over."""
    made = 0
    for order, period in close.unbilled(close.billable(None), at - datetime.timedelta(days=1)):
        try:
            preparing.prepare(order, period.start if period.start >= order.start else order.start, by=None, at=at)
            made += 1
        except Refused:  # nothing was delivered, or somebody prepared it meanwhile
            continue
    return made
