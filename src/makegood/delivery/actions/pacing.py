"""Computing where lines stand and keeping it for the lists."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Sequence

from makegood.core import permissions, verbs
from makegood.core.models import Person
from makegood.delivery import measuring, pace
from makegood.delivery.models import Pace
from makegood.orders.models import Line

FIELDS = [field.name for field in dataclasses.fields(pace.Standing)]
RUNNING = ("booked", "ready", "live", "paused", "completed")


def running_lines() -> list[Line]:
    """Lines whose standing is worth computing: booked, and in units the ad server counts."""
    rows = Line.objects.filter(status__in=RUNNING, unit__in=Line.COUNTED_UNITS).select_related("order")
    return list(rows.prefetch_related("flights__assignments").order_by("pk"))


@verbs.whole
def compute(lines: Sequence[Line], *, by: Person | None, at: datetime.datetime) -> list[Pace]:
    """Measure `lines` and replace their Pace rows."""
    permissions.check(by, "delivery.pace")
    zones: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        zones[line.order.zone].append(line)
    rows = [_row(measured, at) for group in zones.values() for measured in measuring.measure(group, at)]
    Pace.objects.bulk_create(rows, update_conflicts=True, unique_fields=["line"], update_fields=["as_of", *FIELDS])
    return rows


def _row(measured: measuring.Measured, at: datetime.datetime) -> Pace:
    standing = pace.stand(measured, pace.blockers(measured.line, today=measured.today))
    return Pace(line=measured.line, as_of=at, **dataclasses.asdict(standing))
