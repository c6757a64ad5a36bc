"""A change order from its first operation to taking effect: two classes, two ways."""

import datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from makegood.core import activity
from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.core.models import Activity, Role
from makegood.orders import queries, snapshots
from makegood.orders.actions import cancelling, changing
from makegood.orders.changes import classes
from makegood.orders.changes.differences import Difference
from makegood.orders.errors import NotEnough
from makegood.orders.models import ChangeOrder, Order, Reservation
from makegood.work.models import Approval
from makegood.workflows import changing as workflow
from makegood.workflows.ordering import deciding
from tests import personas
from tests.factories import accounts, orders
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def booked(account_manager):
    made = orders.order(by=account_manager, commission_pct=D(15))
    orders.line(made, by=account_manager)
    return orders.booked(made)


def begun(order, by, *asked):
    change = changing.begin(order, by=by, at=NOW)
    for one in asked:
        workflow.collect(change, one, by=by, at=NOW)
    return change


def test_a_cap_is_pushed_at_once_as_a_revision_nobody_signs(booked, campaign_manager):
    change = begun(booked, campaign_manager, {"op": "line.cap", "line": 1, "cap": [3, 24]}, {"op": "order.term", "name": "po_number", "value": "PO 9"})
    workflow.push(change, by=campaign_manager, at=NOW)
    order = Order.objects.get(pk=booked.pk)
    line = order.lines.get()
    assert (change.status, order.status, order.revision, order.po_number) == ("applied", "booked", 2, "PO 9")
    assert (line.cap_count, line.cap_hours) == (3, 24)
    newest = order.revisions.get(number=2)
    assert (newest.kind, newest.sha256, newest.signatures.count()) == ("delivery", snapshots.sha256(snapshots.of(order)), 0)


def test_a_commercial_change_waits_for_both_signatures_while_the_order_stays_as_it_was(booked, account_manager, lead):
    orders.rule("discount", "15")
    change = begun(booked, account_manager, {"op": "line.quantity", "line": 1, "quantity": 600_000}, {"op": "line.rate", "line": 1, "rate": "9"})
    with pytest.raises(Refused, match="changes what was sold"):
        workflow.push(change, by=account_manager, at=NOW)
    before = snapshots.working(Order.objects.get(pk=booked.pk))
    workflow.send(change, by=account_manager, at=NOW)
    asked = Approval.objects.get(subject_type="orders.changeorder", status="pending")
    assert (change.status, asked.kind, asked.measure, asked.binds_to) == ("pending", "discount", D("25.00"), change.revision.sha256)
    with pytest.raises(NotAllowed):
        deciding.decide(asked, "approved", by=account_manager, at=NOW)
    deciding.decide(asked, "approved", by=lead, at=NOW)
    change.refresh_from_db()
    assert change.status == "approved" and change.revision.document.path.read_bytes()[:5] == b"%PDF-"
    workflow.sign(change, "seller", "Dana Whitfield", by=None, at=NOW)
    assert snapshots.working(Order.objects.get(pk=booked.pk)) == before
    workflow.sign(change, "client", "Lena Ortiz", by=None, at=NOW)
    order = Order.objects.get(pk=booked.pk)
    assert (change.status, order.revision, order.status, order.gross, order.net) == ("applied", 2, "booked", D("5400.00"), D("4590.00"))
    assert snapshots.sha256(snapshots.of(order)) == change.revision.sha256
    assert sum(Reservation.objects.filter(released_at=None).values_list("units", flat=True)) == 600_000


def test_rejected_it_is_collected_again_and_sent_as_the_next_revision(booked, account_manager, lead):
    orders.rule("discount", "15")
    change = begun(booked, account_manager, {"op": "line.rate", "line": 1, "rate": "9"})
    workflow.send(change, by=account_manager, at=NOW)
    deciding.decide(Approval.objects.get(status="pending"), "rejected", by=lead, at=NOW, reason="ten at least")
    change.refresh_from_db()
    assert change.status == "collecting"
    changing.take_back(change, by=account_manager, at=NOW)
    workflow.collect(change, {"op": "line.rate", "line": 1, "rate": "11"}, by=account_manager, at=NOW)
    workflow.send(change, by=account_manager, at=NOW)
    assert (change.status, change.revision.number) == ("approved", 3)


