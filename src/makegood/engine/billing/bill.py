"""The bill of one line: units, gross, commission, net and tax per cycle, with the sentence that explains it.

Replayable: the same terms and counts give the same lines. Numbers and ledgers live upstream.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate, pairwise

from makegood.engine import apportion, money, pricing
from makegood.engine.billing import quantities
from makegood.engine.billing.quantities import PeriodCount
from makegood.engine.billing.terms import Cap, LineTerms, Schedule, Source
from makegood.engine.money import Money
from makegood.engine.periods import Period, label, period_of


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line for one cycle: gross − commission = net, net + tax = total, all rounded to the currency."""

    line_id: int
    period: Period
    units: int
    contracted_units: int
    counted_units: int | None
    gross: Money
    commission: Money
    net: Money
    tax: Money
    total: Money
    explanation: str


def bill(line: LineTerms, counts: Sequence[PeriodCount] = ()) -> list[BillLine]:
    """Bill lines in order of cycle; with actual counts, only for the cycles counted so far.

    `counts` are consecutive from the first cycle, as `line.cycles()` gives them. A later count never changes an earlier
    line. Gross is rounded on the running total, so all lines sum to the rounded whole. Raises CountsInvalid.
    """
    cycles, promised = line.cycles(), quantities.contracted(line)
    if line.terms.source is Source.CONTRACTED:
        return _contracted(line, cycles)
    got = quantities.counted(line, counts)
    units = quantities.billed(got, promised, line.terms.cap)
    lines = [
        _line(
            line,
            cycles[n],
            units[n],
            promised[n],
            got[n],
            gross,
            _because(line, cycles[n], got[n], units[n], promised[n]),
        )
        for n, gross in enumerate(_amounts(line, units))
    ]
    return _at_the_end(line, lines, len(cycles)) if line.terms.schedule is Schedule.END else lines


def alternates(line: LineTerms, counts: Sequence[PeriodCount]) -> dict[Cap, Money]:
    """The gross of the same counts under every cap, so that the choice shows on the invoice."""
    if line.terms.source is Source.CONTRACTED:
        return {}
    terms = {cap: replace(line.terms, cap=cap, schedule=Schedule.AS_DELIVERED) for cap in Cap}
    return {
        cap: total_gross(bill(replace(line, terms=one), counts), line.amount.currency) for cap, one in terms.items()
    }


def total_gross(lines: Sequence[BillLine], currency: str) -> Money:
    """The gross of several bill lines."""
    return money.total((line.gross for line in lines), currency)


def _contracted(line: LineTerms, cycles: Sequence[Period]) -> list[BillLine]:
    parts = quantities.weights(cycles, line.terms.schedule)
    units = apportion.largest_remainder(line.quantity, parts)
    amounts = line.amount.split(parts)
    words = f"contracted {line.amount}, billed {line.terms.schedule}"
    rows = zip(cycles, units, amounts, strict=True)
    return [_line(line, cycle, n, n, None, gross, words) for cycle, n, gross in rows if gross or n]


def _amounts(line: LineTerms, units: Sequence[int]) -> list[Money]:
    """amount × units ÷ quantity on the running total, each step rounded, so that nothing is lost between cycles."""
    runs = [line.amount.times(Decimal(run) / Decimal(line.quantity)).rounded() for run in accumulate(units)]
    return [now - before for before, now in pairwise([money.zero(line.amount.currency), *runs])]


def _line(
    line: LineTerms, period: Period, units: int, promised: int, got: int | None, gross: Money, words: str
) -> BillLine:
    kept, net = pricing.commission(gross, line.terms.commission_rate)
    owed = pricing.tax(net, line.terms.tax_rate)
    return BillLine(line.line_id, period, units, promised, got, gross, kept, net, owed, net + owed, words)


def _because(line: LineTerms, cycle: Period, got: int, units: int, promised: int) -> str:
    calendar, unit = line.terms.calendar, pricing.UNITS[line.rate_type]
    words = f"{label(period_of(cycle.start, calendar), calendar)}: {got:,} {unit} {line.terms.source.replace('_', '-')}"
    words += f", {promised:,} contracted, cap {line.terms.cap.replace('_', ' ')}: {units:,} billed"
    return words if units == got else f"{words}, {abs(got - units):,} {'not billed' if got > units else 'caught up'}"


def _at_the_end(line: LineTerms, lines: Sequence[BillLine], cycles: int) -> list[BillLine]:
    """One line in the last cycle once every cycle is counted; nothing before."""
    if len(lines) < cycles:
        return []
    got, units = sum(one.counted_units or 0 for one in lines), sum(one.units for one in lines)
    words = f"whole flight: {got:,} counted, {line.quantity:,} contracted, cap {line.terms.cap}: {units:,} billed"
    gross = total_gross(lines, line.amount.currency)
    return [_line(line, lines[-1].period, units, line.quantity, got, gross, words)]
