"""What part of the requests it can have each guaranteed flight needs: theta, demand over eligible supply.

Supply is the catalog's outlook split by its mix; what a flight still needs is passed in.
"""

import datetime
from collections.abc import Mapping, Sequence

import numpy as np

from makegood.catalog import supply as outlooks
from makegood.catalog.models import SupplyCell
from makegood.core.errors import Invalid
from makegood.engine import supply, targeting
from makegood.orders.models import Flight

FULL = 1.0  # nothing known of the supply: take what comes and let pacing correct


def thetas(flights: Sequence[Flight], needed: Mapping[int, int | None], *, today: datetime.date) -> dict[int, float]:
    """theta per flight id (SHALE, Bharadwaj et al., KDD 2012): units still needed over requests it is eligible for.

    In (0, 1]; 1 where the outlook knows nothing or the promise is not in units served (None). 0 when nothing more is
    needed.
    """
    places = {pk for flight in flights for pk in flight.placement_ids}
    if not places:
        return {}
    last = max(flight.end for flight in flights)
    known = outlooks.outlook(places, today, max(last, today), today=today)
    cells = _cells(places)
    return {flight.pk: _theta(flight, needed[flight.pk], known, cells, today) for flight in flights}


def _theta(
    flight: Flight,
    units: int | None,
    known: Mapping[int, outlooks.Outlook],
    cells: Mapping[int, supply.Supply],
    today: datetime.date,
) -> float:
    if units is None:
        return FULL
    if units <= 0:
        return 0.0
    try:
        wanted = targeting.from_json(flight.line.targeting)
    except targeting.TargetingInvalid as wrong:
        raise Invalid(f"{wrong}.", place=str(flight), remedy="Correct the line's targeting.") from wrong
    eligible = 0.0
    for pk in flight.placement_ids:
        if pk not in known or not known[pk].known:
            return FULL
        requests = known[pk].between(max(flight.start, today), flight.end)
        eligible += requests * _share(wanted, cells.get(pk))
    return min(FULL, units / eligible) if eligible > 0 else FULL


def _share(wanted: targeting.Targeting, mix: supply.Supply | None) -> float:
    """The part of a placement's requests the targeting matches; all of them where no mix was recorded."""
    return float(mix.weights[targeting.mask(wanted, mix)].sum()) if mix is not None else 1.0


def _cells(places: set[int]) -> dict[int, supply.Supply]:
    found: dict[int, list[tuple[targeting.Request, float]]] = {}
    for cell in SupplyCell.objects.filter(placement_id__in=places).order_by("pk"):
        request = targeting.Request(
            cell.placement_id, geo=cell.geo, device=cell.device, audiences=frozenset(cell.audiences)
        )
        found.setdefault(cell.placement_id, []).append((request, cell.share))
    return {
        pk: supply.from_requests([one for one, _ in rows], np.array([share for _, share in rows]))
        for pk, rows in found.items()
    }
