"""Issue, pay, credit, dispute: money moves once, figures never change, documents come out the same years later."""

import datetime
from decimal import Decimal

import pgtrigger
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from makegood.billing import balances, computing, documents, ledger
from makegood.billing.actions import correcting, issuing, preparing, receiving
from makegood.billing.models import CreditNote, Entry, Invoice, InvoiceLine, Payment
from makegood.billing.queries import invoices, receivables
from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.core.models import NumberSeries, Seller
from makegood.work.models import Case
from tests import personas
from tests.factories import billing
from tests.factories.accounts import NOW
from tests.factories.billing import BROADCAST

D = Decimal


@pytest.fixture
def invoice(finance):
    return billing.issued(billing.ran(), finance)


def books(invoice):
    return {code: ledger.balance(code, currency="USD", party_id=invoice.bill_to_id) for code in ledger.CHART}


def pay(invoice, amount, finance, reference="WIRE 1", **more):
    facts = {"currency": "USD", "received_on": NOW.date(), "reference": reference, "by": finance, "at": NOW} | more
    return receiving.record(invoice.bill_to, D(amount), **facts)


def test_an_issued_invoice_has_a_number_a_document_and_a_balanced_entry(invoice):
    assert (invoice.number, invoice.status, invoice.due_on) == ("2026-0001", "issued", datetime.date(2026, 12, 23))
    assert (invoice.gross, invoice.commission, invoice.net) == (D("1200.00"), D("180.00"), D("1020.00"))
    assert invoice.document.path.read_bytes()[:5] == b"%PDF-"
    assert books(invoice) == {
        "1000": 0, "1200": D("1020"), "2200": 0, "4000": D("-1200"), "4900": 0, "5000": D("180"),
    }  # fmt: skip


def test_paid_in_two_parts_and_once_per_reference(invoice, finance):
    pay(invoice, "400", finance)
    with pytest.raises(Refused, match="recorded already"):
        pay(invoice, "400", finance)
    invoice.refresh_from_db()
    assert (invoice.status, balances.of(invoice)) == ("issued", D("620.00"))
    pay(invoice, "700", finance, "WIRE 2")
    invoice.refresh_from_db()
    assert (invoice.status, balances.of(invoice)) == ("paid", D("0.00"))
    assert books(invoice)["1200"] == D("-80")  # overpaid: on account
    assert Payment.objects.count() == 2


def test_no_more_is_applied_than_is_owed_and_only_by_the_payer(invoice, finance):
    with pytest.raises(Invalid, match="more than is owed"):
        pay(invoice, "2000", finance, apply_to={invoice: D("2000")})
    with pytest.raises(Invalid, match="another account"):
        receiving.record(
            invoice.order.advertiser, D(10), currency="USD", received_on=NOW.date(), reference="X", by=finance, at=NOW, apply_to={invoice: D(10)}
        )
    assert not Payment.objects.exists()
    assert not Entry.objects.filter(kind="payment").exists()


def test_a_credit_note_is_numbered_documented_and_posted(invoice, finance):
    note = correcting.credit(invoice, D("20.00"), reason="Sent late", by=finance, at=NOW)
    assert (note.number, balances.of(invoice)) == ("CN-2026-0001", D("1000.00"))
    assert note.document.path.read_bytes()[:5] == b"%PDF-"
    assert (books(invoice)["1200"], books(invoice)["4900"]) == (D("1000"), D("20"))
    with pytest.raises(Invalid, match=r"what is not credited of its net yet, 1000\.00"):
        correcting.credit(invoice, D("1000.01"), reason="Too much", by=finance, at=NOW)
    correcting.credit(invoice, D("1000.00"), reason="All of it", by=finance, at=NOW)
    invoice.refresh_from_db()
    assert invoice.status == "paid"


