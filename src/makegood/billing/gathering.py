"""What a bill is computed from, gathered for any number of bills in a fixed number of queries. JSON, so that it can be frozen."""

import datetime
import zoneinfo
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from makegood.billing import amending, held, terms
from makegood.billing.models import Invoice
from makegood.core.models import Activity
from makegood.delivery.queries import counts
from makegood.engine.periods import Period
from makegood.orders.models import Line, Order

Inputs = dict[str, Any]


def inputs(bills: Sequence[tuple[Order, Period]]) -> list[Inputs]:
    """The inputs of each (order, period), in their order.

    Cycles that an issued bill holds keep the counts it froze: what is counted later is an adjustment of that bill
    (actions.adjusting), and moves a bill that follows only once it was itself billed or credited (corrections). A line
    amended since is billed for its rest (amending).
    """
    issued = held.issued([order for order, _ in bills])
    counts = held.counts([bill for some in issued.values() for bill in some])
    found = [held.put(data, counts) for data in as_counted(bills)]
    return [_amended(data, issued.get(order.pk, [])) for (order, _), data in zip(bills, found, strict=True)]


def as_counted(bills: Sequence[tuple[Order, Period]]) -> list[Inputs]:
    """The same from the counts as they are now, billed or not."""
    lines = _lines([order for order, _ in bills])
    stopped = _stopped([line for some in lines.values() for line in some])
    frozen = {
        line.pk: terms.frozen(line, order, stopped.get(line.pk)) for order, _ in bills for line in lines[order.pk]
    }
    counted = _counted(bills, lines, frozen)
    return [
        {
            "order": order.number, "revision": order.revision, "start": period.start.isoformat(), "end": period.end.isoformat(),
            "currency": order.currency, "commission_pct": str(order.commission_pct), "tax_pct": "0",
            "lines": [
                {"terms": frozen[line.pk], "counts": _upto(frozen[line.pk], counted.get(line.pk, []), period)}
                for line in lines[order.pk]
                if frozen[line.pk]["quantity"] and line.start <= period.end
            ],
        }
        for order, period in bills
    ]  # fmt: skip


def _amended(data: Inputs, issued: Sequence[Invoice]) -> Inputs:
    lines = [amending.rest(line, issued) for line in data["lines"]] if issued else data["lines"]
    return data | {"lines": [line for line in lines if line is not None]}


def _lines(orders: Sequence[Order]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = defaultdict(list)
    for line in Line.objects.filter(order__in=orders).exclude(status="draft").order_by("number"):
        found[line.order_id].append(line)
    return found


def _stopped(lines: Sequence[Line]) -> dict[int, datetime.datetime]:
    """When each cancelled line was cancelled."""
    ids = [line.pk for line in lines if line.status == "cancelled"]
    rows = Activity.objects.filter(subject_type="orders.line", subject_id__in=ids, verb="line.cancelled") if ids else ()
    return {row.subject_id: row.at for row in rows}


def _counted(
    bills: Sequence[tuple[Order, Period]], lines: dict[int, list[Line]], frozen: dict[int, Inputs]
) -> dict[int, list[counts.Count]]:
    """Counts by cycle of every line, over its cycles up to the last bill of its order."""
    last: dict[int, Period] = {}
    for order, period in bills:
        last[order.pk] = max(last.get(order.pk, period), period, key=lambda one: one.end)
    zones: dict[str, dict[int, list[Period]]] = defaultdict(dict)
    for order, _ in bills:
        for line in lines[order.pk]:
            if frozen[line.pk]["quantity"]:
                cycles = terms.thaw(frozen[line.pk]).cycles()
                zones[order.zone][line.pk] = [cycle for cycle in cycles if cycle.end <= last[order.pk].end]
    return {pk: found for zone, cycles in zones.items() for pk, found in counts.of_cycles(cycles, zone).items()}


def _upto(data: Inputs, counted: list[counts.Count], period: Period) -> list[Inputs]:
    cycles = [cycle for cycle in terms.thaw(data).cycles() if cycle.end <= period.end]
    return [
        {"gross": count.gross, "net": count.net, "filtered": [list(pair) for pair in count.filtered]}
        | ({"third_party": count.third_party} if count.third_party is not None else {})
        for _, count in zip(cycles, counted, strict=False)
    ]


def local_day(at: datetime.datetime, zone: str) -> datetime.date:
    """The day of a moment in `zone`."""
    return at.astimezone(zoneinfo.ZoneInfo(zone)).date()
