"""What is counted after a bill was issued goes onto the next bill once, up to what was ordered; what is counted less is credited."""

import datetime
import random
from decimal import Decimal

import pytest

from makegood.billing import balances, computing, corrections, jobs, ledger
from makegood.billing.actions import adjusting, correcting_counts, issuing, preparing
from makegood.billing.models import CreditNote, Invoice
from makegood.core.errors import NotAllowed, Refused
from makegood.delivery.models import Fact, ThirdPartyCount
from tests.factories import billing, delivery
from tests.factories.accounts import NOW
from tests.factories.billing import BROADCAST, COUNTED

LATER = NOW + datetime.timedelta(days=3)
JULY, AUGUST = BROADCAST[1:]
DAY = datetime.timedelta(days=1)


def first(finance, delivered=(120_000, 60_000, 90_000), **terms):
    """A bill for June of 300,000 impressions at $10, 15 % to the agency."""
    return billing.issued(billing.ran(delivered, **terms), finance)


def late(bill, units, after=1, month=0):
    delivery.count(bill.order.lines.get(), {COUNTED[month] + after * DAY: units})


def fewer(units, month=0):
    """A recount took `units` out of a month."""
    row = Fact.objects.filter(hour__date=COUNTED[month], net__gt=units).order_by("-net").first()
    Fact.objects.filter(pk=row.pk).update(gross=row.gross - units, net=row.net - units)


def prepare(bill, finance, on=JULY):
    return preparing.prepare(bill.order, on, by=finance, at=LATER)


def items(draft):
    return [(bool(one.explanation.get("corrects")), one.billable, one.amount) for one in draft.lines.all()]


def balanced(bill):
    """Nothing hangs: receivables of the payer are what its bills are still owed."""
    mine = Invoice.objects.filter(bill_to=bill.bill_to, status__in=["issued", "paid"])
    owed = ledger.balance(ledger.RECEIVABLE, currency="USD", party_id=bill.bill_to_id)
    whole = sum(ledger.balance(code, currency="USD") for code in ledger.CHART)
    return (owed, whole) == (sum(balances.of(one) for one in mine), 0)


@pytest.mark.parametrize("cap", ["none", "cumulative", "cumulative_per_cycle"])
def test_what_was_counted_late_is_an_item_of_the_next_bill_and_of_no_other(db, finance, cap):
    bill = first(finance, (70_000, 60_000, 90_000), bill_cap=cap)
    late(bill, 5_000)
    draft = prepare(bill, finance)
    assert items(draft) == [(False, 60_000, Decimal("600.00")), (True, 5_000, Decimal("50.00"))]
    item = draft.lines.get(number=2)
    assert bill.number in item.description and "01 Jun 2026 to 28 Jun 2026" in item.description
    assert item.explanation["sentence"] == "5,000 impressions counted since: events that came late"
    assert (draft.gross, draft.commission, draft.net) == (Decimal("650.00"), Decimal("97.50"), Decimal("552.50"))
    assert computing.compute(draft.inputs).net == draft.net
    second = issuing.issue(draft, by=finance, at=LATER)
    assert second.document is not None and balanced(bill)
    assert items(prepare(bill, finance, AUGUST)) == [(False, 90_000, Decimal("900.00"))]


def test_up_to_what_was_ordered_and_not_a_unit_beyond(db, finance):
    bill = first(finance, (120_000, 170_000, 5_000), bill_cap="cumulative")
    late(bill, 50_000)
    draft = prepare(bill, finance)
    assert items(draft) == [(False, 170_000, Decimal("1700.00")), (True, 10_000, Decimal("100.00"))]
    issuing.issue(draft, by=finance, at=LATER)
    with pytest.raises(Refused, match="nothing was delivered"):
        prepare(bill, finance, AUGUST)


def test_without_a_cap_the_order_is_the_limit_and_the_rest_is_told(db, finance):
    bill = first(finance, (200_000, 60_000, 90_000), bill_cap="none")
    late(bill, 70_000)
    draft = issuing.issue(prepare(bill, finance), by=finance, at=LATER)
    assert items(draft) == [(False, 60_000, Decimal("600.00")), (True, 40_000, Decimal("400.00"))]
    assert "30,000 more were counted beyond what was ordered and are not billed" in draft.lines.get(number=2).explanation["sentence"]
    assert items(prepare(bill, finance, AUGUST)) == [(False, 90_000, Decimal("900.00"))]  # as the terms say: no cap


def test_a_recount_down_after_that_is_credited_once(db, finance):
    bill = first(finance)
    late(bill, 5_000)
    issuing.issue(prepare(bill, finance), by=finance, at=LATER)
    fewer(15_000)
    note = correcting_counts.credit(bill, by=finance, at=LATER)
    assert (note.amount, note.corrections[0]["units"], note.corrections[0]["amount"]) == (Decimal("127.50"), -15_000, "-150.00")
    assert balanced(bill)
    with pytest.raises(Refused, match="nothing to credit"):
        correcting_counts.credit(bill, by=finance, at=LATER)
    assert items(prepare(bill, finance, AUGUST)) == [(False, 90_000, Decimal("900.00"))]


