"""How a flight's goal is reserved over the placements it may serve on. Integers in and out."""

from collections.abc import Mapping

from makegood.catalog.supply import Outlook
from makegood.engine import apportion
from makegood.orders.models import Flight


def units(flight: Flight, outlooks: Mapping[int, Outlook]) -> dict[int, int]:
    """{placement id: units}, in proportion to the requests each will see in the flight's days; evenly when none are known.

    Sums to the goal (largest remainder). A reservation says where a goal is expected to run; the book's flow decides availability.
    """
    ids = sorted(flight.placement_ids)
    if not ids:
        return {}
    weights = [outlooks[pk].between(flight.start, flight.end) for pk in ids]
    return dict(zip(ids, apportion.largest_remainder(flight.goal, weights if sum(weights) else [1] * len(ids)), strict=True))
