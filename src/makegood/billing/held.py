"""The counts that the bills of an order are held to: those they were made from, or those that a later correction went by."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from makegood.billing import terms
from makegood.billing.models import CreditNote, Invoice
from makegood.orders.models import Order

Inputs = dict[str, Any]
Held = dict[tuple[int, str], Inputs]
"""(line id, end of cycle) -> counts."""


def issued(orders: Sequence[Order]) -> dict[int, list[Invoice]]:
    """The issued bills of each order by its id, in the order of their periods, with their lines and credit notes."""
    found: dict[int, list[Invoice]] = defaultdict(list)
    rows = Invoice.objects.filter(order__in={one.pk for one in orders}, status__in=["issued", "paid"]).prefetch_related("lines", "credit_notes")
    for bill in rows.only("order_id", "inputs", "period_start", "period_end", "issued_at").order_by("period_start", "pk"):
        found[bill.order_id].append(bill)
    return found


def counts(bills: Sequence[Invoice]) -> Held:
    """What issued bills froze, then what was made good of it, the latest last."""
    found = {}
    for bill in bills:
        for data in bill.inputs["lines"]:
            for cycle, count in zip(terms.thaw(data["terms"]).cycles(), data["counts"], strict=False):
                if bill.period_start <= cycle.end <= bill.period_end:
                    found[data["terms"]["line_id"], cycle.end.isoformat()] = count
    for one in corrected(bills):
        found |= {(one["line_id"], end): count for end, count in one["counts"].items()}
    return found


def corrected(bills: Sequence[Invoice]) -> list[Inputs]:
    """The corrections that these bills and their credit notes hold, the oldest first."""
    rows = [(bill.issued_at, one) for bill in bills for one in bill.inputs.get("corrections", ())]
    rows += [(note.at, one) for note in credited(bills) for one in note.corrections]
    return [one for _, one in sorted(rows, key=lambda row: row[0])]


def credited(bills: Sequence[Invoice]) -> list[CreditNote]:
    """Credit notes that these bills have."""
    return [note for bill in bills for note in bill.credit_notes.all()]


def put(data: Inputs, held: Held) -> Inputs:
    """The inputs of a bill with the counts held in the place of those of today."""
    if not held:
        return data
    lines = []
    for line in data["lines"]:
        cycles = zip(terms.thaw(line["terms"]).cycles(), line["counts"], strict=False)
        lines.append(line | {"counts": [held.get((line["terms"]["line_id"], cycle.end.isoformat()), count) for cycle, count in cycles]})
    return data | {"lines": lines}
