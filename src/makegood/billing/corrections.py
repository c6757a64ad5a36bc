"""What counts that changed after bills were issued come to, line by line. Nothing is written here.

Every bill of the order is made anew by its own terms from the counts as they are now; what was billed and credited already is
taken off. So caps, sources and amendments speak as they do on bills, and a change is billed or credited once. JSON in and out, as
`gathering` freezes it.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from makegood.billing import computing, gathering, held, terms
from makegood.billing.models import Invoice
from makegood.engine.periods import Period
from makegood.orders.models import Line, Order

Inputs = dict[str, Any]
Sums = defaultdict[int, tuple[int, Decimal]]
"""Line id -> units and gross."""


@dataclasses.dataclass(frozen=True)
class Due:
    """What a line's changed counts ask for: more of it, or with figures below zero less.

    `over` units were counted beyond what was ordered, and are not billed. `counts`, by the end of their cycle, are what the
    line's bills are held to once this is done.
    """

    line_id: int
    units: int
    amount: Decimal
    over: int
    counts: dict[str, Inputs]

    def plain(self) -> Inputs:
        """As JSON."""
        return dataclasses.asdict(self) | {"amount": str(self.amount)}


def due(order: Order, issued: Sequence[Invoice], draft: Inputs | None = None) -> list[Due]:
    """The lines of which the bills `issued` (`held.issued`) with the inputs of a `draft` would come to something else now."""
    if not issued:
        return []
    until = Period(issued[0].period_start, max(bill.period_end for bill in issued))
    fresh = _billed_counts(gathering.as_counted([(order, until)])[0], issued)
    bills, drafts = [bill.inputs for bill in issued], [draft] if draft else []
    anew = _sums(held.put(data, fresh) for data in [*bills, *drafts])
    done = _settled(issued, _sums(drafts))
    lines = Line.objects.in_bulk(list(anew))
    found = []
    for pk, (units, amount) in sorted(anew.items()):
        counts = {end: count for (line, end), count in fresh.items() if line == pk}
        one = _due(lines[pk], units - done[pk][0], amount - done[pk][1], done[pk], counts)
        if one.amount or one.over:
            found.append(one)
    return found


def _due(line: Line, units: int, amount: Decimal, done: tuple[int, Decimal], counts: dict[str, Inputs]) -> Due:
    """The change; of what is more no more than is left of the line as ordered."""
    if amount <= 0:
        return Due(line.pk, units, amount, 0, counts)
    billed = min(units, max(0, line.quantity - done[0]))
    return Due(line.pk, billed, min(amount, max(Decimal("0.00"), line.amount - done[1])), units - billed, counts)


def _billed_counts(data: Inputs, issued: Sequence[Invoice]) -> held.Held:
    """The counts as they are now, of cycles that an issued bill holds."""
    return {
        (line["terms"]["line_id"], cycle.end.isoformat()): count
        for line in data["lines"]
        for cycle, count in zip(terms.thaw(line["terms"]).cycles(), line["counts"], strict=False)
        if any(bill.period_start <= cycle.end <= bill.period_end for bill in issued)
    }  # fmt: skip


def _sums(bills: Iterable[Inputs]) -> Sums:
    """What bills of these inputs come to, of lines billed by counts."""
    found: Sums = defaultdict(lambda: (0, Decimal("0.00")))
    for data in bills:
        for one in computing.compute(data).lines:
            if one.bill is not None and one.data["terms"]["counts_impressions"]:
                _add(found, one.data["terms"]["line_id"], one.bill.units, one.gross)
    return found


def _settled(issued: Sequence[Invoice], found: Sums) -> Sums:
    """What issued bills came to besides, less what was credited for changed counts."""
    for row in (row for bill in issued for row in bill.lines.all()):
        _add(found, row.line_id, row.billable, row.amount)
    for one in (one for note in held.credited(issued) for one in note.corrections):
        _add(found, one["line_id"], one["units"], Decimal(one["amount"]))
    return found


def _add(sums: Sums, line_id: int, units: int, amount: Decimal) -> None:
    sums[line_id] = sums[line_id][0] + units, sums[line_id][1] + amount
