"""Money on account: a paid bill is credited, what that frees is applied to the next bill or paid back. Nothing falls below zero."""

import datetime
import random
from decimal import Decimal as D

import pgtrigger
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from makegood.billing import balances, ledger
from makegood.billing.actions import applying, correcting, correcting_counts, issuing, preparing, receiving, refunding
from makegood.billing.models import Allocation, CreditNote, Entry, Freed, Invoice, Payment, Refund
from makegood.billing.queries import invoices, on_account
from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.delivery.models import Fact
from makegood.documents.written import invoice_pages
from makegood.orders.models import Order
from tests import personas
from tests.factories import billing
from tests.factories.accounts import NOW

DAY = datetime.timedelta(days=1)


@pytest.fixture
def bills(finance):
    """June and July of one campaign through an agency: $1,020.00 and $510.00 net."""
    order = billing.ran()
    return [billing.issued(order, finance, day) for day in billing.BROADCAST[:2]]


def pay(invoice, amount, by, reference="WIRE 1", on=NOW.date(), **more):
    facts = {"currency": invoice.currency, "received_on": on, "reference": reference, "by": by, "at": NOW} | more
    return receiving.record(invoice.bill_to, D(amount), **facts)


def paid(invoice, by, reference="WIRE 1"):
    return pay(invoice, balances.of(invoice), by, reference, apply_to={invoice: balances.of(invoice)})


def credit(invoice, amount, by):
    return correcting.credit(invoice, D(amount), reason="Counted twice", by=by, at=NOW)


def back(payment, amount, by, reference="OUT 1", on=NOW.date(), why="They ask for it"):
    return refunding.refund(payment, D(amount), paid_on=on, reference=reference, why=why, by=by, at=NOW)


def status(invoice):
    return Invoice.objects.get(pk=invoice.pk).status


