"""Credit notes, and the disputes that may end in one."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from makegood.billing import amounts, balances, documents, gathering, ledger
from makegood.billing.actions import freeing, receiving
from makegood.billing.models import CreditNote, Dispute, Invoice, InvoiceLine
from makegood.core import activity, files, numbers, permissions, transitions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.work.actions import cases
from makegood.work.models import Case


@verbs.whole
def credit(
    invoice: Invoice, amount: Decimal, *, reason: str, by: Person, at: datetime.datetime, corrections: Sequence[dict[str, Any]] = ()
) -> CreditNote:  # fmt: skip
    """A numbered credit note over `amount` of an issued invoice, with its document and ledger entry.

    What is above the owed had been paid: it goes onto the payer's account. `corrections` say what it makes good of counts that
    changed (billing.corrections).
    """
    permissions.check(by, "billing.credit", invoice)
    Invoice.objects.select_for_update().get(pk=invoice.pk)
    invoice = balances.with_balance(Invoice.objects.select_related("order")).get(pk=invoice.pk)
    _check(invoice, amount, reason)
    freed = max(Decimal(0), amount - invoice.balance)  # type: ignore[attr-defined]
    today = gathering.local_day(at, invoice.order.zone)
    number = f"CN-{today:%Y}-{numbers.take(f'credit-{today:%Y}'):04d}"
    pdf = documents.credit_note_pdf(invoice, number, amount, reason, at, freed=freed)
    stored = files.store_bytes(
        pdf, name=f"credit-note-{number}.pdf", media_type="application/pdf", by=by, at=at, party=invoice.order.advertiser_id,
        visible_to_client=True,
    )  # fmt: skip
    note = CreditNote.objects.create(
        number=number, invoice=invoice, amount=amount, reason=reason, corrections=list(corrections), document=stored, by=by, at=at
    )  # fmt: skip
    freeing.free(note, freed)
    activity.record(note, "credit_note.issued", by=by, at=at, why=reason, visible_to_client=True, after={"amount": str(amount), "freed": str(freed)})
    ledger.post(
        "credit", number, [(ledger.ALLOWANCES, amount), (ledger.RECEIVABLE, -amount)],
        currency=invoice.currency, party_id=invoice.bill_to_id, by=by, at=at, memo=reason[:200],
    )  # fmt: skip
    receiving.settle(invoice, by=by, at=at)
    return note


def _check(invoice: Invoice, amount: Decimal, reason: str) -> None:
    """Whether the locked invoice, which carries what was credited, can be credited over `amount`."""
    if invoice.status not in ("issued", "paid"):
        raise Invalid(f"it is {invoice.status}.", place=str(invoice), remedy="Only an issued invoice is corrected; discard a draft.")
    amounts.check(amount, str(invoice))
    room = invoice.net - invoice.credited  # type: ignore[attr-defined]
    if not 0 < amount <= room:
        raise Invalid(f"{amount} is not between zero and what is not credited of its net yet, {room}.", place=str(invoice), remedy="Credit less.")
    if not reason.strip():
        raise Invalid("a credit note says why.", place="reason", remedy="Give the reason; the client reads it.")


@verbs.whole
def dispute(
    invoice: Invoice, amount: Decimal, reason: str, *, owner: Person, by: Person | None, at: datetime.datetime,
    line: InvoiceLine | None = None,
) -> Dispute:  # fmt: skip
    """A client's objection: opens a billing case with a clock."""
    permissions.check(by, "billing.dispute", invoice)
    if invoice.status not in ("issued", "paid") or not 0 < amount <= invoice.net:
        raise Invalid("only an issued invoice is disputed, up to its net.", place=str(invoice), remedy="Check invoice and amount.")
    case = cases.open(
        invoice, kind="billing", title=f"Dispute of {invoice}", detail=reason, owner=owner, by=by, at=at, amount=amount,
        currency=invoice.currency,
    )  # fmt: skip
    found = Dispute.objects.create(invoice=invoice, invoice_line=line, amount=amount, reason=reason, case_id=case.pk, at=at)
    return transitions.start(found, by=by, at=at, why=reason, visible_to_client=True)


@verbs.whole
def settle(dispute: Dispute, *, credited: Decimal, why: str, by: Person, at: datetime.datetime) -> Dispute:
    """End a dispute: with a credit note over `credited`, or rejected when it is zero."""
    permissions.check(by, "billing.settle_dispute", dispute.invoice)
    if not why.strip():
        raise Invalid("settling a dispute needs its reason.", place=str(dispute.invoice), remedy="Say why; the client reads it.")
    if not 0 <= credited <= dispute.amount:
        raise Invalid(f"{credited} is not between zero and the {dispute.amount} disputed.", place=str(dispute.invoice), remedy="Credit less.")
    if credited:
        credit(dispute.invoice, credited, reason=why, by=by, at=at)
    case = Case.objects.filter(pk=dispute.case_id, status__in=["open", "waiting"]).first()
    if case:
        cases.resolve(case, cause="billing dispute", resolution=why, by=by, at=at)
    return transitions.move(dispute, "settled" if credited else "rejected", by=by, at=at, why=why, visible_to_client=True)
