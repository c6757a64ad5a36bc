"""What nobody clicks: flights by their counts, reminders by the calendar, orders closed when paid."""

import datetime

import pytest

from makegood.billing.actions import receiving
from makegood.core.models import Notification
from makegood.orders import jobs as booking_jobs
from makegood.orders.actions import changing
from makegood.orders.models import Flight, Order
from makegood.trafficking.models import LiveProof
from makegood.work.actions import tasks
from makegood.workflows.keeping import closing, flights, reminders
from tests.factories import billing, catalog, delivery, orders
from tests.factories.accounts import NOW

DAY = datetime.timedelta(days=1)


def moved(order):
    return [Order.objects.get(pk=order.pk).status, *Flight.objects.filter(line__order=order).order_by("pk").values_list("status", flat=True)]


@pytest.fixture
def booked(db):
    return orders.booked(orders.drafted())


def test_counts_make_a_flight_live_and_its_end_completes_it(booked):
    line = booked.lines.get()
    assert (flights.follow(at=NOW), moved(booked)) == ((0, 0), ["booked", "booked"])
    delivery.count(line, {orders.START: 1200})
    began = datetime.datetime.combine(orders.START, datetime.time(16), datetime.UTC)
    assert (flights.follow(at=began), moved(booked)) == ((1, 0), ["live", "live"])
    assert LiveProof.objects.get().impressions == 1200
    assert flights.follow(at=began) == (0, 0)  # a second run finds nothing to do
    still_today = datetime.datetime.combine(orders.END + DAY, datetime.time(4, 30), datetime.UTC)  # 23:30 in New York
    assert flights.follow(at=still_today) == (0, 0)
    assert (flights.follow(at=still_today + DAY), moved(booked)) == ((0, 1), ["completed", "completed"])


def test_only_counted_impressions_prove_and_what_never_ran_stays_to_be_seen(booked):
    delivery.count(booked.lines.get(), {orders.START: 0}, filtered={"known_bot": 40})
    late = datetime.datetime.combine(orders.END + 3 * DAY, datetime.time(12), datetime.UTC)
    assert (flights.follow(at=late), moved(booked)) == ((0, 0), ["booked", "booked"])


def test_what_is_not_served_follows_its_dates(booked):
    Flight.objects.filter(line__order=booked).update(placement_ids=[])
    first = datetime.datetime.combine(orders.START, datetime.time(4), datetime.UTC)  # the evening before in New York
    assert flights.follow(at=first) == (0, 0)
    assert (flights.follow(at=first + DAY / 2), moved(booked)) == ((1, 0), ["live", "live"])
    assert flights.follow(at=datetime.datetime.combine(orders.END + DAY, datetime.time(12), datetime.UTC)) == (0, 1)


def test_a_client_is_reminded_once_a_working_day_and_only_when_late(booked):
    owed = {"title": "Creative", "by": None, "at": NOW - 3 * DAY, "owed_by": booked.advertiser}
    late = tasks.open(booked, "creative:300x250", due_at=NOW - DAY, **owed)
    tasks.open(booked, "click_url", due_at=NOW + DAY, **owed)
    tasks.open(booked, "qa", **owed | {"due_at": NOW - DAY, "owed_by": None})
    assert NOW.weekday() == 0
    assert [reminders.remind(at=NOW), reminders.remind(at=NOW), reminders.remind(at=NOW + DAY)] == [1, 0, 1 + 0]
    late.refresh_from_db()
    assert (late.asked_count, late.last_asked_at) == (2, NOW + DAY)
    assert reminders.remind(at=NOW + 5 * DAY) == 0  # a Saturday


def test_an_order_is_closed_when_all_of_it_is_billed_and_paid(db, finance):
    order = billing.ran()
    late = datetime.datetime.combine(billing.BROADCAST[-1] + 5 * DAY, datetime.time(12), datetime.UTC)
    assert closing.close_settled(at=late) == 0  # nothing is billed
    invoices = [billing.issued(order, finance, on) for on in billing.BROADCAST]
    assert closing.close_settled(at=late) == 0  # nothing is paid
    for invoice in invoices[:-1]:
        pay(invoice, finance)
    assert closing.close_settled(at=late) == 0  # one is owed
    pay(invoices[-1], finance)
    change = changing.begin(Order.objects.get(pk=order.pk), by=None, at=late)
    assert closing.close_settled(at=late) == 0  # it is being changed
    changing.withdraw(change, by=None, at=late)
    assert (closing.close_settled(at=late), moved(order)[0]) == (1, "closed")
    assert closing.close_settled(at=late) == 0


def test_an_order_with_a_later_period_to_bill_is_not_closed(db, finance):
    order = billing.ran()
    for on in billing.BROADCAST[:-1]:
        pay(billing.issued(order, finance, on), finance)
    before_the_last_period_ends = datetime.datetime.combine(billing.END + 4 * DAY, datetime.time(12), datetime.UTC)
    assert closing.close_settled(at=before_the_last_period_ends) == 0


def pay(invoice, finance):
    facts = {"currency": invoice.currency, "received_on": NOW.date(), "by": finance, "at": NOW}
    receiving.record(invoice.bill_to, invoice.net, reference=f"WIRE-{invoice.number}", apply_to={invoice: invoice.net}, **facts)


def test_booking_in_the_background_books_once_and_tells_of_a_refusal(db, lead):
    product = catalog.takeover()
    first, second = (orders.order(f"Day {n}", start=orders.START, end=orders.START) for n in (1, 2))
    for made in (first, second):
        orders.line(made, product, quantity=1, start=orders.START, end=orders.START)
        orders.signed(made)
        booking_jobs.book(made.pk, lead.pk)
        booking_jobs.book(made.pk, lead.pk)
    assert [moved(first)[0], moved(second)[0]] == ["booked", "signed"]
    told = Notification.objects.filter(person=lead).values_list("activity__verb", "activity__root_id")
    assert list(told) == [("order.booking_refused", second.pk)] * 2
