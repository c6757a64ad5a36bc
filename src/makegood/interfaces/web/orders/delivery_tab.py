"""The tab Delivery: days as a chart, one grid by day, hour, placement, creative or device, and the bridge from gross to net."""

import dataclasses
import datetime
from typing import Any

from makegood.billing.explaining import REASONS
from makegood.delivery.queries import campaigns
from makegood.delivery.queries.campaigns import Part
from makegood.documents.charts.delivery import DeliveryByDay
from makegood.documents.written import grid as written
from makegood.insight.standing import Standing
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links
from makegood.interfaces.web.components import chart
from makegood.orders.models import Order
from makegood.orders.queries.campaign import CampaignView

NAMELESS = {"creative": "no creative", "device": "not known", "placement": "not known"}
MORE = ("audible", "conversions")
COUNTED = ("viewable", "clicks", *MORE)
TITLES = {"day": "Day", "hour": "Hour of the day", "placement": "Placement", "creative": "Creative", "device": "Device"}


@dataclasses.dataclass(frozen=True)
class Table:
    """Parts of one kind, each with its share of the whole as text and as a bar; `more` are columns that only some campaigns have."""

    by: str
    title: str
    rows: list[tuple[str, Part, str, str, list[int]]]
    sum: Part
    more: list[tuple[str, int]]


def context(seen: CampaignView, now: Standing, by: str = "") -> dict[str, Any]:
    """What the tab's template places; `counted` is False before the first count."""
    order, by = seen.order, by if by in TITLES else "day"
    days = campaigns.by_day(order)
    if not days:
        return {"counted": False}
    path = f"{links.record(order, 'delivery')}&by="
    return {
        "counted": True, "days": _chart(days, now), "table": _table(by, days if by == "day" else parts(order, by)), "zone": order.zone,
        "by": [c.Choice(title, path + key, key == by) for key, title in TITLES.items()], "export_url": f"{links.record(order)}counts/?by={by}&export=",
        "bridge": _bridge(campaigns.bridge(order)), "compared": _compared(seen), "reach": campaigns.reach(order),
    }  # fmt: skip


def parts(order: Order, by: str) -> list[Part]:
    """The order's counts by one dimension."""
    if by == "day":
        return campaigns.by_day(order)
    return campaigns.by_hour(order) if by == "hour" else campaigns.by_part(order, by)


def export(order: Order, by: str, at: datetime.datetime) -> written.GridExport:
    """The same grid as a file."""
    columns = (
        written.Column(key="name", name=TITLES[by], kind="date" if by == "day" else "text"), written.Column(key="gross", name="Gross", kind="int"),
        written.Column(key="net", name="Net", kind="int"), written.Column(key="filtered", name="Filtered", kind="int"),
        *(written.Column(key=key, name=key.capitalize(), kind="int") for key in COUNTED),
    )  # fmt: skip
    rows = tuple(
        {"name": one.name if by == "day" else _name(by, one), "filtered": one.gross - one.net}
        | {key: getattr(one, key) for key in ("gross", "net", *COUNTED)}
        for one in parts(order, by)
    )  # fmt: skip
    title = f"Delivery by {TITLES[by].lower()}"
    return written.GridExport(title=title, columns=columns, rows=rows, filters=f"{order.number} {order.name}", as_of=at, zone=order.zone)


def _chart(days: list[Part], now: Standing) -> c.Chart:
    best = max(days, key=lambda day: day.net)
    title = f"{formats.compact(sum(day.net for day in days))} net in {len(days)} days, most on {formats.day(best.name)} with {formats.compact(best.net)}"
    made = DeliveryByDay(title=title, subtitle="All lines, net by day", days=tuple((day.name, day.net) for day in days))
    return chart.drawn(made, 900, 190)


def _table(by: str, found: list[Part]) -> Table:
    whole, most = sum(part.net for part in found) or 1, max((part.net for part in found), default=0) or 1
    ordered = found[::-1] if by == "day" else found
    sums = Part("", *(sum(getattr(part, name) for part in found) for name in ("gross", "net", *COUNTED)))
    more = [name for name in MORE if getattr(sums, name)]
    rows = [
        (_name(by, part), part, formats.percent(part.net / whole), f"{part.net / most * 100:.1f}%", [getattr(part, name) for name in more])
        for part in ordered
    ]
    return Table(by, TITLES[by], rows, sums, [(name.capitalize(), getattr(sums, name)) for name in more])


def _name(by: str, part: Part) -> str:
    if by == "day":
        return formats.day(part.name)
    return f"{int(part.name):02d}:00" if by == "hour" else str(part.name) or NAMELESS[by]


def _bridge(bridge: campaigns.Bridge) -> c.Waterfall | None:
    """Raises ValueError through the component should gross, reasons and net not add up."""
    if not bridge.gross:
        return None
    steps = [(REASONS.get(reason, reason).capitalize(), -count) for reason, count in bridge.filtered]
    origin = int(bridge.net * 0.9) if bridge.net > 10 * (bridge.gross - bridge.net) else 0
    return c.Waterfall(("Gross, as counted", bridge.gross), steps, "Net, promised and billed", bridge.net, origin=origin)


def _compared(seen: CampaignView) -> list[tuple[Any, str, float | None]]:
    """Lines that somebody else counted too, each with its page and how far they are apart."""
    rows = campaigns.compared(seen.order)
    return [(one, links.part("discrepancy", one.line_id), None if one.share is None else -one.share) for one in rows]
