"""The traffic an order's flight meets: what was counted or is forecast, else assumed from the promise itself."""

import dataclasses
import datetime
import zoneinfo
from collections.abc import Collection

import numpy as np

from makegood.adserver import simulate
from makegood.catalog import supply
from makegood.catalog.models import Placement, TrafficCurve
from makegood.engine.targeting import Request
from makegood.orders.models import Flight, Order

DAY = datetime.timedelta(days=1)
FILL = 0.6  # where no supply was ever counted, so much of the traffic is taken to be the promise
LEAST = 240  # requests a day for each flight there: spots are few, and chance must not decide over them
UNCOUNTED = 400  # requests a day where the promise is not in units served


@dataclasses.dataclass(frozen=True)
class Traffic:
    """Requests a day by placement, and whether they were counted or forecast (else assumed from the promise)."""

    daily: dict[int, dict[datetime.date, float]]
    known: frozenset[int]
    hours: dict[int, list[float]]
    places: dict[int, Placement]

    @classmethod
    def of(cls, order: Order, today: datetime.date) -> "Traffic":
        """For every placement of the order's flights over its days."""
        flights = list(Flight.objects.filter(line__order=order).select_related("line"))
        places = {one.pk: one for one in Placement.objects.filter(pk__in={pk for flight in flights for pk in flight.placement_ids})}
        looked = supply.outlook(list(places), order.start, order.end, today=today)
        known = frozenset(pk for pk, one in looked.items() if one.known)
        days = [order.start + n * DAY for n in range((order.end - order.start).days + 1)]
        daily = {pk: dict(zip(days, map(float, looked[pk].requests), strict=True)) if pk in known else _assumed(pk, flights, days) for pk in places}
        curves = dict(TrafficCurve.objects.filter(placement__in=places).values_list("placement_id", "shares"))
        return cls(daily, known, {pk: curves.get(pk, [1 / 24] * 168) for pk in places}, places)

    def cells(self, hour: datetime.datetime, day: datetime.date, rng: np.random.Generator, zone: str) -> list[simulate.Cell]:
        """The hour's requests by placement, drawn around their mean."""
        at = day.weekday() * 24 + hour.astimezone(zoneinfo.ZoneInfo(zone)).hour
        found = []
        for pk, days in sorted(self.daily.items()):
            requests = int(rng.poisson(days.get(day, 0.0) * self.hours[pk][at]))
            if requests:
                place = self.places[pk]
                found.append(simulate.Cell(Request(pk, geo="US-NY-501", device=place.device or "mobile", section=place.section or None), requests))
        return found

    def ahead(self, flight: Flight, moment: datetime.datetime, zone: str) -> float:
        """Requests of the flight's placements from the hour of `moment` to its end."""
        local = moment.astimezone(zoneinfo.ZoneInfo(zone))
        total = 0.0
        for pk in flight.placement_ids:
            for day, requests in self.daily[pk].items():
                if max(local.date(), flight.start) <= day <= flight.end:
                    hours = self.hours[pk][day.weekday() * 24 : day.weekday() * 24 + 24]
                    total += requests * (sum(hours[local.hour :]) if day == local.date() else sum(hours))
        return total


def _assumed(pk: int, flights: Collection[Flight], days: Collection[datetime.date]) -> dict[datetime.date, float]:
    """Traffic in which the promises on a placement are FILL of all requests, day by day."""
    found = dict.fromkeys(days, 0.0)
    for flight in flights:
        if pk in flight.placement_ids:
            span = (flight.end - flight.start).days + 1
            each = max(LEAST, flight.goal / len(flight.placement_ids) / span / FILL) if flight.line.counts_impressions else UNCOUNTED
            for n in range(span):
                found[flight.start + n * DAY] += each
    return found
