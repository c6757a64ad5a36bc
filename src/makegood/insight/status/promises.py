"""Promises as they stand: those at risk, what ended of what was promised, what was kept lately."""

import dataclasses
import datetime
from collections.abc import Sequence
from decimal import Decimal

from makegood.delivery.models import Pace
from makegood.documents.written.leadership import RiskRow

MOST_WINS = 3
LATELY = datetime.timedelta(days=28)


@dataclasses.dataclass(frozen=True)
class Promises:
    """`risks` go with the line ids in `lines`; `kept` are lines that ended lately with their promise met."""

    risks: tuple[RiskRow, ...]
    lines: tuple[int, ...]
    at_risk: Decimal
    delivered: int
    promised: int
    ended: int
    kept: tuple[Pace, ...]


def of(start: datetime.date, *, currency: str, today: datetime.date) -> Promises:
    """Lines at risk now, and lines that ended since `start`; money in `currency` only. One query."""
    rows = Pace.objects.select_related("line__order__advertiser__party", "line__order__campaign_manager").exclude(line__status="cancelled")
    found = list(rows.filter(line__end__gte=start).order_by("-at_risk", "pk"))
    running = [pace for pace in found if pace.line.end >= today and pace.line.status != "completed"]
    risky = [pace for pace in running if pace.state in ("risk", "blocked") and pace.at_risk and pace.line.order.currency == currency]
    ended = [pace for pace in found if pace.line.end < today]
    kept = [pace for pace in ended if pace.delivered >= pace.goal and pace.line.end >= today - LATELY]
    return Promises(
        tuple(_risk(pace) for pace in risky), tuple(pace.line_id for pace in risky), sum((pace.at_risk for pace in risky), Decimal(0)),
        delivered=sum(min(pace.delivered, pace.goal) for pace in ended), promised=sum(pace.goal for pace in ended), ended=len(ended),
        kept=tuple(_best(kept)),
    )  # fmt: skip


def _risk(pace: Pace) -> RiskRow:
    line = pace.line
    return RiskRow(
        client=str(line.order.advertiser), cause=f"{line.name}. {pace.finding}", owner=line.order.campaign_manager.name,
        due=f"{line.end.day} {line.end:%b}", state=pace.state, delivered=pace.delivered / pace.goal, projected=pace.projected / pace.goal,
        at_risk=pace.at_risk,
    )  # fmt: skip


def _best(kept: Sequence[Pace]) -> list[Pace]:
    return sorted(kept, key=lambda pace: (-pace.line.amount, pace.pk))[:MOST_WINS]