def test_a_dispute_is_a_case_and_ends_in_a_credit_or_a_rejection(invoice, finance, account_manager):
    def disputed():
        return correcting.dispute(invoice, D("100"), "Counts differ", owner=account_manager, by=finance, at=NOW)

    one, other = disputed(), disputed()
    assert Case.objects.get(pk=one.case_id).owner == account_manager
    correcting.settle(one, credited=D("60"), why="Half of it was ours", by=finance, at=NOW)
    correcting.settle(other, credited=D("0"), why="The counts agree", by=finance, at=NOW)
    assert (one.status, other.status, balances.of(invoice)) == ("settled", "rejected", D("960.00"))
    assert Case.objects.get(pk=one.case_id).status == "resolved"
    with pytest.raises(Invalid, match="100"):
        correcting.settle(disputed(), credited=D("101"), why="More", by=finance, at=NOW)


def test_a_rolled_back_issue_leaves_no_gap(finance):
    order = billing.ran()
    first, second = (preparing.prepare(order, day, by=finance, at=NOW) for day in BROADCAST[:2])
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        issuing.issue(first, by=finance, at=NOW)
        raise ZeroDivisionError
    second = issuing.issue(second, by=finance, at=NOW)
    first = issuing.issue(Invoice.objects.get(pk=first.pk), by=finance, at=NOW)
    assert (second.number, first.number, NumberSeries.objects.get(name="invoice-2026").last) == ("2026-0001", "2026-0002", 2)
    with pytest.raises(Refused, match="it is issued"):
        issuing.issue(first, by=finance, at=NOW)


def test_issued_figures_and_lines_never_change(invoice):
    line = invoice.lines.get()
    attempts = [
        lambda: Invoice.objects.filter(pk=invoice.pk).update(net=1, gross=1, commission=0),
        lambda: Invoice.objects.filter(pk=invoice.pk).update(inputs={}),
        lambda: Invoice.objects.filter(pk=invoice.pk).update(due_on=NOW.date()),
        lambda: Invoice.objects.filter(pk=invoice.pk).delete(),
        lambda: InvoiceLine.objects.filter(pk=line.pk).update(amount=1),
        lambda: InvoiceLine.objects.filter(pk=line.pk).delete(),
        lambda: InvoiceLine.objects.create(**{f.attname: getattr(line, f.attname) for f in line._meta.fields if f.name != "id"} | {"number": 9}),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError, match=r"Cannot|never change"), transaction.atomic():
            attempt()
    with pgtrigger.ignore("billing.InvoiceLine:issued_lines_stay"):  # control: without the guard it goes through
        assert InvoiceLine.objects.filter(pk=line.pk).update(amount=1) == 1


def test_it_replays_to_the_cent_and_to_the_same_bytes_after_everything_was_renamed(invoice, monkeypatch):
    before = documents.invoice_pdf(invoice)
    assert before == invoice.document.path.read_bytes()
    for account in (invoice.order.advertiser, invoice.bill_to):
        account.party.name += " International"
        account.party.save()
        account.address = "Elsewhere"
        account.save()
    invoice.order.__class__.objects.filter(pk=invoice.order_id).update(name="Renamed", payment_days=90, bill_cap="none", po_number="PO-8")
    Seller.objects.update(name="Northlight Group", bank="IBAN: XX11", address="Nowhere")
    line = invoice.lines.get().line
    line.product.__class__.objects.filter(pk=line.product_id).update(name="Renamed product")
    line.__class__.objects.filter(pk=line.pk).update(name="Renamed line", rate=99)
    again = Invoice.objects.get(pk=invoice.pk)
    assert documents.invoice_pdf(again) == before
    replayed = computing.compute(again.inputs)
    assert (replayed.gross, replayed.commission, replayed.net) == (again.gross, again.commission, again.net)
    other = again.inputs["paper"] | {"campaign": "Renamed"}  # control: a document that read the live name would differ
    monkeypatch.setitem(again.inputs, "paper", other)
    assert documents.invoice_pdf(again) != before


