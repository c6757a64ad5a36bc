"""The tab Delivery: by day as a chart, by placement, creative, device and hour as tables, and the bridge from gross to net."""

import dataclasses
from typing import Any

from makegood.billing.explaining import REASONS
from makegood.delivery.queries import campaigns
from makegood.delivery.queries.campaigns import Part
from makegood.documents.charts.delivery import DeliveryByDay
from makegood.insight.standing import Standing
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats
from makegood.interfaces.web.components import chart
from makegood.orders.queries.campaign import CampaignView

NAMELESS = {"creative": "no creative", "device": "not known", "placement": "not known"}
TITLES = {"placement": "Placement", "creative": "Creative", "device": "Device"}


@dataclasses.dataclass(frozen=True)
class Table:
    """Parts of one kind, each with its share of the whole as a bar."""

    title: str
    rows: list[tuple[str, Part, str, str]]


def context(seen: CampaignView, now: Standing) -> dict[str, Any]:
    """What the tab's template places; `counted` is None before the first count."""
    days = campaigns.by_day(seen.order)
    if not days:
        return {"counted": False}
    tables = [_table(kind, campaigns.by_part(seen.order, kind)) for kind in TITLES]
    return {
        "counted": True, "days": _chart(days, now), "tables": tables, "hours": _hours(campaigns.by_hour(seen.order)),
        "bridge": _bridge(campaigns.bridge(seen.order)), "zone": seen.order.zone,
    }  # fmt: skip


def _chart(days: list[Part], now: Standing) -> c.Chart:
    best = max(days, key=lambda day: day.net)
    title = f"{formats.compact(sum(day.net for day in days))} net in {len(days)} days, most on {formats.day(best.name)} with {formats.compact(best.net)}"
    made = DeliveryByDay(title=title, subtitle="All lines, net by day", days=tuple((day.name, day.net) for day in days))
    rows = tuple((formats.day(day.name), formats.integer(day.gross), formats.integer(day.net), formats.integer(day.clicks)) for day in days)
    return dataclasses.replace(chart.drawn(made, 900, 190), columns=("Day", "Gross", "Net", "Clicks"), rows=rows)


def _table(kind: str, parts: list[Part]) -> Table:
    whole = sum(part.net for part in parts) or 1
    most = max((part.net for part in parts), default=0) or 1
    rows = [(str(part.name) or NAMELESS[kind], part, formats.percent(part.net / whole), f"{part.net / most * 100:.1f}%") for part in parts]
    return Table(TITLES[kind], rows)


def _hours(parts: list[Part]) -> list[dict[str, Any]]:
    """24 bars of one row: x as a share of the width, height in pixels up to 64."""
    found = {int(part.name): part.net for part in parts}
    most = max(found.values(), default=0) or 1
    bars = [(hour, found.get(hour, 0), found.get(hour, 0) / most * 64) for hour in range(24)]
    return [{"hour": hour, "x": f"{hour / 24 * 100:.2f}%", "y": f"{64 - tall:.1f}", "height": f"{tall:.1f}", "net": net} for hour, net, tall in bars]


def _bridge(bridge: campaigns.Bridge) -> c.Waterfall | None:
    """Raises ValueError through the component should gross, reasons and net not add up."""
    if not bridge.gross:
        return None
    steps = [(REASONS.get(reason, reason).capitalize(), -count) for reason, count in bridge.filtered]
    origin = int(bridge.net * 0.9) if bridge.net > 10 * (bridge.gross - bridge.net) else 0
    return c.Waterfall(("Gross, as counted", bridge.gross), steps, "Net, promised and billed", bridge.net, origin=origin)
