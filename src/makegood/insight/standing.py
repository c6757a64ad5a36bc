"""One campaign in figures: delivered, projected, promised; booked, earned, billed, at risk. Read from what was counted and billed."""

import dataclasses
import datetime
import zoneinfo
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from makegood.billing.queries import orders as bills
from makegood.core.models import Person
from makegood.delivery.models import Pace
from makegood.delivery.queries import campaigns
from makegood.insight import proving
from makegood.orders.queries.campaign import CampaignView, LineView

CENT = Decimal("0.01")
WORST_FIRST = ("risk", "blocked", "watch", "ok")
NONE = campaigns.LineCount()
COUNTED = ("impressions", "spots")


@dataclasses.dataclass(frozen=True)
class LineStanding:
    """A line with its pace (None before booking or where nothing is counted), units delivered (also by flight), money earned, gross."""

    line: LineView
    pace: Pace | None
    flights: dict[int, int]
    delivered: int
    earned: Decimal


@dataclasses.dataclass(frozen=True)
class Standing:
    """The campaign. Units are of the lines that promise `unit` (impressions where any line does); money is gross."""

    lines: tuple[LineStanding, ...]
    unit: str
    promised: int
    delivered: int
    yesterday: int
    projected: int
    low: int
    high: int
    expected: int
    state: str
    finding: str
    earned: Decimal
    at_risk: Decimal
    risky: int
    money: bills.OrderMoney
    as_of: datetime.datetime | None
    days: int
    passed: int

    @property
    def paced(self) -> bool:
        """Whether anything was measured."""
        return self.as_of is not None

    @property
    def gap(self) -> int:
        """Projected less promised."""
        return self.projected - self.promised


def of(actor: Person, seen: CampaignView, *, at: datetime.datetime) -> Standing:
    """The standing of a campaign as of the last pacing run, in three queries."""
    counts, paces = campaigns.by_line(seen.order), campaigns.paces([line.id for line in seen.lines])
    lines = tuple(_line(line, paces.get(line.id), counts.get(line.id, NONE)) for line in seen.lines if line.status != "cancelled")
    paced = [one.pace for one in lines if one.pace]
    unit = _unit(lines)
    counted = [one for one in lines if one.line.unit == unit]
    running = [one.pace for one in counted if one.pace]
    worst = sorted((one for one in lines if one.pace), key=_gravity)
    today = at.astimezone(zoneinfo.ZoneInfo(seen.order.zone)).date()
    days = (seen.order.end - seen.order.start).days + 1
    return Standing(
        lines=lines, unit=unit, promised=sum(one.line.quantity for one in counted), delivered=sum(one.delivered for one in counted),
        yesterday=sum(one.yesterday for one in running), projected=_total(counted, "projected"), low=_total(counted, "projected_low"),
        high=_total(counted, "projected_high"), expected=sum(one.expected for one in running),
        state=worst[0].pace.state if worst and worst[0].pace else "", finding=_finding(worst), earned=sum((one.earned for one in lines), Decimal(0)),
        at_risk=sum((one.at_risk for one in paced), Decimal(0)), risky=sum(one.at_risk > 0 for one in paced),
        money=bills.of_order(actor, seen.order), as_of=max((one.as_of for one in paced), default=None), days=days,
        passed=min(max((today - seen.order.start).days, 0), days),
    )  # fmt: skip


def _line(line: LineView, pace: Pace | None, count: campaigns.LineCount) -> LineStanding:
    flights = dict(count.flights)
    if line.unit not in COUNTED:  # proved by the days on which each flight ran
        flights = {one.id: proving.units(one.goal, (one.end - one.start).days + 1, count.days.get(one.id, 0)) for one in line.flights}
    delivered = sum(flights.values())
    share = Decimal(min(delivered, line.quantity)) / Decimal(line.quantity)
    return LineStanding(line, pace, flights, delivered, (line.amount * share).quantize(CENT))


def _unit(lines: Sequence[LineStanding]) -> str:
    units = Counter(one.line.unit for one in lines)
    return "impressions" if "impressions" in units or not units else units.most_common(1)[0][0]


def _total(lines: Sequence[LineStanding], name: str) -> int:
    return sum(getattr(one.pace, name) if one.pace else one.delivered for one in lines)


def _gravity(one: LineStanding) -> tuple[int, Decimal]:
    assert one.pace is not None
    return WORST_FIRST.index(one.pace.state), -one.pace.at_risk


def _finding(worst: Sequence[LineStanding]) -> str:
    """What is wrong with the worst line in a sentence, or that nothing is."""
    if not worst:
        return ""
    first = worst[0]
    assert first.pace is not None
    if first.pace.state == "ok":
        return "The line is on track" if len(worst) == 1 else f"All {len(worst)} lines are on track"
    others = sum(one.pace is not None and one.pace.state != "ok" for one in worst) - 1
    more = f", and {others} more need{'s' if others == 1 else ''} a look" if others else ""
    said = first.pace.finding or first.pace.get_state_display()
    return f"{first.line.name}: {said[:1].lower()}{said[1:]}{more}"