def test_the_database_refuses_an_entry_that_does_not_balance(db, finance, invoice):
    def unbalanced(reference):
        sides = [(ledger.CASH, D("10")), (ledger.RECEIVABLE, D("-9.99"))]
        ledger.post("payment", reference, sides, currency="USD", party_id=invoice.bill_to_id, by=finance, at=NOW)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
        unbalanced("bad")
    with pgtrigger.ignore("billing.Posting:entries_balance"):
        unbalanced("let through without the trigger")
    assert list(Entry.objects.filter(kind="payment").values_list("reference", flat=True)) == ["let through without the trigger"]


def test_money_rows_are_append_only(invoice, finance):
    pay(invoice, "10", finance)
    correcting.credit(invoice, D("5"), reason="Goodwill", by=finance, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("entry", "posting", "payment", "creditnote", "allocation"):
            for statement in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
                with pytest.raises(DatabaseError, match=r"Cannot update or delete|is append-only"), transaction.atomic():
                    cursor.execute(statement.format(f"billing_{table}"))
        with pgtrigger.ignore("billing.Payment:append_only"):  # control
            cursor.execute("UPDATE billing_payment SET id = id")
            assert cursor.rowcount == 1


def test_who_may_do_what(invoice, finance, lead, campaign_manager):
    agent = personas.person("Bill Bot", "finance", agent_for=finance)
    for by in (campaign_manager, agent):
        with pytest.raises(NotAllowed):
            correcting.credit(invoice, D(1), reason="No", by=by, at=NOW)
        with pytest.raises(NotAllowed):
            pay(invoice, "1", by)
        with pytest.raises(NotAllowed):
            issuing.issue(invoice, by=by, at=NOW)
    assert not CreditNote.objects.exists()


def test_clients_see_their_issued_invoices_and_rivals_none(invoice, finance):
    draft = preparing.prepare(invoice.order, BROADCAST[1], by=finance, at=NOW)
    rival_order = billing.ran(name="Rival", client="Harrow Mutual", agency=False)
    client = personas.client_of(invoice.order.advertiser.party, "Lena Ortiz")
    buyer = personas.client_of(invoice.bill_to.party, "Sal Buyer")
    rival = personas.client_of(rival_order.advertiser.party, "Rhea Rival")
    seen = {who.name: list(invoices.invoice_list(who).values_list("pk", flat=True)) for who in (client, buyer, rival)}
    assert seen == {"Lena Ortiz": [invoice.pk], "Sal Buyer": [invoice.pk], "Rhea Rival": []}
    assert set(invoices.invoice_list(finance).values_list("pk", flat=True)) == {invoice.pk, draft.pk}
    with pytest.raises(Invoice.DoesNotExist):
        invoices.invoice_view(rival, invoice.pk, today=NOW.date())
    for who in (client, buyer):
        correcting.dispute(invoice, D(1), "Counts differ", owner=finance, by=who, at=NOW)
    with pytest.raises(NotAllowed):
        correcting.dispute(invoice, D(1), "Mine too", owner=finance, by=rival, at=NOW)
    assert receivables.aging(rival, NOW.date()) == []


def test_receivables_by_age(invoice, finance):
    pay(invoice, "20", finance)
    row, = receivables.aging(finance, invoice.due_on + datetime.timedelta(days=31))
    assert (row.name, row.buckets["31-60"], row.total) == ("Fenwick & Rowe", D("1000.00"), D("1000.00"))
    assert [receivables.bucket(invoice.due_on, invoice.due_on + datetime.timedelta(days=n)) for n in (0, 1, 30, 31, 61, 91)] == [
        "current", "1-30", "1-30", "31-60", "61-90", "over 90",
    ]  # fmt: skip


def test_the_view_explains(invoice, finance):
    view = invoices.invoice_view(finance, invoice.pk, today=invoice.due_on + datetime.timedelta(days=3))
    assert (view.replays, view.overdue_days, view.delivered_not_billed) == (True, 3, D("0.00"))
    assert [row["name"] for row in view.alternates] == [
        "Capped at the goal", "Capped at each period's goal", "Capped at the goal to date", "Contracted amount", "No cap",
    ]  # fmt: skip
