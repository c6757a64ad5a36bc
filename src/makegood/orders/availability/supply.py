"""The supply of placements as the engine takes it: rows of their mix, forecast totals by day."""

import dataclasses
import datetime
from collections.abc import Collection, Iterable

import numpy as np

from makegood.catalog import hourly
from makegood.catalog import supply as catalog_supply
from makegood.catalog.models import Placement
from makegood.engine import outlook, supply
from makegood.engine.eligibility import Scope
from makegood.engine.outlook import Outlook
from makegood.engine.supply import Supply
from makegood.engine.targeting.predicates import Request


def of(
    placement_ids: Collection[int], start: datetime.date, end: datetime.date, *, today: datetime.date
) -> tuple[Supply, Outlook, frozenset[int]]:
    """Supply rows, their outlook from `start` to `end`, and the placements about which enough is known.

    Days and placements are taken to err together, the cautious side. The mix was counted whole: no sampling error.
    """
    ids = sorted(placement_ids)
    found = catalog_supply.outlook(ids, start, end, today=today)
    totals, low, high = (
        np.array(part, dtype=np.float64).reshape(len(ids), (end - start).days + 1)
        for part in zip(*((found[pk].requests, found[pk].low, found[pk].high) for pk in ids), strict=True)
    )
    rows: list[Request] = []
    weights: list[float] = []
    group: list[int] = []
    places = {place.pk: place for place in Placement.objects.filter(pk__in=ids).prefetch_related("supply_cells")}
    for number, pk in enumerate(ids):
        for request, weight in _rows(places[pk]):
            rows.append(request)
            weights.append(weight)
            group.append(number)
    known = frozenset(pk for pk in ids if found[pk].known)
    counted = dataclasses.replace(supply.from_requests(rows, weights), census=True)
    spread = outlook.from_bounds(low, high, between_groups=1.0)
    return counted, Outlook(start, totals, np.array(group, dtype=np.int64), spread), known


def told_apart(stock: Supply, expected: Outlook, placement_ids: Collection[int], scopes: Iterable[Scope]) -> tuple[Supply, Outlook]:
    """What `of` gave of these placements, split by hour as far as one of the scopes is about hours."""
    return hourly.by_hour(stock, expected, sorted(placement_ids), (one.targeting for one in scopes))


def _rows(place: Placement) -> list[tuple[Request, float]]:
    """The placement's cells; one row for all of it where no mix was counted."""
    section = place.section or None
    cells = [
        (Request(place.pk, geo=one.geo or None, device=one.device or None, audiences=frozenset(one.audiences), section=section), one.share)
        for one in place.supply_cells.all()
    ]
    return cells or [(Request(place.pk, device=place.device or None, section=section), 1.0)]
