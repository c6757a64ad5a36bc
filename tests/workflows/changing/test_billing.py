"""Bill, amend, bill: what is billed stays, the bills that follow come to exactly the rest; what a bill holds is not undone."""

import datetime
from decimal import Decimal

import pytest

from makegood.billing.actions import issuing, preparing
from makegood.billing.models import Invoice, Posting
from makegood.core.errors import Invalid
from makegood.core.models import Role
from makegood.orders.actions import changing, running
from makegood.orders.models import Order
from makegood.work.models import Approval
from makegood.workflows import changing as workflow
from makegood.workflows.ordering import deciding
from tests.factories import billing, catalog, delivery, orders
from tests.factories.accounts import NOW
from tests.factories.billing import BROADCAST, COUNTED

pytestmark = pytest.mark.django_db
D = Decimal
JULY = datetime.datetime(2026, 7, 1, 15, tzinfo=datetime.UTC)


def first_billed(finance, delivered=120_000, **terms):
    """300,000 at $10 CPM over three broadcast months, the first delivered and billed."""
    order = billing.ran((delivered,), complete=False, agency=False, **terms)
    running.start(order.lines.get().flights.select_related("line__order").get(), by=None, at=JULY)
    order = Order.objects.get(pk=order.pk)
    return order, billing.issued(order, finance, at=JULY)


def amended(order, *asked, at=JULY):
    change = changing.begin(order, by=None, at=at)
    for one in asked:
        workflow.collect(change, one, by=None, at=at)
    workflow.send(change, by=None, at=at)
    for side in ("seller", "client"):
        workflow.sign(change, side, "Somebody", by=None, at=at)
    assert change.status == "applied"
    return Order.objects.get(pk=order.pk)


@pytest.mark.parametrize(
    ("terms", "first", "asked", "rest", "whole"),
    [
        # 120,000 billed at $10; 380,000 left at $12, of which 100,000 and 280,000 delivered
        ({}, 120_000, [{"op": "line.quantity", "line": 1, "quantity": 500_000}, {"op": "line.rate", "line": 1, "rate": "12"}], ["1200.00", "3360.00"], "5760.00"),
        # cut to 200,000: 80,000 left, all of it delivered in July
        ({}, 120_000, [{"op": "line.quantity", "line": 1, "quantity": 200_000}], ["800.00"], "2000.00"),
        # capped at each period's goal: 100,000 of 120,000 billed; of 400,000 left, 300,000 more, each month its half
        ({"bill_cap": "per_cycle"}, 120_000, [{"op": "line.quantity", "line": 1, "quantity": 400_000}], ["1000.00", "1500.00"], "3500.00"),
        # equal months, contracted: 1,000 billed, 3,500 left in two months
        ({"bill_source": "contracted", "bill_schedule": "straightline"}, 120_000, [{"op": "line.quantity", "line": 1, "quantity": 450_000}], ["1750.00", "1750.00"], "4500.00"),
    ],
)  # fmt: skip
def test_bill_amend_bill(finance, terms, first, asked, rest, whole):
    order, issued = first_billed(finance, first, **terms)
    issued.refresh_from_db()
    before = (issued.gross, issued.inputs, list(Posting.objects.values_list("pk", flat=True)))
    order = amended(order, *asked)
    line = order.lines.get()
    delivery.count(line, dict(zip(COUNTED[1:], (100_000, 280_000), strict=True)))
    made = [preparing.prepare(order, day, by=finance, at=NOW) for day in BROADCAST[1 : 1 + len(rest)]]
    assert [one.gross for one in made] == [D(amount) for amount in rest]
    assert issued.gross + sum(one.gross for one in made) == D(whole)
    issued.refresh_from_db()
    assert (issued.gross, issued.inputs, list(Posting.objects.values_list("pk", flat=True))) == before


def test_an_amendment_amended_again_bills_the_rest_of_the_rest(finance):
    order, issued = first_billed(finance)
    order = amended(order, {"op": "line.quantity", "line": 1, "quantity": 400_000})
    delivery.count(order.lines.get(), {COUNTED[1]: 100_000})
    august = datetime.datetime(2026, 8, 1, 15, tzinfo=datetime.UTC)
    second = issuing.issue(preparing.prepare(order, BROADCAST[1], by=finance, at=august), by=finance, at=august)
    order = amended(order, {"op": "line.rate", "line": 1, "rate": "20"}, at=august)
    delivery.count(order.lines.get(), {COUNTED[2]: 200_000})
    third = preparing.prepare(order, BROADCAST[2], by=finance, at=NOW)
    assert [issued.gross, second.gross, third.gross] == [D("1200.00"), D("1000.00"), D("3600.00")]
    assert order.gross == D("5800.00") == sum(one.gross for one in Invoice.objects.filter(order=order))


