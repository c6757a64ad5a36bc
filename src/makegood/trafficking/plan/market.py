"""The catalog's outlook and mix as the engine's supply: a row per placement, geography, device and audiences. Reads only."""

import dataclasses
import datetime
from collections.abc import Collection, Iterable, Mapping

import numpy as np

from makegood.catalog import hourly
from makegood.catalog import supply as outlooks
from makegood.catalog.models import SupplyCell
from makegood.engine import outlook, supply, targeting
from makegood.engine.periods import Period
from makegood.engine.targeting import Targeting


@dataclasses.dataclass(frozen=True)
class Market:
    """`supply` rows of the `known` placements; those outside `mixed` have one row, of which nothing but its place is known."""

    supply: supply.Supply
    outlook: outlook.Outlook
    known: frozenset[int]
    mixed: frozenset[int]
    by_place: Mapping[int, outlooks.Outlook]

    def requests(self, place: int, period: Period) -> int:
        """Requests of a placement on the days."""
        return self.by_place[place].between(period.start, period.end)


def market(places: Collection[int], today: datetime.date, last: datetime.date, aims: Iterable[Targeting] = ()) -> Market:
    """What these placements will see from today on, by hour where one of `aims` asks for hours.

    Placements of which too little was counted are not in it.
    """
    ahead = {pk: one for pk, one in outlooks.outlook(places, today, last, today=today).items() if one.known}
    rows = _mix(ahead)
    mixed = frozenset(request.placement for request, _ in rows)
    rows += [(targeting.Request(pk), 1.0) for pk in sorted(set(ahead) - mixed)]
    sample = supply.from_requests([request for request, _ in rows], np.array([share for _, share in rows]))
    number = {pk: n for n, pk in enumerate(sorted(ahead))}
    totals = np.array([ahead[pk].requests for pk in number], dtype=np.float64).reshape(len(number), (last - today).days + 1)
    group = np.array([number[request.placement] for request, _ in rows], dtype=np.int64)
    stock, expected = hourly.by_hour(sample, outlook.Outlook(today, totals, group), list(number), aims)
    return Market(stock, expected, frozenset(ahead), mixed, ahead)


def _mix(places: Collection[int]) -> list[tuple[targeting.Request, float]]:
    return [
        (targeting.Request(cell.placement_id, geo=cell.geo, device=cell.device, audiences=frozenset(cell.audiences)), cell.share)
        for cell in SupplyCell.objects.filter(placement_id__in=places).order_by("pk")
    ]
