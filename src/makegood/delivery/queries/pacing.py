"""Pacing as lists and panels show it."""

import dataclasses
import datetime
import itertools
import zoneinfo

from django.db import models

from makegood.core import visibility
from makegood.core.models import Person
from makegood.delivery import measuring
from makegood.delivery.models import Pace, Recommendation


def pace_list(actor: Person) -> models.QuerySet[Pace]:
    """Standing of running lines, with line, order and advertiser; the worst first."""
    rows = Pace.objects.select_related("line__order__advertiser__party", "line__product", "line__order__campaign_manager")
    rows = rows.exclude(line__status__in=["completed", "cancelled"])
    return visibility.scoped(rows, actor, "line__order__advertiser_id", "line__order__agency_id")


@dataclasses.dataclass(frozen=True)
class Curve:
    """Cumulative series by local day for the pacing chart; `projected` begins at the last whole day."""

    days: tuple[datetime.date, ...]
    expected: tuple[int, ...]
    delivered: tuple[int, ...]
    today: datetime.date


@dataclasses.dataclass(frozen=True)
class PaceView:
    """One line's panel."""

    pace: Pace
    curve: Curve
    recommendations: tuple[Recommendation, ...]
    together: int


def pace_view(actor: Person, line_id: int, *, at: datetime.datetime) -> PaceView:
    """Curve, causes and recommended changes of a line. Raises Pace.DoesNotExist when the actor may not see it."""
    pace = pace_list(actor).get(line_id=line_id)
    line = pace.line
    measured = measuring.measure([line], at)[0]
    days = tuple(line.start + n * measuring.DAY for n in range(measured.days))
    scale = line.quantity / measured.forecast.sum()
    expected = tuple(round(value * scale) for value in itertools.accumulate(measured.forecast))
    upto = measured.passed + (1 if measured.today > measured.passed and measured.passed < measured.days else 0)
    delivered = tuple(int(value) for value in itertools.accumulate(measured.net[:upto]))
    today = at.astimezone(zoneinfo.ZoneInfo(line.order.zone)).date()
    changes = tuple(line.recommendations.filter(status="proposed").order_by("-predicted"))
    together = min(pace.goal - pace.projected, sum(one.predicted for one in changes))
    return PaceView(pace, Curve(days, expected, delivered, today), changes, max(0, together))
