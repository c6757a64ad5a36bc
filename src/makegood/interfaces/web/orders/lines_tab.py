"""The tab Lines: the flight timeline and the lines with their promises and totals."""

import dataclasses
import datetime
import zoneinfo
from decimal import Decimal
from typing import Any

from makegood.insight.standing import LineStanding, Standing
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links
from makegood.orders.queries.campaign import CampaignView, FlightView


@dataclasses.dataclass(frozen=True)
class Row:
    """A line as its row shows it."""

    standing: LineStanding
    url: str
    promise: c.Promise | None
    share: str
    unit: str
    rate: str
    tone: str


def context(seen: CampaignView, now: Standing, *, at: datetime.datetime) -> dict[str, Any]:
    """What the tab's template places."""
    today = at.astimezone(zoneinfo.ZoneInfo(seen.order.zone)).date()
    lanes = [_lane(one, today) for one in now.lines]
    others = [one for one in now.lines if one.line.unit != now.unit]
    counted = [one for one in now.lines if one.line.unit == now.unit]
    return {
        "timeline": c.Timeline(lanes, seen.order.start, seen.order.end, today) if lanes else None,
        "rows": [_row(one, now.unit, seen.order.currency) for one in now.lines],
        "value": sum((one.line.amount for one in now.lines), Decimal(0)),
        "share": formats.percent(Decimal(now.projected) / now.promised) if now.paced and now.promised else "",
        "note": _note(seen, now, others, counted),
    }


def _lane(one: LineStanding, today: datetime.date) -> c.Lane:
    line = one.line
    blocked = one.pace is not None and one.pace.state == "blocked"
    flights = [_flight(flight, one, blocked and flight.end >= today) for flight in line.flights if flight.status != "cancelled"]
    detail = f"{line.property}, {', '.join(line.sizes) or line.rate_type}"
    return c.Lane(line.name, detail, flights, _url(one))


def _flight(flight: FlightView, one: LineStanding, blocked: bool) -> c.Flight:
    done = one.flights.get(flight.id, 0)
    label = f"{formats.integer(done)} of {formats.integer(flight.goal)}" if flight.goal > 1 else str(flight.number)
    title = f"{one.line.name}: {label} {one.line.unit}, {flight.status_label.lower()}"
    return c.Flight(flight.start, flight.end, done / flight.goal, label, "blocked" if blocked else "", title=title)


def _row(one: LineStanding, unit: str, currency: str) -> Row:
    line, pace = one.line, one.pace
    promise = c.Promise(pace.goal, one.delivered, pace.projected, pace.projected_low, pace.projected_high, pace.state, line.unit) if pace else (
        c.Promise(line.quantity, one.delivered, unit=line.unit)
    )  # fmt: skip
    share = formats.percent(Decimal(pace.projected) / pace.goal) if pace and pace.goal else ""
    rate = "flat" if line.rate_type == "flat" else formats.money(line.rate, currency)
    tone = pace.state if pace and pace.state != "ok" else "mu"
    return Row(one, _url(one), promise, share, "" if line.unit == unit else line.unit, rate, tone)


def _url(one: LineStanding) -> str:
    return links.part("pacing", one.line.id) if one.pace else ""


def _note(seen: CampaignView, now: Standing, others: list[LineStanding], counted: list[LineStanding]) -> str:
    said = []
    if others and counted:
        names = ", ".join(sorted({one.line.name for one in others}))
        units = ", ".join(sorted({one.line.unit for one in others}))
        said.append(f"{names}: sold by {units}, outside the total of {now.unit}.")
    if seen.money.commission:
        said.append(f"Net is after {seen.money.commission_pct.normalize():f} % agency commission.")
    if seen.money.discount_pct and seen.money.discount_pct >= Decimal("0.05"):
        said.append(f"{seen.money.discount_pct:.1f} % off the rate card.")
    return " ".join(said)
