"""A line whose terms changed after part of it was billed: what is left of it, over the days left, at the terms as they are now.

What is billed keeps its price and its counts; the bills that follow come to exactly the rest, so that all of them together
come to the amended amount. JSON in and out, as `gathering` freezes it.
"""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from makegood.billing import terms
from makegood.billing.models import Invoice
from makegood.engine.billing import Source
from makegood.engine.periods import Period

DECIDING = ("start", "end", "rate_type", "quantity", "unit", "amount", "source", "schedule", "cap", "calendar", "counts_impressions", "currency")
CARRYING = ("cumulative", "cumulative_per_cycle")
ONE_DAY = datetime.timedelta(days=1)
Inputs = dict[str, Any]


def rest(line: Inputs, issued: Sequence[Invoice]) -> Inputs | None:
    """`line` ({terms, counts}) as it is billed after the bills of its order; itself while its terms are those of all of them.

    None when nothing is left of it. `issued` have their lines loaded, in the order of their periods.
    """
    whole = line["terms"]
    bills = [(bill, data["terms"]) for bill in issued for data in bill.inputs["lines"] if data["terms"]["line_id"] == whole["line_id"]]
    changed = [number for number, (_, billed) in enumerate(bills) if _deciding(billed.get("whole", billed)) != _deciding(whole)]
    if not changed:
        return line
    settled = [bill for bill, _ in bills[: changed[-1] + 1]]
    return _left(line, settled)


def _left(line: Inputs, settled: Sequence[Invoice]) -> Inputs | None:
    whole, until = line["terms"], settled[-1].period_end
    rows = [row for bill in settled for row in bill.lines.all() if row.line_id == whole["line_id"]]
    units, gross = sum(row.billable for row in rows), sum((row.amount for row in rows), Decimal(0))
    pairs = list(zip(terms.thaw(whole).cycles(), line["counts"], strict=False))
    amount = Decimal(whole["amount"]) - gross
    start = max(datetime.date.fromisoformat(whole["start"]), until + ONE_DAY)
    if amount <= 0 or start.isoformat() > whole["end"]:
        return None
    contracted = terms.thaw(whole).terms.source is Source.CONTRACTED
    quantity = whole["quantity"] - units
    if quantity <= 0 and not contracted:
        return None
    now = whole | {
        "start": start.isoformat(), "quantity": max(quantity, 1), "amount": str(amount), "whole": whole,
        "carried": _carried(whole, [pair for pair in pairs if pair[0].end <= until], units),
    }  # fmt: skip
    return {"terms": now, "counts": [count for cycle, count in pairs if cycle.start > until]}


def _carried(whole: Inputs, pairs: Sequence[tuple[Period, Inputs]], billed: int) -> int:
    """Units counted and not billed that the cap lets a later bill catch up with."""
    if whole["cap"] not in CARRYING or not whole["counts_impressions"] or whole["source"] == "contracted":
        return 0
    third = whole["source"] == "third_party"
    counted = sum(count["third_party"] if third and count.get("third_party") is not None else count["net"] for _, count in pairs)
    return max(0, counted - billed)


def _deciding(data: Inputs) -> tuple[Any, ...]:
    """What a bill depends on, as agreed: stopping a line is no amendment."""
    agreed = data | data.get("uncut", {})
    return tuple(Decimal(agreed[name]) if name == "amount" else agreed[name] for name in DECIDING)
