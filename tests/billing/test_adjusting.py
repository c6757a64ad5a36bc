"""After a bill is issued a count that changes is an adjustment one sees; neither that bill nor the next is rewritten."""

import datetime
from decimal import Decimal

import pytest
from django.db import ProgrammingError, transaction

from makegood.billing import gathering
from makegood.billing.actions import adjusting, preparing
from makegood.billing.models import CountAdjustment, Invoice
from makegood.core.errors import NotAllowed
from makegood.core.models import Activity
from makegood.delivery.models import ThirdPartyCount
from tests.factories import billing, delivery
from tests.factories.accounts import NOW
from tests.factories.billing import BROADCAST, COUNTED

LATER = NOW + datetime.timedelta(days=3)
WHY = "events that came late"


@pytest.fixture
def bill(db, finance):
    """120,000 counted and billed in the first broadcast month, of 300,000 at $10."""
    return billing.issued(billing.ran(bill_cap="none"), finance)


def late(bill, units=5_000, day=COUNTED[0] + datetime.timedelta(days=1)):
    delivery.count(bill.order.lines.get(), {day: units})


def notice(bill, finance, at=LATER):
    return adjusting.notice([Invoice.objects.select_related("order").get(pk=bill.pk)], why=WHY, by=finance, at=at)


def test_an_unchanged_count_makes_nothing(bill, finance):
    assert (notice(bill, finance), CountAdjustment.objects.count()) == ([], 0)


def test_a_late_count_is_noticed_once_with_what_it_is_worth(bill, finance):
    late(bill)
    one = notice(bill, finance)[0]
    assert (one.before["net"], one.after["net"], one.after["billable"], one.amount) == (120_000, 125_000, 125_000, Decimal("50.00"))
    assert notice(bill, finance) == []
    late(bill, 2_000, COUNTED[0] + datetime.timedelta(days=2))
    two = notice(bill, finance)[0]
    assert (two.before["net"], two.after["net"], two.amount) == (125_000, 127_000, Decimal("20.00"))
    noted = Activity.objects.filter(verb="invoice.count_changed").order_by("pk")
    assert [row.after["amount"] for row in noted] == ["50.00", "20.00"]


def test_the_issued_bill_stays_to_the_byte(bill, finance):
    before = Invoice.objects.values().get(pk=bill.pk)
    late(bill)
    notice(bill, finance)
    assert Invoice.objects.values().get(pk=bill.pk) == before


def test_the_next_bill_is_made_from_what_was_billed_not_from_what_was_counted_since(finance, db):
    order = billing.ran(bill_cap="cumulative", delivered=(120_000, 200_000, 0))
    bill = billing.issued(order, finance)
    late(bill, 50_000)
    draft = preparing.prepare(order, BROADCAST[1], by=finance, at=LATER)
    assert (draft.lines.get().billable, draft.gross) == (180_000, Decimal("1800.00"))  # 300,000 less the 120,000 billed
    assert [count["net"] for count in draft.inputs["lines"][0]["counts"]] == [120_000, 200_000]


def test_read_live_the_next_bill_would_have_lost_what_the_first_never_billed(finance, db):
    """The negative control: without the frozen counts 50,000 impressions would be billed nowhere."""
    order = billing.ran(bill_cap="cumulative", delivered=(120_000, 200_000, 0))
    bill = billing.issued(order, finance)
    late(bill, 50_000)
    live = gathering.as_counted([(order, preparing.bill_period(order, BROADCAST[1]))])[0]
    assert [count["net"] for count in live["lines"][0]["counts"]] == [170_000, 200_000]


def test_a_third_partys_later_correction_is_noticed_too(finance, db):
    bill = billing.issued(billing.ran(bill_cap="none", bill_source="third_party", third=(100_000, 50_000, 60_000)), finance)
    ThirdPartyCount.objects.filter(day=COUNTED[0]).update(impressions=90_000)
    one = notice(bill, finance)[0]
    assert (one.before["third_party"], one.after["third_party"], one.amount) == (100_000, 90_000, Decimal("-100.00"))


def test_an_adjustment_never_changes(bill, finance):
    late(bill)
    one = notice(bill, finance)[0]
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        CountAdjustment.objects.filter(pk=one.pk).update(amount=0)


def test_bills_too_old_to_change_are_not_looked_at(bill, finance):
    assert [one.pk for one in adjusting.recent(datetime.datetime(2026, 8, 1, tzinfo=datetime.UTC))] == [bill.pk]
    assert adjusting.recent(NOW + datetime.timedelta(days=400)) == []
    assert [one.pk for one in adjusting.overlapping(COUNTED[0], COUNTED[0])] == [bill.pk]
    assert adjusting.overlapping(COUNTED[2], COUNTED[2]) == []


def test_only_finance_notices(bill, trafficker):
    with pytest.raises(NotAllowed):
        notice(bill, trafficker)