def test_withdrawn_nothing_of_it_stays_and_another_can_be_begun(booked, account_manager):
    before = snapshots.working(Order.objects.get(pk=booked.pk))
    change = begun(booked, account_manager, {"op": "line.quantity", "line": 1, "quantity": 600_000})
    workflow.send(change, by=account_manager, at=NOW)
    with pytest.raises(Refused, match="change 1 is out for signature"):
        changing.begin(booked, by=account_manager, at=NOW)
    workflow.sign(change, "client", "Lena Ortiz", by=None, at=NOW)
    changing.withdraw(change, by=account_manager, at=NOW, why="the client thought again")
    assert snapshots.working(Order.objects.get(pk=booked.pk)) == before
    with pytest.raises(Refused, match="withdrawn"):
        workflow.sign(change, "seller", "Dana", by=None, at=NOW)
    assert changing.begin(booked, by=account_manager, at=NOW).number == 2


def test_a_stale_base_is_refused_with_both_values_and_can_be_based_anew(booked, account_manager, campaign_manager):
    change = begun(booked, account_manager, {"op": "line.quantity", "line": 1, "quantity": 600_000})
    order = Order.objects.get(pk=booked.pk)
    activity.change(order, "order.edited", by=campaign_manager, at=NOW, po_number="PO-1")
    with pytest.raises(Refused, match="po_number was , is PO-1"):
        workflow.send(change, by=account_manager, at=NOW)
    workflow.rebase(change, by=account_manager, at=NOW)
    workflow.send(change, by=account_manager, at=NOW)
    assert change.status == "approved"


def test_lines_are_added_and_cut_with_their_reservations(booked, account_manager):
    later = orders.END + datetime.timedelta(days=7)
    change = begun(
        booked, account_manager,
        {"op": "line.add", "product": "run-of-site", "start": str(orders.START), "end": str(later), "quantity": 100_000, "name": "More"},
        {"op": "line.cut", "line": 1},
    )  # fmt: skip
    workflow.send(change, by=account_manager, at=NOW)
    for side in ("seller", "client"):
        workflow.sign(change, side, "Somebody", by=None, at=NOW)
    order = Order.objects.get(pk=booked.pk)
    assert list(order.lines.values_list("number", "status")) == [(1, "cancelled"), (2, "booked")]
    assert (order.gross, order.end) == (D("1200.00"), later)
    assert list(Reservation.objects.filter(released_at=None).values_list("flight__line__number", "units")) == [(2, 100_000)]


def test_what_cannot_be_is_refused_where_it_is_asked_and_nothing_is_collected(booked, account_manager):
    change = begun(booked, account_manager)
    for asked, said in (
        ({"op": "line.fly", "line": 1}, "line.fly"), ({"op": "line.cap", "line": 7, "cap": [1, 2]}, "no line 7"),
        ({"op": "line.quantity", "line": 1, "quantity": "many"}, "no number"), ({"op": "line.quantity", "line": 1, "quantity": 0}, "cannot be sold"),
        ({"op": "order.term", "name": "cap", "value": "sometimes"}, "unknown"), ({"op": "flight.move", "line": 1, "flight": 1, "start": "2026-01-01", "end": "2026-01-02"}, "outside"),
        ({"op": "line.dates", "line": 1, "start": "2026-11-01"}, "is over"), ({"op": "line.cut", "line": 1}, "no line would be left"),
    ):  # fmt: skip
        with pytest.raises(Invalid, match=said):
            workflow.collect(change, asked, by=account_manager, at=NOW)
    change.refresh_from_db()
    assert change.operations == []


def test_the_preview_says_what_it_comes_to_and_leaves_nothing(booked, account_manager):
    orders.rule("discount", "15")
    change = begun(
        booked, account_manager, {"op": "line.quantity", "line": 1, "quantity": 1_600_000}, {"op": "line.rate", "line": 1, "rate": "9"},
        {"op": "order.term", "name": "commission_pct", "value": "10"},
    )  # fmt: skip
    before, rows = snapshots.working(Order.objects.get(pk=booked.pk)), Reservation.objects.count()
    seen = workflow.preview(account_manager, change.pk, at=NOW)
    money = seen.view.money
    assert seen.view.commercial and seen.ready
    assert (money.gross.before, money.gross.after, money.net.after) == (D("6000.00"), D("14400.00"), D("12960.00"))
    assert [(one.line, one.delta) for one in money.lines] == [(1, D("8400.00"))]
    assert sum(one.after for one in money.months) == money.gross.after
    assert [(number, one.short > 0) for number, _, one in seen.capacity] == [(1, True)]
    assert sorted(need.kind for need in seen.needs) == ["discount", "overbooking"]
    assert "Approvers decide on discount, overbooking" in {f"{one.who} {one.what}" for one in seen.told}
    assert snapshots.working(Order.objects.get(pk=booked.pk)) == before and Reservation.objects.count() == rows