def test_what_is_billed_and_what_ran_cannot_be_undone(finance):
    order, _ = first_billed(finance)
    change = changing.begin(order, by=None, at=JULY)
    for asked, said in (
        ({"op": "line.quantity", "line": 1, "quantity": 100_000}, "120,000 are billed"), ({"op": "line.cut", "line": 1}, "no line would be left"),
        ({"op": "line.dates", "line": 1, "start": "2026-07-02"}, "its start stays"), ({"op": "line.dates", "line": 1, "end": "2026-06-20"}, "is over and it has run"),
        ({"op": "line.quantity", "line": 1, "quantity": 150_000, "amount": "900"}, "1,200.00 is billed"),
        ({"op": "order.term", "name": "calendar", "value": "calendar"}, "is billed until 2026-06-28"),
        ({"op": "line.add", "product": "run-of-site", "start": "2026-06-20", "end": "2026-08-01", "quantity": 5}, "before today"),
    ):  # fmt: skip
        with pytest.raises(Invalid, match=said):
            workflow.collect(change, asked, by=None, at=JULY)
    workflow.collect(change, {"op": "line.add", "product": "run-of-site", "start": "2026-07-02", "end": "2026-08-01", "quantity": 5_000}, by=None, at=JULY)
    with pytest.raises(Invalid, match="it cannot be cut"):
        workflow.collect(change, {"op": "line.cut", "line": 1}, by=None, at=JULY)


def test_notice_ends_the_line_bills_what_ran_and_the_fee(finance, account_manager):
    order, issued = first_billed(finance)  # at the end of June's broadcast month: 84 days, 31 of them over
    change = workflow.give_notice(order, by=account_manager, at=JULY, source="letter of 1 July", why="the store closes")
    line, fee = Order.objects.get(pk=order.pk).lines.order_by("number")
    assert (change.status, line.end, line.quantity) == ("applied", datetime.date(2026, 7, 31), 217_858)  # 61 of 84 days, rounded up
    assert (line.amount, fee.amount, fee.name) == (D("2178.58"), D("410.71"), "Cancellation fee")  # half of 821.42
    delivery.count(line, {COUNTED[1]: 60_000, datetime.date(2026, 7, 30): 37_858})
    order = Order.objects.get(pk=order.pk)
    made = [preparing.prepare(order, day, by=finance, at=NOW) for day in BROADCAST[1:]]
    assert [[row.amount for row in one.lines.order_by("number")] for one in made] == [[D("600.00")], [D("378.58"), D("410.71")]]
    assert issued.gross + sum(one.gross for one in made) == order.gross == D("2589.29")
    assert (order.revisions.get(number=2).kind, change.notice["owed"]) == ("notice", "410.71")


def test_a_fee_let_off_waits_for_a_lead_and_nothing_ends_before(finance, account_manager, lead):
    order, _ = first_billed(finance)
    change = workflow.give_notice(order, by=account_manager, at=JULY, source="letter", why="a good client", fee=D("0"))
    assert (change.status, Order.objects.get(pk=order.pk).lines.get().end) == ("pending", billing.END)
    asked = Approval.objects.get(kind="cancellation_fee")
    deciding.decide(asked, "approved", by=lead, at=JULY)
    change.refresh_from_db()
    assert (change.status, [line.end for line in Order.objects.get(pk=order.pk).lines.all()]) == ("applied", [datetime.date(2026, 7, 31)])


def test_a_fee_let_off_goes_to_whom_the_sellers_rule_names(finance, account_manager, leadership):
    orders.rule("cancellation_fee", 400, Role.LEADERSHIP)
    order, _ = first_billed(finance)
    workflow.give_notice(order, by=account_manager, at=JULY, source="letter", why="a good client", fee=D("0"))
    asked = Approval.objects.get(kind="cancellation_fee")
    assert (asked.measure, asked.stages[0]["roles"]) == (D("410.71"), ["leadership"])
    deciding.decide(asked, "approved", by=leadership, at=JULY)
    assert [one.status for one in order.changes.all()] == ["applied"]


def test_a_fee_not_let_off_leaves_the_order_running(finance, account_manager, lead):
    order, _ = first_billed(finance)
    workflow.give_notice(order, by=account_manager, at=JULY, source="letter", why="a good client", fee=D("100"))
    deciding.decide(Approval.objects.get(kind="cancellation_fee"), "rejected", by=lead, at=JULY, reason="they signed it")
    assert [one.status for one in order.changes.all()] == ["withdrawn"]
    assert Order.objects.get(pk=order.pk).revision == 1


def test_impressions_of_a_takeover_are_no_days_of_it(finance):
    order = orders.order(start=billing.START, end=billing.END)
    line = orders.line(order, catalog.takeover(), quantity=4, start=JULY.date(), end=JULY.date() + datetime.timedelta(days=3))
    orders.booked(order)
    delivery.count(line, {JULY.date(): 90_000})
    running.start(line.flights.select_related("line__order").get(), by=None, at=JULY)
    change = changing.begin(Order.objects.get(pk=order.pk), by=None, at=JULY)
    workflow.collect(change, {"op": "line.end", "line": 1, "last": str(JULY.date() + datetime.timedelta(days=1))}, by=None, at=JULY)
    after = changing.wanted(change)["lines"][0]
    assert (after["quantity"], after["amount"]) == (2, "48000.00")
