"""Stages 8 and 9: the flight counted day by day, its standing in the middle and at the end."""

import datetime

from makegood.delivery.actions import pacing, recommending
from makegood.delivery.models import Pace
from makegood.engine.periods import day_bounds
from makegood.orders.models import Line
from makegood.workflows.order_life import replaying
from makegood.workflows.order_life.life import Life
from makegood.workflows.order_life.traffic import Traffic

DAY = datetime.timedelta(days=1)


def count(life: Life) -> str:
    """The first half of the flight into facts; flights seen live."""
    order, traffic = life.refresh(), Traffic.of(life.order, life.moment.date())
    net = replaying.run(life, traffic, order.start, middle(life))
    life.until(day_bounds(middle(life), order.zone)[1])
    live = sum(1 for status in order.lines.values_list("status", flat=True) if status in ("live", "completed"))
    return f"{net:,} net by {middle(life)}; {live} of {order.lines.count()} lines live"


def pace(life: Life) -> str:
    """Standing and recommended changes mid-flight; then the rest of the flight, and the standing at its end."""
    order = life.refresh()
    half = stand(life, life.later(minutes=5))
    changes = recommending.recommend(half, by=None, at=life.moment)
    life.facts["mid_flight"] = {"at": life.moment.isoformat(), "lines": [_line(row) for row in half], "recommended": [one.title for one in changes]}
    traffic = Traffic.of(order, life.moment.date())
    if middle(life) < order.end:
        replaying.run(life, traffic, middle(life) + DAY, order.end)
    life.until(day_bounds(order.end, order.zone)[1] + datetime.timedelta(hours=9))
    end = stand(life, life.moment)
    life.facts["at_the_end"] = [_line(row) for row in end]
    order = life.refresh()
    worst = min(end, key=lambda row: row.projected / row.goal, default=None)
    mid = f"{sum(row.delivered for row in half):,} of {sum(row.expected for row in half):,} expected mid-flight"
    return f"{mid}; ends {worst.projected / worst.goal:.1%} at worst; {len(changes)} changes recommended" if worst else f"{order.get_status_display()}"


def stand(life: Life, at: datetime.datetime) -> list[Pace]:
    """Standing of the order's counted lines."""
    lines = Line.objects.filter(order=life.order, unit__in=Line.COUNTED_UNITS).select_related("order").prefetch_related("flights__assignments")
    return pacing.compute(list(lines.order_by("number")), by=None, at=at)


def middle(life: Life) -> datetime.date:
    """The day the flight is half over."""
    return life.order.start + (life.order.end - life.order.start) // 2


def _line(row: Pace) -> dict[str, object]:
    return {
        "line": row.line.number, "goal": row.goal, "delivered": row.delivered, "expected": row.expected, "projected": row.projected,
        "state": row.state, "finding": row.finding,
    }  # fmt: skip
