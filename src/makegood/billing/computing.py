"""A bill from frozen inputs: pure enough to be replayed to the cent, from the same code that made it."""

import dataclasses
import datetime
from collections import Counter
from decimal import Decimal
from typing import Any

from makegood.billing import terms
from makegood.engine import billing as engine
from makegood.engine import money
from makegood.engine.billing import BillLine, PeriodCount
from makegood.engine.money import Money
from makegood.engine.periods import Period


@dataclasses.dataclass(frozen=True)
class Computed:
    """One computed line: the arithmetic's result for the bill's period, and the inputs it came from."""

    data: dict[str, Any]
    bill: BillLine | None
    count: dict[str, Any]

    @property
    def gross(self) -> Decimal:
        """Amount before commission."""
        return self.bill.gross.amount if self.bill else Decimal("0.00")


@dataclasses.dataclass(frozen=True)
class Bill:
    """A whole bill: lines and corrections of earlier bills' counts, gross − commission + tax = net."""

    lines: tuple[Computed, ...]
    gross: Decimal
    commission: Decimal
    tax: Decimal
    net: Decimal


def compute(inputs: dict[str, Any], **changes: Any) -> Bill:
    """The bill of `inputs`. `changes` to the terms (cap, source) answer "what if"; they are never what was signed.

    Commission is taken on the bill's gross, so that it is rounded once.
    """
    period = Period(datetime.date.fromisoformat(inputs["start"]), datetime.date.fromisoformat(inputs["end"]))
    lines = tuple(_line(data, period, changes) for data in inputs["lines"])
    parts = [*(line.gross for line in lines), *(Decimal(one["amount"]) for one in inputs.get("corrections", ()))]
    gross = money.total((Money(part, inputs["currency"]) for part in parts), inputs["currency"])
    kept = gross.times(Decimal(inputs["commission_pct"]) / 100).rounded()
    taxed = (gross - kept).times(Decimal(inputs.get("tax_pct", "0")) / 100).rounded()
    return Bill(lines, gross.amount, kept.amount, taxed.amount, (gross - kept + taxed).amount)


def terms_of(inputs: dict[str, Any], line_id: int) -> dict[str, Any]:
    """The frozen terms of a line of a bill, also of one that it only corrects."""
    found: dict[str, Any] = next(one["terms"] for one in [*inputs["lines"], *inputs.get("corrections", ())] if one["terms"]["line_id"] == line_id)
    return found


def _line(data: dict[str, Any], period: Period, changes: dict[str, Any]) -> Computed:
    """The cycle of a line that lies in `period`, billed with every cycle before it."""
    line = terms.thaw(data["terms"], **changes)
    cycles = line.cycles()
    counts = [PeriodCount(cycle, count["net"], count.get("third_party")) for cycle, count in zip(cycles, data["counts"], strict=False)]
    counts = _carrying(counts, data["terms"].get("carried", 0))
    billed = [one for one in engine.bill(line, counts) if period.start <= one.period.end <= period.end]
    inside = [count for cycle, count in zip(cycles, data["counts"], strict=False) if _billed_here(cycle, line, period)]
    return Computed(data, billed[0] if billed else None, _added(inside))


def _carrying(counts: list[PeriodCount], units: int) -> list[PeriodCount]:
    """What was counted before an amendment and not billed yet counts in the first cycle after it."""
    if not units or not counts:
        return counts
    first = counts[0]
    third = None if first.third_party is None else first.third_party + units
    return [dataclasses.replace(first, delivered=first.delivered + units, third_party=third), *counts[1:]]


def _billed_here(cycle: Period, line: engine.LineTerms, period: Period) -> bool:
    """A cycle's counts belong to the bill that holds its end; those of a line billed at the end all to the last."""
    if line.terms.schedule is engine.Schedule.END:
        return period.start <= line.flight.end <= period.end
    return period.start <= cycle.end <= period.end


def _added(counts: list[dict[str, Any]]) -> dict[str, Any]:
    """Counts of several cycles as one."""
    filtered: Counter[str] = Counter()
    for count in counts:
        filtered.update(dict(count["filtered"]))
    third = [count.get("third_party") for count in counts]
    whole: dict[str, Any] = {
        "gross": sum(count["gross"] for count in counts), "net": sum(count["net"] for count in counts),
        "filtered": [[reason, units] for reason, units in sorted(filtered.items(), key=lambda pair: (-pair[1], pair[0]))],
    }  # fmt: skip
    if any(one is not None for one in third):  # cycles without one are billed by our count, and added as such
        whole["third_party"] = sum(count["net"] if one is None else one for count, one in zip(counts, third, strict=True))
    return whole
