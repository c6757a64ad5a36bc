"""A campaign's money: billed when its periods are over, paid on time, late, in part or not at all; disputes; the order closed."""

import datetime
import random
from collections.abc import Generator
from decimal import Decimal

from django.db import transaction

from makegood.billing import terms
from makegood.billing.actions import correcting, issuing, preparing, receiving
from makegood.billing.models import Invoice
from makegood.core.errors import Refused
from makegood.engine.periods import Period, periods_between
from makegood.insight.actions import reporting
from makegood.orders.actions import running
from makegood.orders.models import Order
from makegood.work.actions import tasks
from makegood.work.models import Task
from makegood.workflows.demo.campaigns import Campaign
from makegood.workflows.demo.times import at, working
from makegood.workflows.demo.world import World, fresh
from makegood.workflows.ordering import asking

Steps = Generator[datetime.datetime, None, None]
CENT = Decimal("0.01")
REPORTED = -110  # wrap-up reports of older campaigns are no longer kept


def settle(campaign: Campaign, order: Order, world: World, chance: random.Random) -> Steps:
    """Bills and their payments in order of time, then the wrap-up report and the end."""
    finance, due = world.cast["Jonas"], []
    periods = [Period(order.start, order.end)] if order.bill_schedule == "end" else periods_between(order.start, order.end, terms.calendar(order))
    for period in periods:
        moment = at(working(period.end, 3), "10:30")
        yield from _pay(due, order, world, until=moment)
        yield moment
        order = fresh(order)
        if period == periods[0]:
            asking.close_held(order, at=moment)
        try:
            with transaction.atomic():  # a refusal undoes the bill, not the load
                draft = preparing.prepare(order, max(period.start, order.start), by=finance, at=moment)
        except Refused:
            continue  # nothing ran in that period
        yield (moment := moment + datetime.timedelta(hours=3))
        invoice = issuing.issue(draft, by=finance, at=moment)
        due += _intended(campaign, invoice, chance)
        if "disputed" in campaign.trouble and period == periods[-1]:
            yield (moment := at(working(moment.date(), 9), "11:10"))
            correcting.dispute(
                invoice, (invoice.net / 9).quantize(CENT), "Viewability in the last month was under the 60 % we were told: 2 lines.",
                owner=world.cast["Dana"], by=None, at=moment,
            )  # fmt: skip
    last = max((moment for moment, *_ in due), default=moment)
    yield from _pay(due, order, world, until=None)
    moment = max(moment, last)
    order = fresh(order)
    if order.status == "completed" and campaign.start > REPORTED:
        yield (moment := at(working(order.end, 6), "16:00"))
        reporting.make(order, by=order.account_manager, at=moment)
    paid = not Invoice.objects.filter(order=order).exclude(status="paid").exists()
    if order.status == "completed":
        moment = max(at(working(order.end, 8), "12:00"), moment)
        yield moment
        for task in Task.objects.filter(root_type="orders.order", root_id=order.pk, status="open"):
            tasks.drop(task, by=order.campaign_manager, at=moment, why="the campaign is over")
        if paid:
            running.close(order, by=order.campaign_manager, at=moment, why="billed and paid")


def _intended(campaign: Campaign, invoice: Invoice, chance: random.Random) -> list[tuple[datetime.datetime, Invoice, Decimal]]:
    """When the client means to pay this bill, and how much."""
    if {"unpaid", "disputed"} & campaign.trouble or invoice.due_on is None:
        return []
    share = Decimal("0.6") if "half_paid" in campaign.trouble else Decimal(1)
    late = chance.choice((-6, -3, 0, 2, 5, 9, 14, 26))
    return [(at(working(invoice.due_on + datetime.timedelta(days=late)), "14:20"), invoice, (invoice.net * share).quantize(CENT))]


def _pay(due: list[tuple[datetime.datetime, Invoice, Decimal]], order: Order, world: World, *, until: datetime.datetime | None) -> Steps:
    """Payments meant for before `until`, each recorded when it comes in."""
    for payment in sorted(due, key=lambda one: (one[0], one[1].pk)):
        moment, invoice, amount = payment
        if until is not None and moment >= until:
            continue
        yield moment
        receiving.record(
            order.bill_to, amount, currency=invoice.currency, received_on=moment.date(), reference=f"WT {invoice.number}", by=world.cast["Jonas"],
            at=moment, apply_to={invoice: amount},
        )  # fmt: skip
        due.remove(payment)