def test_less_of_what_was_over_the_goal_takes_nothing_back(db, finance):
    bill = first(finance, (120_000, 200_000, 5_000), bill_cap="cumulative")
    issuing.issue(prepare(bill, finance), by=finance, at=LATER)  # 20,000 of July were over
    fewer(20_000)
    with pytest.raises(Refused, match="nothing to credit"):
        correcting_counts.credit(bill, by=finance, at=LATER)
    fewer(1_000)
    assert correcting_counts.credit(bill, by=finance, at=LATER).corrections[0]["units"] == -1_000


def test_the_third_partys_count_wins(db, finance):
    bill = first(finance, bill_source="third_party", bill_cap="none", third=(100_000, 50_000, 60_000))
    late(bill, 5_000)
    assert items(prepare(bill, finance)) == [(False, 50_000, Decimal("500.00"))]
    Invoice.objects.get(status="draft").lines.all()
    preparing.discard(Invoice.objects.get(status="draft"), by=finance, at=LATER, why="their file came")
    ThirdPartyCount.objects.filter(day=COUNTED[0]).update(impressions=101_000)
    assert items(prepare(bill, finance)) == [(False, 50_000, Decimal("500.00")), (True, 1_000, Decimal("10.00"))]


@pytest.mark.parametrize("schedule", ["monthly", "end"])
def test_after_the_last_bill_it_waits_until_nothing_can_come_late_and_is_a_bill_of_its_own(db, finance, schedule):
    order = billing.ran((120_000, 60_000, 90_000), bill_schedule=schedule)
    for on in BROADCAST[:3] if schedule == "monthly" else BROADCAST[2:]:
        bill = billing.issued(order, finance, on)
    late(bill, 5_000, month=2)
    early, over = (datetime.datetime.combine(bill.period_end, datetime.time(12), datetime.UTC) + days * DAY for days in (40, 60))
    adjusting.notice(adjusting.recent(early), why="events that came late", by=None, at=early)
    assert [jobs.prepare_after_the_last(at) for at in (early, over, over)] == [0, 1, 0]
    draft = Invoice.objects.get(status="draft")
    assert (items(draft), draft.period_start > order.end) == ([(True, 5_000, Decimal("50.00"))], True)
    issuing.issue(draft, by=finance, at=over)
    assert balanced(bill) and jobs.prepare_after_the_last(over) == 0


def test_one_draft_has_it_and_a_discarded_one_gives_it_back(db, finance):
    bill = first(finance)
    late(bill, 5_000)
    draft = prepare(bill, finance)
    assert items(prepare(bill, finance, AUGUST)) == [(False, 90_000, Decimal("900.00"))]
    preparing.discard(draft, by=finance, at=LATER, why="not yet")
    preparing.discard(Invoice.objects.get(status="draft"), by=finance, at=LATER, why="not yet")
    assert (True, 5_000, Decimal("50.00")) in items(prepare(bill, finance, AUGUST))


def test_while_a_draft_waits_nothing_is_credited(db, finance):
    bill = first(finance)
    prepare(bill, finance)
    fewer(10_000)
    with pytest.raises(Refused, match="a draft bill of this order waits"):
        correcting_counts.credit(bill, by=finance, at=LATER)


def test_only_finance_credits(db, finance, trafficker):
    with pytest.raises(NotAllowed):
        correcting_counts.credit(first(finance), by=trafficker, at=LATER)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_changes_bills_and_credits_come_to_the_count(db, finance, seed):
    """Random changes of any month between bills: all together is what one bill of the final counts would be."""
    draw = random.Random(seed)
    bill = first(finance, (80_001, 60_003, 70_007), bill_cap=draw.choice(["none", "cumulative"]), quantity=300_001)
    bills = [bill]
    for on in (JULY, AUGUST):
        for month in range(len(bills)):
            late(bill, draw.randrange(1, 9_000), after=2 + len(bills), month=month)
            fewer(draw.randrange(1, 20_000), month)
        bills.append(issuing.issue(prepare(bill, finance, on), by=finance, at=LATER))
        for one in bills:
            try:
                correcting_counts.credit(one, by=finance, at=LATER)
            except Refused:
                continue
        assert balanced(bill)
    net = sum(Fact.objects.values_list("net", flat=True))
    due = (bill.order.lines.get().amount * min(net, 300_001) / 300_001).quantize(Decimal("0.01"))
    credited = sum(Decimal(one["amount"]) for note in CreditNote.objects.all() for one in note.corrections)
    assert sum(one.gross for one in bills) + credited == due


def test_not_knowing_what_was_settled_it_would_be_billed_twice(db, finance, monkeypatch):
    """The negative control."""
    bill = first(finance)
    late(bill, 5_000)
    issuing.issue(prepare(bill, finance), by=finance, at=LATER)
    real = corrections._settled
    monkeypatch.setattr(corrections, "_settled", lambda issued, found: real(issued[:1], found))
    assert any(corrects for corrects, *_ in items(prepare(bill, finance, AUGUST)))
