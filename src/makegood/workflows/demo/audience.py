"""Who asks for ads in the demo, hour by hour: requests by placement and mix, drawn around what was recorded as supply."""

import datetime
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from makegood.adserver.simulate import Cell, Hour
from makegood.catalog.models import SupplyCell, TrafficCurve
from makegood.engine.decision import Decider
from makegood.engine.targeting import Request
from makegood.workflows.demo.times import at
from makegood.workflows.demo.world import World


class Audience:
    """Requests of each day and placement, their hours and their mix."""

    def __init__(
        self, requests: Mapping[int, Mapping[datetime.date, int]], curves: Mapping[int, list[float]], mixes: Mapping[int, list[tuple[Request, float]]]
    ) -> None:
        self.requests, self.curves, self.mixes = requests, curves, mixes

    @classmethod
    def of(cls, world: World, requests: Mapping[int, Mapping[datetime.date, int]]) -> "Audience":
        """From the catalogue's curves and mixes."""
        sections = {place.pk: place.section or None for place in world.places.values()}
        mixes: dict[int, list[tuple[Request, float]]] = {pk: [] for pk in requests}
        for cell in SupplyCell.objects.filter(placement__in=requests).order_by("pk"):
            request = Request(
                cell.placement_id, geo=f"{cell.geo}-000" if cell.geo != "US" else "US-TX-000", device=cell.device, audiences=frozenset(cell.audiences),
                section=sections[cell.placement_id],
            )  # fmt: skip
            mixes[cell.placement_id].append((request, cell.share))
        return cls(requests, dict(TrafficCurve.objects.values_list("placement_id", "shares")), mixes)

    def hours(self, day: datetime.date, decider: Decider, rng: np.random.Generator, told: Sequence[int]) -> Iterator[Hour]:
        """The day in as many parts as `told` has hours; each part holds the requests of the hours up to the next."""
        aimed = {pk for flight in decider.plan.flights if flight.targeting for pk in flight.placement_ids}
        live = {pk for flight in decider.plan.flights for pk in flight.placement_ids}
        whole = 24 // len(told)
        for hour in told:
            begin = day.weekday() * 24 + hour
            cells: list[Cell] = []
            for pk in sorted(live & self.requests.keys()):
                share = sum(self.curves[pk][(begin + n) % 168] for n in range(-(whole // 2), whole - whole // 2))
                asked = int(rng.poisson(self.requests[pk].get(day, self._last(pk)) * share))
                cells += self._cells(pk, asked, rng, split=pk in aimed)
            yield Hour(at(day, f"{hour:02}:00"), decider, cells)

    def _cells(self, pk: int, asked: int, rng: np.random.Generator, *, split: bool) -> list[Cell]:
        mix = self.mixes[pk]
        if not split:  # nobody aims here: one cell is as good as ten
            return [Cell(mix[0][0], asked)]
        parts = rng.multinomial(asked, np.array([share for _, share in mix]) / sum(share for _, share in mix))
        return [Cell(request, number) for (request, _), number in zip(mix, parts.tolist(), strict=True) if number]

    def _last(self, pk: int) -> int:
        """Today has not been counted yet: a week ago will do."""
        days = self.requests[pk]
        return days[sorted(days)[-7]]


