"""Recording what supply was counted: requests of placements by day, their mix and their hours."""

import datetime
from collections.abc import Mapping, Sequence

from makegood.catalog.models import Placement, SupplyCell, SupplyDay, TrafficCurve
from makegood.core import permissions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person


def record_days(placement: Placement, requests: Mapping[datetime.date, int], *, by: Person | None) -> int:
    """Write counted requests by day; a day counted again is replaced."""
    permissions.check(by, "catalog.record_supply")
    rows = [SupplyDay(placement=placement, day=day, requests=count) for day, count in sorted(requests.items())]
    SupplyDay.objects.bulk_create(rows, update_conflicts=True, unique_fields=["placement", "day"], update_fields=["requests"])
    return len(rows)


@verbs.whole
def set_mix(placement: Placement, cells: Sequence[tuple[str, str, Sequence[str], float]], *, by: Person | None) -> None:
    """Replace the placement's mix of (geo, device, audiences, share); shares must sum to one."""
    permissions.check(by, "catalog.record_supply")
    total = sum(share for *_, share in cells)
    if abs(total - 1) > 1e-6:
        raise Invalid(f"the shares sum to {total:.4f}, not 1.", place=str(placement), remedy="Scale them to one.")
    placement.supply_cells.all().delete()
    SupplyCell.objects.bulk_create(
        SupplyCell(placement=placement, geo=geo, device=device, audiences=list(audiences), share=share)
        for geo, device, audiences, share in cells
    )


def set_curve(placement: Placement, shares: Sequence[float], *, by: Person | None) -> TrafficCurve:
    """The hours of a week: 168 shares from Monday 00:00; each day's 24 sum to one."""
    permissions.check(by, "catalog.record_supply")
    if len(shares) != 168 or min(shares) < 0:
        raise Invalid("a curve has 168 shares, none below zero.", place=str(placement), remedy="Give one for each hour of the week.")
    return TrafficCurve.objects.update_or_create(placement=placement, defaults={"shares": list(shares)})[0]
