"""Drafts: figures by hand for every cap and schedule; each day of an order is billed once."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from makegood.billing import computing, explaining
from makegood.billing.actions import preparing
from makegood.billing.models import Invoice
from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.orders.actions import cancelling, running
from tests.factories import billing, delivery, orders
from tests.factories.accounts import NOW
from tests.factories.billing import BROADCAST, COUNTED, END, START

D = Decimal


def drafts(order, finance):
    return [preparing.prepare(order, day, by=finance, at=NOW) for day in BROADCAST]


@pytest.mark.parametrize(
    ("cap", "billed"),
    [  # 3 x 100,000 booked, 120 / 60 / 140 thousand delivered: reference/peers.md, section 3
        ("none", (120_000, 60_000, 140_000)), ("cumulative", (120_000, 60_000, 120_000)),
        ("per_cycle", (100_000, 60_000, 100_000)), ("cumulative_per_cycle", (100_000, 80_000, 120_000)),
    ],
)  # fmt: skip
def test_the_worked_cap_table(finance, cap, billed):
    order = billing.ran(bill_cap=cap)
    made = drafts(order, finance)
    assert tuple(one.lines.get().billable for one in made) == billed
    assert [one.gross for one in made] == [D(units) * 10 / 1000 for units in billed]
    assert [(one.commission, one.net) for one in made] == [(one.gross * D("0.15"), one.gross * D("0.85")) for one in made]


def test_a_broadcast_month_runs_monday_to_sunday_and_a_calendar_month_does_not(finance):
    broadcast = preparing.prepare(billing.ran(), datetime.date(2026, 7, 1), by=finance, at=NOW)
    assert (broadcast.period_start, broadcast.period_end) == (datetime.date(2026, 6, 29), datetime.date(2026, 7, 26))
    calendar = preparing.prepare(billing.ran(name="Autumn", bill_calendar="calendar"), datetime.date(2026, 7, 1), by=finance, at=NOW)
    assert (calendar.period_start, calendar.period_end) == (datetime.date(2026, 7, 1), datetime.date(2026, 7, 31))


def test_commission_is_rounded_once_on_the_bill(finance):
    order = billing.ran((33_333, 0, 0))
    draft = preparing.prepare(order, BROADCAST[0], by=finance, at=NOW)
    assert (draft.gross, draft.commission, draft.net) == (D("333.33"), D("50.00"), D("283.33"))


def test_a_bill_at_the_end_covers_the_whole_campaign_and_its_counts(finance):
    order = billing.ran(bill_schedule="end", filtered={"known_bot": 1_000, "duplicate": 500})
    draft = preparing.prepare(order, START, by=finance, at=NOW)
    line = draft.lines.get()
    assert (draft.period_start, draft.period_end, draft.gross) == (START, END, D("3000.00"))
    assert (line.gross_count, line.counted, line.billable) == (324_500, 320_000, 300_000)
    assert [(step["label"], step["units"]) for step in line.explanation["steps"]] == [
        ("We counted, gross", 324_500), ("known robots", -3_000), ("same event twice", -1_500), ("Ours, net", 320_000),
        ("over what the cap lets bill", -20_000), ("Billable", 300_000),
    ]  # fmt: skip


def test_contracted_lines_by_equal_months_and_a_flat_line_by_days(finance):
    straight = billing.ran((0, 0, 0), bill_source="contracted", bill_schedule="straightline", name="Straight")
    assert [one.gross for one in drafts(straight, finance)] == [D("1000.00")] * 3
    mixed = orders.order("Mixed", start=START, end=END, bill_calendar="broadcast")
    orders.line(mixed, billing.run_of_site(), quantity=300_000, start=START, end=END)
    billing.flat(mixed, "8400", end=datetime.date(2026, 7, 12))  # 42 days: 28 in June's broadcast month, 14 in July's
    orders.booked(mixed)
    delivery.count(mixed.lines.get(number=1), {COUNTED[0]: 50_000, COUNTED[1]: 50_000})
    made = [preparing.prepare(billing.finish(mixed), day, by=finance, at=NOW) for day in BROADCAST[:1]]
    made.append(preparing.prepare(mixed.__class__.objects.get(pk=mixed.pk), BROADCAST[1], by=finance, at=NOW))
    assert [[line.amount for line in one.lines.all()] for one in made] == [[D("500.00"), D("5600.00")], [D("500.00"), D("2800.00")]]
    assert [line.counted for line in made[0].lines.all()] == [50_000, None]


def test_prepaid_is_billed_before_it_runs_and_once(finance):
    order = billing.ran((0, 0, 0), bill_source="contracted", bill_schedule="prepaid", complete=False)
    early = datetime.datetime(2026, 6, 2, 12, tzinfo=datetime.UTC)
    assert preparing.prepare(order, START, by=finance, at=early).gross == D("3000.00")
    running.start(delivery.flight(order.lines.get()), by=None, at=NOW)
    order.refresh_from_db()
    with pytest.raises(Refused, match="nothing was delivered"):
        preparing.prepare(order, BROADCAST[1], by=finance, at=NOW)


def test_third_party_counts_are_billed_and_ours_where_there_are_none(finance):
    order = billing.ran(third=(90_000,), bill_source="third_party")
    first, second, _ = drafts(order, finance)
    line = first.lines.get()
    assert (line.counted, line.third_party, line.billable, first.gross) == (120_000, 90_000, 90_000, D("900.00"))
    assert [step["label"] for step in line.explanation["steps"]] == [
        "We counted, gross", "Ours, net", "third party counts fewer", "Third party", "Billable",
    ]  # fmt: skip
    assert (second.lines.get().third_party, second.gross) == (None, D("600.00"))


def test_what_was_cancelled_is_billed_as_delivered(finance, lead):
    order = billing.ran((40_000,), bill_source="contracted", bill_schedule="prorated", complete=False)
    running.start(delivery.flight(order.lines.get()), by=None, at=NOW)
    cancelling.cancel(order, by=None, at=datetime.datetime(2026, 6, 20, tzinfo=datetime.UTC), why="The client stopped it.")
    order.refresh_from_db()
    assert preparing.prepare(order, BROADCAST[0], by=finance, at=NOW).gross == D("400.00")


def test_a_period_is_billed_once_and_again_only_after_its_draft_was_discarded(finance):
    order = billing.ran()
    draft = preparing.prepare(order, BROADCAST[0], by=finance, at=NOW)
    with pytest.raises(Refused, match="billed already"):
        preparing.prepare(order, datetime.date(2026, 6, 5), by=finance, at=NOW)
    preparing.discard(draft, by=finance, at=NOW, why="The PO was missing.")
    assert preparing.prepare(order, BROADCAST[0], by=finance, at=NOW).net == draft.net


def test_the_database_refuses_overlapping_periods_whatever_the_calendar(finance):
    draft = preparing.prepare(billing.ran(), BROADCAST[0], by=finance, at=NOW)
    values = {field.attname: getattr(draft, field.attname) for field in Invoice._meta.fields if field.name not in ("id", "period_start", "period_end")}
    with pytest.raises(IntegrityError, match="period_billed_once"), transaction.atomic():
        Invoice.objects.create(**values, period_start=datetime.date(2026, 6, 28), period_end=datetime.date(2026, 7, 31))
    Invoice.objects.create(**values, period_start=datetime.date(2026, 6, 29), period_end=datetime.date(2026, 7, 31))


def test_what_cannot_be_billed_is_refused_and_says_why(finance, trafficker):
    order = billing.ran((1_000, 0, 0), complete=False)
    with pytest.raises(Refused, match="the order is booked"):
        preparing.prepare(order, BROADCAST[0], by=finance, at=NOW)
    running.start(delivery.flight(order.lines.get()), by=None, at=NOW)
    order.refresh_from_db()
    with pytest.raises(Refused, match="the period ends on 26 Jul 2026"):
        preparing.prepare(order, BROADCAST[1], by=finance, at=datetime.datetime(2026, 7, 27, 2, tzinfo=datetime.UTC))  # 26 July in New York
    with pytest.raises(Refused, match="nothing was delivered"):
        preparing.prepare(order, BROADCAST[1], by=finance, at=NOW)
    with pytest.raises(Invalid, match="before the order starts"):
        preparing.prepare(order, datetime.date(2026, 5, 1), by=finance, at=NOW)
    with pytest.raises(NotAllowed):
        preparing.prepare(order, BROADCAST[0], by=trafficker, at=NOW)
    assert not Invoice.objects.exists()


def test_the_same_bill_under_other_terms(finance):
    order = billing.ran(bill_schedule="end", third=(100_000, 60_000, 120_000), bill_source="third_party")
    draft = preparing.prepare(order, START, by=finance, at=NOW)
    assert [(row["name"], row["gross"], row["difference"]) for row in explaining.alternates(draft.inputs)] == [
        ("Capped at the goal", D("2800.00"), D("0.00")), ("Capped at each period's goal", D("2600.00"), D("-200.00")),
        ("Capped at the goal to date", D("2800.00"), D("0.00")), ("No cap", D("2800.00"), D("0.00")),
        ("Contracted amount", D("3000.00"), D("200.00")), ("Our counts, same cap", D("3000.00"), D("200.00")),
    ]  # fmt: skip
    assert computing.compute(draft.inputs).gross == draft.gross
