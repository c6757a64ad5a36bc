"""The panel of one line: finding, curve, where the shortfall went, what would help. Values only."""

import datetime
import math
from collections.abc import Sequence
from typing import Any

from makegood.delivery import proposals
from makegood.delivery.models import Pace, Recommendation
from makegood.delivery.queries.pacing import PaceView
from makegood.delivery.queries.pacing import together as won_back
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links
from makegood.interfaces.web.pacing import curve
from makegood.interfaces.web.pacing.tables import projection


def context(view: PaceView) -> dict[str, Any]:
    """What the template places."""
    pace, line = view.pace, view.pace.line
    rows = [(one, one.kind in proposals.DELIVERY_ONLY, _detail(one)) for one in view.recommendations]
    changes = sorted(rows, key=lambda row: (not row[1], -row[0].predicted))
    free = [str(one.pk) for one, delivery_only, _ in changes if delivery_only]
    return {
        "view": view, "pace": pace, "line": line, "order_url": links.record(line.order), "subtitle": _subtitle(view),
        "curve": curve.of(view, sums(view, free)["end"]), "causes": _causes(view), "causes_title": _causes_title(view),
        "changes": changes, "free": free, "finish": _finish(pace), "risk": projection(pace), "ends": formats.day(line.end),
        "measured_on": formats.day(min(line.end, pace.as_of.date() + datetime.timedelta(days=7))),
        "offer": math.ceil(view.missing / 1000) * 1000, **sums(view, free),
    }  # fmt: skip


def sums(view: PaceView, chosen: Sequence[str]) -> dict[str, Any]:
    """What the chosen changes win back together, and where the line ends then."""
    taken = [one for one in view.recommendations if str(one.pk) in chosen and one.kind in proposals.DELIVERY_ONLY]
    gain = won_back(view.pace, taken)
    end = view.pace.projected + gain
    return {
        "taken": len(taken), "gain": gain, "overlap": sum(one.predicted for one in taken) - gain, "end": end,
        "end_share": end / view.pace.goal, "pace": view.pace,
    }  # fmt: skip


def _subtitle(view: PaceView) -> str:
    line = view.pace.line
    sizes = sorted({f"{place.width}×{place.height}" for place in line.product.placements.all() if place.width})
    what = f"{line.name}, {sizes[0]}" if len(sizes) == 1 else line.name
    rate = formats.money(line.rate, line.order.currency)
    return f"{what}. {line.order.advertiser}. {rate} {line.get_rate_type_display()}"


def _finish(pace: Pace) -> tuple[str, str]:
    """Where it ends as part of the promise, and between which bounds 80 times in 100: ("93 %", "90–96")."""
    low, likely, high = (round(100 * units / pace.goal) for units in (pace.projected_low, pace.projected, pace.projected_high))
    return formats.percent(likely / 100, 0), f"{low}–{high}" if low != high else ""


def _causes(view: PaceView) -> c.Waterfall | None:
    pace = view.pace
    steps = [(cause["label"], int(cause["units"])) for cause in pace.causes]
    if not steps:
        return None
    levels = [pace.goal]
    for _, units in steps:
        levels.append(levels[-1] + units)
    return c.Waterfall(("Promised", pace.goal), steps, "Projected", pace.projected, origin=_origin(levels))


def _origin(levels: Sequence[int]) -> int:
    """Zero, or a round figure below every bar where changes would be too small to see."""
    low, top = min(levels), max(levels)
    if low <= 0.6 * top:
        return 0
    grain = 5 * 10 ** (len(str(max(1, top - low))) - 1)
    return int(max(0.0, (low - 0.5 * (top - low)) // grain * grain))


def _causes_title(view: PaceView) -> tuple[str, str]:
    gap = view.pace.goal - view.pace.projected
    title = f"Where {formats.integer(gap)} went" if gap > 0 else "What moved it"
    causes = _causes(view)
    start = causes.origin if causes else 0
    return title, f"Bars start at {formats.compact(start)}" if start else ""


def _detail(change: Recommendation) -> str:
    low, high = formats.compact(change.predicted_low), formats.compact(change.predicted_high)
    who = "You may apply this" if change.kind in proposals.DELIVERY_ONLY else "Changes what was sold: a revision the client signs"
    return f"{low} to {high}. {who}"