def test_a_cancelled_order_withdraws_its_open_change(booked, account_manager):
    change = begun(booked, account_manager, {"op": "line.quantity", "line": 1, "quantity": 600_000})
    workflow.send(change, by=account_manager, at=NOW)
    cancelling.cancel(booked, by=account_manager, at=NOW, why="the budget is gone")
    change.refresh_from_db()
    assert change.status == "withdrawn"


def test_sold_meanwhile_it_stays_signed_and_the_order_as_it_was_until_there_is_room(booked, account_manager):
    change = begun(booked, account_manager, {"op": "line.quantity", "line": 1, "quantity": 1_300_000})
    workflow.send(change, by=account_manager, at=NOW)
    other = orders.order("Rival", advertiser=accounts.advertiser("Meridian Rail"))
    orders.line(other, quantity=800_000)
    other = orders.booked(other)
    for side in ("seller", "client"):
        workflow.sign(change, side, "Somebody", by=None, at=NOW)
    assert (change.status, Order.objects.get(pk=booked.pk).revision) == ("signed", 1)
    assert "short by" in Activity.objects.get(verb="change_order.blocked").why
    with pytest.raises(NotEnough):
        workflow.take_effect(change, by=account_manager, at=NOW)
    cancelling.cancel(other, by=account_manager, at=NOW, why="they found another")
    workflow.take_effect(change, by=account_manager, at=NOW)
    assert (change.status, Order.objects.get(pk=booked.pk).revision) == ("applied", 2)


def test_what_was_sent_cannot_be_altered_by_anybody(booked, account_manager):
    change = begun(booked, account_manager, {"op": "line.quantity", "line": 1, "quantity": 600_000})
    workflow.send(change, by=account_manager, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        ChangeOrder.objects.filter(pk=change.pk).update(operations=[])
    with pytest.raises(Refused, match="out for signature"):
        workflow.collect(change, {"op": "line.cap", "line": 1, "cap": [1, 2]}, by=account_manager, at=NOW)


def test_software_prepares_and_pushes_nothing_and_clients_neither(booked, account_manager):
    agent = personas.person("Software Agent", Role.CAMPAIGN_MANAGER, agent_for=account_manager)
    change = begun(booked, agent, {"op": "line.cap", "line": 1, "cap": [3, 24]})
    contact = personas.client_of(booked.advertiser.party, "Lena Ortiz")
    rival = personas.client_of(accounts.advertiser("Meridian Rail").party, "Rita Rival")
    for person in (agent, contact, rival):
        with pytest.raises(NotAllowed):
            workflow.push(change, by=person, at=NOW)
    changing.take_back(change, by=agent, at=NOW)
    workflow.collect(change, {"op": "order.term", "name": "payment_days", "value": "45"}, by=agent, at=NOW)
    assert [list(queries.change_list(person)) for person in (contact, rival)] == [[], []]
    workflow.send(change, by=agent, at=NOW)
    assert [len(queries.to_sign(person)) for person in (contact, rival)] == [1, 0]
    assert queries.to_sign(contact)[0].diff.terms == (("payment_days", 30, 45),)
    for person in (agent, rival):
        with pytest.raises(NotAllowed):
            workflow.sign(change, "client", "Somebody", by=person, at=NOW)
    workflow.sign(change, "client", "Lena Ortiz", by=contact, at=NOW)
    assert queries.to_sign(contact) == []


def test_every_field_of_an_order_has_its_class_and_its_reason(booked):
    state = snapshots.working(Order.objects.get(pk=booked.pk))
    sums = {"number", "revision", "gross", "net", "start", "end", "billing", "desk", "lines"}
    assert (state.keys() - sums) | state["billing"].keys() | state["desk"].keys() == classes.HEAD.keys()
    assert (state["lines"][0].keys() - {"number"}) | {"line", "conversion_days"} == classes.LINE.keys()
    assert all(rule.why for rule in (*classes.HEAD.values(), *classes.LINE.values()))
    assert classes.rule(Difference(None, "", "something new", 1, 2)).kind is classes.Class.COMMERCIAL
