"""Pacing as lists and panels show it."""

import dataclasses
import datetime
import itertools
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from django.db import models
from django.db.models import Count, F, FloatField, Min, Sum
from django.db.models.functions import Cast

from makegood.core import visibility
from makegood.core.models import Person
from makegood.delivery import measuring, proposals
from makegood.delivery.models import MakeGood, Pace, Recommendation


def pace_list(actor: Person) -> models.QuerySet[Pace]:
    """Standing of lines that are not over, with line, order and advertiser, and `projected_share` of the goal."""
    return _paces(actor).exclude(line__status__in=["completed", "cancelled"])


def _paces(actor: Person) -> models.QuerySet[Pace]:
    rows = Pace.objects.select_related("line__order__advertiser__party", "line__product", "line__order__campaign_manager")
    rows = rows.annotate(projected_share=Cast("projected", FloatField()) / F("goal"))
    return visibility.scoped(rows, actor, "line__order__advertiser_id", "line__order__agency_id")


@dataclasses.dataclass(frozen=True)
class Summary:
    """Lines begun by state, and the money at risk by currency."""

    lines: int
    states: dict[str, int]
    at_risk: dict[str, Decimal]
    as_of: datetime.datetime | None


def summary(actor: Person, today: datetime.date) -> Summary:
    """The head of the console, in one query."""
    rows = pace_list(actor).filter(line__start__lte=today).order_by()
    states: Counter[str] = Counter()
    money: dict[str, Decimal] = {}
    times = []
    for row in rows.values("state", "line__order__currency").annotate(n=Count("pk"), money=Sum("at_risk"), oldest=Min("as_of")):
        states[row["state"]] += row["n"]
        code = row["line__order__currency"]
        money[code] = money.get(code, Decimal(0)) + row["money"]
        times.append(row["oldest"])
    return Summary(states.total(), dict(states), {code: sum_ for code, sum_ in money.items() if sum_}, min(times, default=None))


@dataclasses.dataclass(frozen=True)
class Curve:
    """Cumulative series by local day for the pacing chart: expected of all days, delivered so far, and (low, likely, high)
    from the last whole day on. `today` counts days passed, fraction included."""

    days: tuple[datetime.date, ...]
    expected: tuple[int, ...]
    delivered: tuple[int, ...]
    projected: tuple[tuple[int, int, int], ...]
    today: float


@dataclasses.dataclass(frozen=True)
class PaceView:
    """One line's panel. `together` is what all changes that need no signature win back, less their overlap."""

    pace: Pace
    curve: Curve
    recommendations: tuple[Recommendation, ...]
    together: int
    make_goods: tuple[MakeGood, ...]

    @property
    def missing(self) -> int:
        """What is projected to be missing at the end."""
        return max(0, self.pace.goal - self.pace.projected)


def pace_view(actor: Person, line_id: int, *, at: datetime.datetime) -> PaceView:
    """Curve, causes and recommended changes of a line. Raises Pace.DoesNotExist when the actor may not see it."""
    pace = _paces(actor).prefetch_related("line__flights", "line__product__placements").get(line_id=line_id)
    measured = measuring.measure([pace.line], at)[0]
    changes = tuple(pace.line.recommendations.filter(status="proposed").order_by("-predicted"))
    free = [one for one in changes if one.kind in proposals.DELIVERY_ONLY]
    return PaceView(pace, _curve(pace, measured), changes, together(pace, free), tuple(pace.line.make_goods.order_by("-at")))


def together(pace: Pace, changes: Sequence[Recommendation]) -> int:
    """What changes win back together: never more than is missing, because each was sized alone."""
    return max(0, min(pace.goal - pace.projected, sum(one.predicted for one in changes)))


def _curve(pace: Pace, measured: measuring.Measured) -> Curve:
    days = tuple(pace.line.start + n * measuring.DAY for n in range(measured.days))
    scale = pace.goal / measured.forecast.sum()
    expected = tuple(round(value * scale) for value in itertools.accumulate(measured.forecast))
    upto = min(measured.days, measured.passed + (1 if measured.today > measured.passed else 0))
    delivered = tuple(int(value) for value in itertools.accumulate(measured.net[:upto]))
    done = delivered[-1] if delivered else 0
    ahead = measured.forecast[upto:]
    shares = [value / ahead.sum() for value in itertools.accumulate(ahead)] if len(ahead) and ahead.sum() else []
    ends = (pace.projected_low, pace.projected, pace.projected_high)
    projected = [(done, done, done), *(tuple(round(done + (end - done) * share) for end in ends) for share in shares)]
    return Curve(days, expected, delivered, tuple(projected) if shares else (), min(measured.today, float(measured.days)))  # type: ignore[arg-type]
