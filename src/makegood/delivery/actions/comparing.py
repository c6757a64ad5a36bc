"""Comparing another counter with ours, line by line, and keeping it for the lists."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import F, Max, Q

from makegood.core import permissions, verbs
from makegood.core.models import Person
from makegood.delivery import pairing
from makegood.delivery.models import Discrepancy
from makegood.delivery.pairing import Pair
from makegood.engine import discrepancy
from makegood.engine.discrepancy import Tier
from makegood.engine.discrepancy.causes import FIRST_DAYS
from makegood.orders.models import Line

FIELDS = ("vendor", "zone", "first", "last", "ours", "theirs", "share", "tier", "at_stake", "cause", "findings", "days", "as_of")
CALLING = (Tier.RECONCILE, Tier.INCIDENT)
STILL = datetime.timedelta(days=3)  # our own late events may still come


def lines(flights: Iterable[int]) -> list[Line]:
    """The lines of these flights."""
    return list(Line.objects.filter(flights__in=set(flights)).select_related("order").distinct().order_by("pk"))


def due(at: datetime.datetime) -> list[Line]:
    """Lines with third-party counts that came since their last comparison, or whose days may still change on our side."""
    rows = Line.objects.filter(flights__third_party__isnull=False).annotate(newest=Max("flights__third_party__at"))
    new = Q(discrepancy=None) | Q(newest__gt=F("discrepancy__as_of")) | Q(end__gte=(at - STILL).date())
    return list(rows.filter(new).select_related("order").order_by("pk"))


@verbs.whole
def compare(lines: Sequence[Line], *, by: Person | None, at: datetime.datetime) -> list[Discrepancy]:
    """Compare `lines` and replace their rows; lines nobody else counted have none."""
    permissions.check(by, "delivery.compare")
    zones: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        zones[line.order.zone].append(line)
    rows = [_row(pair, at) for group in zones.values() for pair in pairing.pairs(group, at)]
    Discrepancy.objects.bulk_create(rows, update_conflicts=True, unique_fields=["line"], update_fields=FIELDS)
    return rows


def _row(pair: Pair, at: datetime.datetime) -> Discrepancy:
    net, line = pair.counts.net.astype(int), pair.line
    ours, theirs = int(net.sum()), int(pair.counts.theirs.sum())
    tier, days = discrepancy.tier(ours, theirs), _days(pair, net.tolist())
    calling = tier in CALLING or sum(day["tier"] in CALLING for day in days) >= FIRST_DAYS
    found = discrepancy.explain(pair.counts) if calling else ()
    price = line.amount / line.quantity if line.quantity else Decimal(0)
    return Discrepancy(
        line=line, vendor=pair.vendor, zone=pair.zone, first=pair.days[0], last=pair.days[-1], ours=ours, theirs=theirs,
        share=discrepancy.share(ours, theirs), tier=tier, at_stake=(abs(ours - theirs) * price).quantize(Decimal("0.01")),
        cause=found[0].cause if found else "", findings=[_finding(one, pair) for one in found], days=days, as_of=at,
    )  # fmt: skip


def _days(pair: Pair, net: list[int]) -> list[dict[str, Any]]:
    rows = zip(pair.days, net, pair.counts.theirs.astype(int).tolist(), strict=True)
    return [{"day": day.isoformat(), "ours": ours, "theirs": theirs, "tier": discrepancy.tier(ours, theirs)} for day, ours, theirs in rows]


def _finding(one: discrepancy.Finding, pair: Pair) -> dict[str, Any]:
    name = pair.creatives[one.creative] if one.creative is not None else ""
    return {"cause": one.cause, "explained": round(one.explained, 4), "units": one.units, "value": round(one.value, 3), "creative": name}
