"""Preparing drafts in the background for periods that have ended. Each run does whatever is due, however late it comes."""

import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from makegood.billing import gathering, terms
from makegood.billing.actions import adjusting, preparing
from makegood.billing.queries import close
from makegood.core.errors import Refused
from makegood.delivery.actions import counting
from makegood.engine.periods import period_of
from makegood.orders.models import Order


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
    prepare_after_the_last(now)


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


def prepare_after_the_last(at: datetime.datetime) -> int:
    """Drafts for what was counted after the last bill of an order, once nothing can come late any more; how many.

    They are of the last period that is over, after the order's own.
    """
    bills, made = adjusting.recent(at), 0
    final = (at - counting.KEEP - counting.AHEAD).date()
    orders = Order.objects.filter(invoices__adjustments__invoice__in=bills).exclude(invoices__status="draft").distinct().order_by("pk")
    waiting = {order.pk for order, _ in close.unbilled(orders, at)}
    for order in orders:
        if order.pk in waiting or max(bill.period_end for bill in bills if bill.order_id == order.pk) >= final:
            continue
        today = gathering.local_day(at, order.zone)
        try:
            preparing.prepare(order, period_of(today, terms.calendar(order)).start - datetime.timedelta(days=1), by=None, at=at)
            made += 1
        except Refused:  # all of it was beyond what was ordered, or is less
            continue
    return made
