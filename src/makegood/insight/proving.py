"""Units of what is not counted by impressions (days, sends, a flat fee): proved by the days on which a flight was seen."""

import zoneinfo
from collections import Counter
from collections.abc import Sequence

from django.db.models.functions import TruncDate

from makegood.delivery.models import Fact
from makegood.orders.models import Line


def units(goal: int, length: int, days: int) -> int:
    """What a flight of `length` days with `goal` units has proved by running on `days` of them."""
    return goal * min(days, length) // length


def of_lines(lines: Sequence[Line], zone: str) -> Counter[int]:
    """Proved units by line id, flight by flight; two queries."""
    proved: Counter[int] = Counter()
    if not lines:
        return proved
    seen = Fact.objects.filter(flight__line__in=lines, net__gt=0).annotate(day=TruncDate("hour", tzinfo=zoneinfo.ZoneInfo(zone)))
    ran = Counter(pk for pk, _ in seen.values_list("flight_id", "day").distinct())
    for line in lines:
        for flight in line.flights.all():
            proved[line.pk] += units(flight.goal, (flight.end - flight.start).days + 1, ran[flight.pk])
    return proved
