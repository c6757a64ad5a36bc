"""The dated slices of a line: laid out when the line is made or changed, always summing to it."""

import datetime
from collections.abc import Sequence

from makegood.core.errors import Invalid
from makegood.engine import apportion
from makegood.orders.models import Flight, Line

Slice = tuple[datetime.date, datetime.date, int]  # first day, last day, goal


def lay_out(line: Line, slices: Sequence[Slice] = ()) -> list[Flight]:
    """Replace the flights of a draft line. Without `slices` the ones there are kept in proportion, else one is made.

    Raises Invalid when slices leave the line's days or do not sum to its quantity. Call inside the edit's transaction.
    """
    found = _flights(line, list(slices) or _kept(line))
    line.flights.all().delete()
    return Flight.objects.bulk_create(found)


def lay_out_new(lines: Sequence[tuple[Line, Sequence[Slice]]]) -> list[Flight]:
    """The flights of lines just made, the placements of their products fetched: one statement however many. Without slices a line has one."""
    return Flight.objects.bulk_create(one for line, slices in lines for one in _flights(line, list(slices) or [(line.start, line.end, line.quantity)]))


def _flights(line: Line, wanted: Sequence[Slice]) -> list[Flight]:
    _check(line, wanted)
    placements = sorted(place.pk for place in line.product.placements.all() if place.active)
    return [Flight(line=line, number=number, start=start, end=end, goal=goal, placement_ids=placements) for number, (start, end, goal) in enumerate(wanted, 1)]


def _kept(line: Line) -> list[Slice]:
    """The present slices cut to the line's days with goals in the old proportion; one slice when that cannot be."""
    old = [(max(one.start, line.start), min(one.end, line.end), one.goal) for one in line.flights.all()]
    old = [one for one in old if one[0] <= one[1]]
    if len(old) < 2 or line.quantity < len(old):
        return [(line.start, line.end, line.quantity)]
    goals = apportion.largest_remainder(line.quantity, [goal for _, _, goal in old])
    if min(goals) < 1:
        return [(line.start, line.end, line.quantity)]
    return [(start, end, goal) for (start, end, _), goal in zip(old, goals, strict=True)]


def _check(line: Line, slices: Sequence[Slice]) -> None:
    for start, end, goal in slices:
        if not line.start <= start <= end <= line.end:
            raise Invalid(f"{start} to {end} is outside {line.start} to {line.end}.", place=str(line), remedy="Move the flight.")
        if goal <= 0:
            raise Invalid("a flight needs a goal above zero.", place=str(line), remedy="Give one or leave the flight out.")
    total = sum(goal for _, _, goal in slices)
    if total != line.quantity:
        raise Invalid(f"the flights sum to {total:,}, the line sells {line.quantity:,}.", place=str(line), remedy="Make them equal.")