def at_once():
    """What the database looks at when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def whole(payer):
    """Every promise about money, of one payer in one currency: nothing below zero, and the ledger says what the rows say."""
    at_once()
    owed = [one.balance for one in balances.with_balance(Invoice.objects.filter(bill_to=payer, status__in=["issued", "paid"]))]
    left = [one.left for one in balances.with_left(Payment.objects.filter(account=payer))]
    assert min([*owed, *left, D(0)]) == 0
    assert ledger.balance(ledger.RECEIVABLE, currency="USD", party_id=payer.pk) == sum(owed) - sum(left)
    assert sum(ledger.balance(code, currency="USD") for code in ledger.CHART) == 0
    assert all((one.balance == 0) == (one.status == "paid") for one in balances.with_balance(Invoice.objects.filter(bill_to=payer, status__in=["issued", "paid"])))
    return sum(owed), sum(left)


def test_paid_disputed_credited_on_account_and_applied_to_the_next_bill(bills, finance, account_manager):
    june, july = bills
    payment = paid(june, finance)
    dispute = correcting.dispute(june, D("600"), "Counts differ", owner=account_manager, by=finance, at=NOW)
    correcting.settle(dispute, credited=D("600"), why="They are right", by=finance, at=NOW)
    assert (dispute.status, status(june), balances.of(june), balances.left(payment)) == ("settled", "paid", 0, D("600"))
    assert [(one.name, one.currency, one.amount) for one in on_account.by_payer(finance)] == [("Fenwick & Rowe", "USD", D("600.00"))]
    applying.on_account(july, D("510"), by=finance, at=NOW)
    assert (status(july), balances.left(payment), whole(june.bill_to)) == ("paid", D("90"), (0, D("90")))


def test_of_a_bill_paid_in_part_only_what_was_paid_is_freed(bills, finance):
    june, _ = bills
    first, second = (pay(june, amount, finance, ref, apply_to={june: D(amount)}) for amount, ref in (("400", "W1"), ("300", "W2")))
    note = credit(june, "700", finance)  # 320 were owed
    assert [(one.allocation.payment, one.amount) for one in note.frees.order_by("pk")] == [(second, D("300")), (first, D("80"))]
    assert (status(june), balances.left(first), balances.left(second)) == ("paid", D("80"), D("300"))
    assert balances.with_freed(CreditNote.objects).get().freed == D("380")
    credit(june, "320", finance)  # the rest of it
    assert (balances.left(first), whole(june.bill_to)) == (D("400"), (D("510"), D("700")))
    with pytest.raises(Invalid, match=r"0\.01 is not between zero and what is not credited of its net yet, 0\.00"):
        credit(june, "0.01", finance)


def test_freed_money_goes_to_a_bill_the_same_payment_is_on_already(bills, finance):
    june, july = bills
    payment = pay(june, "1200", finance)  # june, and 180 of july
    credit(june, "200", finance)
    applying.on_account(july, D("200"), by=finance, at=NOW)
    assert [one.amount for one in july.allocations.order_by("pk")] == [D("180"), D("200")]
    assert (balances.left(payment), whole(june.bill_to)) == (0, (D("130"), 0))


def test_the_oldest_payment_goes_first(bills, finance):
    june, july = bills
    late = pay(june, "200", finance, "LATE", NOW.date(), apply_to={})
    early = pay(june, "400", finance, "EARLY", NOW.date() - DAY, apply_to={})
    applying.on_account(july, D("450"), by=finance, at=NOW)
    assert (balances.left(early), balances.left(late), balances.of(july)) == (0, D("150"), D("60"))
    with pytest.raises(Invalid, match=r"more than is owed \(60"):
        applying.on_account(july, D("61"), by=finance, at=NOW)
    with pytest.raises(Invalid, match=r"between zero and the 150\.00 on account"):
        applying.on_account(june, D("151"), by=finance, at=NOW)


def test_counts_that_fell_after_payment_are_credited(bills, finance):
    june, _ = bills
    paid(june, finance)
    row = Fact.objects.filter(hour__date=billing.COUNTED[0]).get()
    Fact.objects.filter(pk=row.pk).update(gross=row.gross - 50_000, net=row.net - 50_000)
    assert correcting_counts.credit(june, by=finance, at=NOW).frees.get().amount == D("425.00")
    assert whole(june.bill_to) == (D("510"), D("425"))


def test_paid_back_with_its_reference_once(bills, finance):
    june, _ = bills
    payment = paid(june, finance)
    credit(june, "100", finance)
    made = back(payment, "60", finance)
    assert (made.account, balances.left(payment), whole(june.bill_to)) == (june.bill_to, D("40"), (D("510"), D("40")))
    assert {one.account.code: one.amount for one in Entry.objects.get(kind="refund").postings.all()} == {ledger.RECEIVABLE: D("60"), ledger.CASH: D("-60")}
    with pytest.raises(Refused, match="OUT 1 is recorded already"):
        back(payment, "10", finance)
    with pytest.raises(Invalid, match=r"what is left of it, 40\.00"):
        back(payment, "40.01", finance, "OUT 2")
    with pytest.raises(Invalid, match="it was received on"):
        back(payment, "1", finance, "OUT 2", NOW.date() - DAY)
    for words in ({"reference": " "}, {"why": " "}):
        with pytest.raises(Invalid, match="a reference and a reason"):
            back(payment, "1", finance, **{"reference": "OUT 2"} | words)
    assert Refund.objects.count() == 1


def test_not_in_another_currency_nor_of_another_account_nor_to_a_draft(bills, finance):
    june, july = bills
    euros = receiving.record(june.bill_to, D("50"), currency="EUR", received_on=NOW.date(), reference="E", by=finance, at=NOW)
    other = receiving.record(june.order.advertiser, D("50"), currency="USD", received_on=NOW.date(), reference="A", by=finance, at=NOW)
    with pytest.raises(Invalid, match=r"the 0\.00 on account"):
        applying.on_account(july, D("50"), by=finance, at=NOW)
    for payment in (euros, other):
        with pytest.raises(Invalid, match="another account or in another currency"):
            receiving.apply(payment, july, D("50"), by=finance, at=NOW)
    draft = preparing.prepare(june.order, billing.BROADCAST[2], by=finance, at=NOW)
    mine = pay(june, "1600", finance)
    with pytest.raises(Invalid, match="it is a draft"):
        receiving.apply(mine, draft, D("10"), by=finance, at=NOW)
    found = [(one.name, one.currency, one.amount, [each.reference for each in one.payments]) for one in on_account.by_payer(finance)]
    assert found == [("Fenwick & Rowe", "EUR", D("50"), ["E"]), ("Fenwick & Rowe", "USD", D("70"), ["WIRE 1"]), ("Oatfield Foods", "USD", D("50"), ["A"])]


def test_no_fraction_of_a_cent(bills, finance):
    """A row would round it and the ledger would not."""
    june, july = bills
    payment = pay(june, "1100", finance, apply_to={})
    attempts = [
        lambda amount: pay(june, amount, finance, "W2"), lambda amount: receiving.apply(payment, june, D(amount), by=finance, at=NOW),
        lambda amount: credit(july, amount, finance), lambda amount: back(payment, amount, finance),
    ]  # fmt: skip
    for attempt in attempts:
        for amount in ("10.005", "NaN", "Infinity"):
            with pytest.raises(Invalid, match="not an amount in whole cents"):
                attempt(amount)


def test_who_may_and_who_sees(bills, finance, lead, campaign_manager):
    june, july = bills
    payment = pay(june, "2000", finance)
    agent = personas.person("Bill Bot", "finance", agent_for=finance)
    for by in (lead, campaign_manager, agent):
        with pytest.raises(NotAllowed):
            back(payment, "1", by)
        with pytest.raises(NotAllowed):
            applying.on_account(july, D("1"), by=by, at=NOW)
    rival = billing.ran(name="Rival", client="Harrow Mutual", agency=False).advertiser
    buyer, other = personas.client_of(june.bill_to.party, "Sal Buyer"), personas.client_of(rival.party, "Rhea Rival")
    assert [[one.amount for one in on_account.by_payer(who)] for who in (finance, buyer, other)] == [[D("470")], [D("470")], []]
    assert (on_account.payments(other).count(), on_account.payments(buyer).get()) == (0, payment)


def test_what_is_on_account_is_read_at_once(bills, finance, django_assert_num_queries):
    for number in range(3):
        pay(bills[0], "10", finance, f"W{number}", apply_to={})
    with django_assert_num_queries(1):
        assert [len(one.payments) for one in on_account.by_payer(finance)] == [3]


def test_a_prepaid_order_is_not_paid_twice_by_one_dollar(bills, finance):
    from makegood.workflows.crediting import advance

    june, _ = bills
    paid(june, finance)
    credit(june, "600", finance)
    assert advance.paid(Order.objects.get(pk=june.order_id)) == D("1020")


def test_the_credit_note_says_what_stays_to_their_credit(bills, finance, monkeypatch):
    said = []
    real = invoice_pages.credit_note
    monkeypatch.setattr(invoice_pages, "credit_note", lambda *given, **named: said.append(real(*given, **named)["remit"]) or real(*given, **named))
    june, july = bills
    paid(june, finance)
    credit(july, "10", finance)
    credit(june, "20", finance)
    pay(july, "480", finance, "W2", apply_to={july: D("480")})
    credit(july, "30", finance)
    kept = "stays to your credit, for another invoice or to be paid back to you."
    assert [one.replace("\u202f", " ") for one in said] == [
        f"Set off this amount against invoice {july.number}; nothing is payable on this document.",
        f"Invoice {june.number} was paid: $20.00 {kept}",
        f"Set off $20.00 against invoice {july.number}. The rest of it was paid: $10.00 {kept}",
    ]


def test_the_new_rows_are_append_only(bills, finance):
    payment = paid(bills[0], finance)
    credit(bills[0], "5", finance)
    back(payment, "5", finance)
    at_once()
    with connection.cursor() as cursor:
        for table in ("freed", "refund"):
            for statement in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
                with pytest.raises(DatabaseError, match=r"Cannot update or delete|is append-only"), transaction.atomic():
                    cursor.execute(statement.format(f"billing_{table}"))


def broken(june, july, payment, note, by):
    """Rows no action writes, each with the guard that refuses it and its words."""
    small, facts = pay(june, "9", by, "W9", apply_to={}), {"invoice": june, "reason": "x", "at": NOW}
    refund = {"payment": payment, "paid_on": NOW.date(), "why": "x", "at": NOW}
    allocation, freed = Allocation.objects, {"credit_note": note, "amount": 1}
    over, beyond, frees = "paid and credited over its net", "applied and refunded over its amount", "frees what was not applied to it, or more than it takes off"
    return [
        ("billing.Allocation:owed_not_below_zero", over, lambda: allocation.create(payment=small, invoice=june, amount=1)),
        ("billing.CreditNote:owed_not_below_zero", over, lambda: CreditNote.objects.create(number="CN-X", amount=1, **facts)),
        ("billing.Allocation:left_not_below_zero", beyond, lambda: allocation.create(payment=payment, invoice=july, amount=101)),
        ("billing.Refund:left_not_below_zero", beyond, lambda: Refund.objects.create(account=june.bill_to, reference="R1", amount=101, **refund)),
        ("billing.Refund:refunded_to_the_payer", "refunded to another", lambda: Refund.objects.create(account=june.order.advertiser, reference="R2", amount=1, **refund)),
        ("billing.Freed:freed_is_credited", frees, lambda: Freed.objects.create(allocation=june.allocations.get(), **freed)),
        ("billing.Freed:freed_is_credited", frees, lambda: Freed.objects.create(allocation=july.allocations.get(), **freed)),
    ]


def test_the_database_refuses_what_would_fall_below_zero(bills, finance):
    """Each guard, and as its control the same row let through without it."""
    june, july = bills
    payment = paid(june, finance)
    pay(july, "50", finance, "W3", apply_to={july: D("50")})
    note = credit(june, "100", finance)
    for guard, words, attempt in broken(june, july, payment, note, finance):
        at_once()
        with pytest.raises(IntegrityError, match=words), transaction.atomic():
            attempt()
            at_once()
        with pytest.raises(ZeroDivisionError), transaction.atomic(), pgtrigger.ignore(guard):
            attempt()
            at_once()
            raise ZeroDivisionError


def move(draw, bills, step, by):
    """One thing that can happen to money now, a fifth of them over what there is; the name of it."""
    invoice = balances.with_balance(Invoice.objects.filter(pk=draw.choice(bills).pk)).get()
    payments = list(balances.with_left(Payment.objects.all()).filter(left__gt=0).order_by("pk"))
    most = {
        "pay": invoice.balance, "keep": D(200), "credit": (invoice.net - invoice.credited) / 4,
        "apply": min(on_account.of_payer(by, invoice), invoice.balance), "refund": payments[0].left if payments else 0,
    }  # fmt: skip
    does = draw.choice([name for name, amount in most.items() if amount > 0])
    amount = max(D("0.01"), round(most[does] * D(draw.randrange(10, 125)) / 100, 2))
    acts = {
        "pay": lambda: pay(invoice, amount, by, f"W{step}"), "keep": lambda: pay(invoice, amount, by, f"W{step}", apply_to={}),
        "credit": lambda: credit(invoice, amount, by), "apply": lambda: applying.on_account(invoice, amount, by=by, at=NOW),
        "refund": lambda: back(payments[0], amount, by, f"R{step}"),
    }  # fmt: skip
    acts[does]()
    return does


@pytest.mark.parametrize("seed", range(2))
def test_in_whatever_order_money_moves_nothing_is_lost(bills, finance, seed):
    """Pay, credit, apply, refund at random, also what is refused: the rows and the ledger agree after each step."""
    draw, done = random.Random(seed), []
    bills.append(issuing.issue(preparing.prepare(bills[0].order, billing.BROADCAST[2], by=finance, at=NOW), by=finance, at=NOW))
    for step in range(30):
        try:
            done.append(move(draw, bills, step, finance))
        except Refused:
            done.append("refused")
        owed, left = whole(bills[0].bill_to)
    assert set(done) == {"pay", "keep", "credit", "apply", "refund", "refused"}
    assert Freed.objects.exists(), ' '.join(done)
    received, out, credited = (sum(model.objects.values_list("amount", flat=True)) for model in (Payment, Refund, CreditNote))
    assert owed - left == sum(one.net for one in bills) - credited - received + out


def test_a_client_reads_of_it_on_the_bill(bills, finance):
    june, _ = bills
    paid(june, finance)
    credit(june, "20", finance)
    client = personas.client_of(june.order.advertiser.party, "Lena Ortiz")
    view = invoices.invoice_view(client, june.pk, today=NOW.date())
    assert [one.freed for one in view.credit_notes] == [D("20.00")]
