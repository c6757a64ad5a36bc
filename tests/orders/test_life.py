"""An order from draft to booked: what needs approval, who may give it, what a change undoes."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from makegood.core.errors import NotAllowed, Refused
from makegood.core.models import Activity
from makegood.orders.actions import approval, booking, cancelling, drafting, lines, signing
from makegood.orders.errors import AlreadyTaken, NotEnough
from makegood.orders.models import Reservation
from makegood.work.actions import approvals
from makegood.work.models import Approval
from tests import personas
from tests.factories import accounts, catalog, orders
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db


def test_an_order_at_card_rate_is_approved_signed_and_booked_with_its_reservation(account_manager):
    order = orders.drafted(by=account_manager)
    assert (order.gross, order.net) == (Decimal("6000.00"), Decimal("6000.00"))
    order = orders.booked(order)
    assert order.status == "booked"
    assert list(Reservation.objects.values_list("units", "exclusive")) == [(500_000, False)]
    assert {line.status for line in order.lines.all()} == {"booked"}
    revision = order.revisions.get()
    assert revision.document.path.read_bytes()[:5] == b"%PDF-"
    assert {one.sha256 for one in revision.signatures.all()} == {revision.sha256}


def test_commission_comes_off_the_gross_and_lines_keep_the_totals_true(account_manager):
    order = orders.drafted(by=account_manager)
    drafting.edit(order, by=account_manager, at=NOW, commission_pct=Decimal("15"))
    assert (order.gross, order.net) == (Decimal("6000.00"), Decimal("5100.00"))
    second = orders.line(order, quantity=100_000)
    assert order.gross == Decimal("7200.00")
    lines.edit(second, by=account_manager, at=NOW, quantity=200_000)
    assert (second.amount, order.gross) == (Decimal("2400.00"), Decimal("8400.00"))
    assert [flight.goal for flight in second.flights.all()] == [200_000]
    lines.remove(second, by=account_manager, at=NOW)
    assert (order.gross, order.net) == (Decimal("6000.00"), Decimal("5100.00"))


def test_a_deep_discount_waits_for_somebody_who_did_not_make_it(account_manager, lead):
    orders.rule("discount", "15")
    order = orders.order(by=account_manager)
    orders.line(order, rate=Decimal(9), by=account_manager)
    approval.submit(order, by=account_manager, at=NOW)
    asked = Approval.objects.get()
    assert (order.status, asked.kind, asked.measure) == ("pending", "discount", Decimal("25.00"))
    with pytest.raises(NotAllowed):
        approvals.decide(asked, "approved", by=account_manager, at=NOW)
    approvals.decide(asked, "approved", by=lead, at=NOW)
    assert approval.settle(order, by=lead, at=NOW).status == "approved"


def test_the_lead_who_edited_the_order_may_not_approve_it(account_manager, lead):
    orders.rule("discount", "15")
    order = orders.order(by=account_manager)
    line = orders.line(order, rate=Decimal(9), by=account_manager)
    lines.edit(line, by=lead, at=NOW, quantity=600_000)
    approval.submit(order, by=account_manager, at=NOW)
    with pytest.raises(NotAllowed):
        approvals.decide(Approval.objects.get(), "approved", by=lead, at=NOW)


def test_an_edit_after_approval_voids_it_and_makes_a_new_revision(account_manager, lead):
    orders.rule("discount", "15")
    order = orders.order(by=account_manager)
    line = orders.line(order, rate=Decimal(9), by=account_manager)
    approval.submit(order, by=account_manager, at=NOW)
    approvals.decide(Approval.objects.get(), "approved", by=lead, at=NOW)
    approval.settle(order, by=lead, at=NOW)
    lines.edit(line, by=account_manager, at=NOW, rate=Decimal(8))
    order.refresh_from_db()
    assert (order.status, order.revision) == ("draft", 2)
    assert Approval.objects.get().status == "void"
    approval.submit(order, by=account_manager, at=NOW)
    assert list(order.revisions.values_list("number", flat=True).order_by("number")) == [1, 2]
    assert order.status == "pending"


def test_a_rejection_makes_it_a_draft_again(account_manager, lead):
    orders.rule("discount", "15")
    order = orders.order(by=account_manager)
    orders.line(order, rate=Decimal(9), by=account_manager)
    approval.submit(order, by=account_manager, at=NOW)
    approvals.decide(Approval.objects.get(), "rejected", by=lead, at=NOW, reason="ten per cent at most")
    assert approval.settle(order, by=lead, at=NOW).status == "draft"


def test_a_rate_below_the_floor_asks_for_the_money_given_away(account_manager):
    orders.rule("floor")
    order = orders.order(by=account_manager)
    orders.line(order, rate=Decimal(7), by=account_manager)
    approval.submit(order, by=account_manager, at=NOW)
    assert Approval.objects.get().measure == Decimal("500.00")


def test_credit_hold_asks_finance_and_credit_stop_refuses(account_manager, finance):
    from makegood.accounts.actions import accounts as verbs

    orders.rule("credit", "0", "finance")
    order = orders.drafted(by=account_manager)
    verbs.set_credit(order.advertiser, "on_hold", by=finance, at=NOW, why="two invoices overdue")
    approval.submit(order, by=account_manager, at=NOW)
    assert (order.status, Approval.objects.get().kind) == ("pending", "credit")
    approval.withdraw(order, by=account_manager, at=NOW, why="wait")
    verbs.set_credit(order.advertiser, "stop", by=finance, at=NOW, why="ninety days")
    with pytest.raises(Refused, match="credit stop"):
        approval.submit(order, by=account_manager, at=NOW)


def test_selling_more_than_there_is_needs_approval_and_cannot_be_booked_without(account_manager, lead):
    orders.rule("overbooking")
    order = orders.order(by=account_manager)
    orders.line(order, quantity=2_000_000, by=account_manager)
    approval.submit(order, by=account_manager, at=NOW)
    asked = Approval.objects.get()
    assert asked.kind == "overbooking"
    assert asked.measure == pytest.approx(600_000, rel=0.05)
    approvals.decide(asked, "approved", by=lead, at=NOW)
    approval.settle(order, by=lead, at=NOW)
    signing.sign(order, "seller", "Dana", by=None, at=NOW)
    signing.sign(order, "client", "Lena", by=None, at=NOW)
    assert booking.book(order, by=account_manager, at=NOW).status == "booked"


def test_what_was_free_at_approval_and_sold_since_is_not_booked(account_manager):
    first = orders.signed(orders.drafted(by=account_manager))
    other = orders.order("Rival", advertiser=accounts.advertiser("Meridian Rail"))
    orders.line(other, quantity=1_200_000)
    orders.booked(other)
    with pytest.raises(NotEnough, match="short by"):
        booking.book(first, by=account_manager, at=NOW)
    assert Reservation.objects.filter(flight__line__order=first).count() == 0


def test_an_exclusive_day_is_told_taken_by_whom_until_when(account_manager):
    takeover = catalog.takeover()
    mine = orders.order(by=account_manager)
    orders.line(mine, takeover, quantity=2, start=orders.START, end=orders.START + datetime.timedelta(days=1))
    signed = orders.signed(mine)
    other = orders.order("Rival", advertiser=accounts.advertiser("Meridian Rail"))
    orders.line(other, takeover, quantity=1, start=orders.START, end=orders.START)
    orders.booked(other)
    with pytest.raises(AlreadyTaken) as refused:
        booking.book(signed, by=account_manager, at=NOW)
    assert (refused.value.holder, refused.value.order, refused.value.until) == ("Meridian Rail", other.number, orders.START)


def test_cancelling_frees_what_was_reserved(account_manager):
    order = orders.booked(orders.drafted(by=account_manager))
    cancelling.cancel(order, by=account_manager, at=NOW, why="the client's budget was cut")
    assert order.status == "cancelled"
    assert Reservation.objects.filter(released_at=None).count() == 0


def test_a_booked_order_is_not_edited(account_manager):
    order = orders.booked(orders.drafted(by=account_manager))
    with pytest.raises(Refused, match="booked"):
        lines.edit(order.lines.get(), by=account_manager, at=NOW, quantity=1)


def test_a_client_signs_its_own_and_a_rival_cannot(account_manager):
    order = approval.submit(orders.drafted(by=account_manager), by=account_manager, at=NOW)
    client = personas.client_of(order.advertiser.party, "Lena Ortiz")
    rival = personas.client_of(accounts.advertiser("Meridian Rail").party, "Rhea Rival")
    with pytest.raises(NotAllowed):
        signing.sign(order, "client", "Rhea Rival", by=rival, at=NOW)
    signing.sign(order, "client", "Lena Ortiz", by=client, at=NOW, ip="192.0.2.7")
    with pytest.raises(Refused, match="has signed"):
        signing.sign(order, "client", "Lena Ortiz", by=client, at=NOW)
    signing.sign(order, "seller", "Dana Whitfield", by=account_manager, at=NOW)
    order.refresh_from_db()
    assert order.status == "signed"


def test_an_order_changed_behind_the_actions_is_not_signed(account_manager):
    order = approval.submit(orders.drafted(by=account_manager), by=account_manager, at=NOW)
    order.lines.update(rate=Decimal(1))  # as somebody with a database prompt might
    with pytest.raises(Refused, match="differs"):
        signing.sign(order, "seller", "Dana", by=account_manager, at=NOW)


def test_software_may_draft_but_not_sign(account_manager):
    agent = personas.person("Draft Bot", "account_manager", agent_for=account_manager)
    order = approval.submit(orders.drafted(by=agent), by=agent, at=NOW)
    with pytest.raises(NotAllowed):
        signing.sign(order, "seller", "Bot", by=agent, at=NOW)


def test_every_step_is_in_the_history(account_manager):
    order = orders.booked(orders.drafted(by=account_manager))
    verbs = list(Activity.objects.filter(root_type="orders.order", root_id=order.pk).order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "order.created", "line.added", "order.totalled", "order.approved", "order.signed_by_seller", "order.signed_by_client",
        "order.signed", "flight.booked", "line.booked", "order.booked",
    ]  # fmt: skip


def test_statements_of_a_booking_do_not_grow_with_its_lines():
    def asked(count: int) -> int:
        made = orders.order(f"Of {count}")
        for _ in range(count):
            orders.line(made, quantity=1_000)
        orders.signed(made)
        with CaptureQueriesContext(connection) as said:
            booking.book(made, by=None, at=NOW)
        assert set(made.lines.values_list("status", "flights__status")) == {("booked", "booked")}
        return len(said)

    assert asked(1) == asked(4)
