"""Freeing what had been applied to a credited invoice, so that it is on its payer's account again."""

from decimal import Decimal

from makegood.billing import balances
from makegood.billing.models import Allocation, CreditNote, Freed


def free(note: CreditNote, amount: Decimal) -> list[Freed]:
    """Take `amount` off what payments settle of the credited invoice, the newest allocation first.

    Runs inside the transaction of the credit note, which has the invoice locked. Payments need no lock: theirs only grows
    what is left of them.
    """
    made = []
    for one in balances.with_rest(Allocation.objects.filter(invoice=note.invoice_id)).order_by("-pk"):
        part = min(amount, one.rest)  # type: ignore[attr-defined]
        if part > 0:
            made.append(Freed.objects.create(credit_note=note, allocation=one, amount=part))
            amount -= part
    return made
