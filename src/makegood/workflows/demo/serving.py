"""A year of delivery: each day's plan compiled as for publishing, its hours decided by the ad server's own code, counted into facts."""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np

from makegood.adserver import simulate
from makegood.delivery.actions import backfill
from makegood.delivery.models import ThirdPartyCount
from makegood.engine.decision import Decider
from makegood.orders.actions import running
from makegood.orders.models import Flight
from makegood.trafficking.actions import proving
from makegood.trafficking.plan import compiling
from makegood.workflows.demo import conditions
from makegood.workflows.demo.audience import Audience
from makegood.workflows.demo.campaigns import Campaign
from makegood.workflows.demo.times import DAY, ZONE, at
from makegood.workflows.demo.world import World

COARSE = (3, 9, 15, 21)  # before the hourly weeks a day is told in quarters
BLOCK, HOURLY_BLOCK = 4, 2  # days that follow one plan


def deliver(world: World, told: list[Campaign], requests: Mapping[int, Mapping[datetime.date, int]], *, hourly_days: int) -> Iterator[datetime.datetime]:
    """Yields when a plan is made and when its days are over and counted; at last this very hour."""
    audience, days = Audience.of(world, requests), Days(world, told)
    first, hour = world.times.day(min(one.start for one in told)), world.times.now.replace(minute=0, second=0, microsecond=0)
    while first <= world.times.today:
        hourly = (world.times.today - first).days <= hourly_days
        block = [first + n * DAY for n in range(HOURLY_BLOCK if hourly else BLOCK) if first + n * DAY <= world.times.today]
        yield at(first, "00:05")
        decider, versions = days.plan(at(first, "00:05"))
        end = min(at(block[-1] + DAY, "00:00"), hour)
        yield max(end, at(first, "00:06"))
        days.count(block, decider, versions, audience, end, COARSE if not hourly else range(24))
        first = block[-1] + DAY


class Days:
    """What is done at the turn of days; `net` are the impressions of each flight so far."""

    COUNTS = 0.955  # of what is served: rendered, and neither robot nor data centre

    def __init__(self, world: World, told: list[Campaign]) -> None:
        self.world = world
        self.third = {one.key for one in told if "third_party" in one.trouble or one.terms.get("bill_source") == "third_party"}
        self.net: Counter[int] = Counter()
        self.proved: set[int] = set()
        self.served: dict[int, Flight] = {}
        self.alphas: dict[int, float] = {}  # of the plan before: where the next begins

    def plan(self, moment: datetime.datetime) -> tuple[Decider, dict[int, int]]:
        """The plan of a morning and the version behind each of its creatives.

        What a flight still needs is asked for with its losses on top: it is told as delivered less.
        """
        chosen = list(compiling.flights(moment))
        short = {one.pk: round(one.goal - (one.goal - self.net[one.pk]) / self.COUNTS) for one in chosen}
        plan = compiling.compile(chosen, at=moment, version=0, delivered=short, warm=self.alphas)
        self.alphas = {one.id: one.alpha for one in plan.flights}
        return Decider(plan), {one.id: one.version_id for one in plan.creatives}

    def count(
        self, block: list[datetime.date], decider: Decider, versions: dict[int, int], audience: Audience, until: datetime.datetime, told: tuple[int, ...] | range
    ) -> None:  # fmt: skip
        """Decide and count days up to `until`; flights go live by their first impressions and complete after their last day."""
        rng = np.random.default_rng([self.world.seed, block[0].toordinal()])
        hours = [hour for day in block for hour in audience.hours(day, decider, rng, told) if hour.at < until]
        counts = simulate.replay(hours, rng=rng, rates=conditions.rates(self.world, block[0]))
        backfill.add(counts, run=f"demo:{block[0]}", versions=versions, by=None, at=until)
        valid, new = counts.kinds["impression"][:, 0], Counter[tuple[int, datetime.date]]()
        first: dict[int, int] = {}
        for flight, hour, number in zip(counts.flights.tolist(), counts.hours.tolist(), valid.tolist(), strict=True):
            if flight and number:
                new[flight, datetime.datetime.fromtimestamp(hour * 3600, ZONE).date()] += number
                first[flight] = min(first.get(flight, hour), hour)
        for (flight, _), number in new.items():
            self.net[flight] += number
        self._prove(first)
        self._third_party(new, until)
        over = Flight.objects.filter(end__in=[day for day in block if at(day + DAY, "00:00") <= until], status__in=("ready", "live", "paused"))
        for row in over.select_related("line__order").order_by("end", "pk"):
            running.complete(row, by=None, at=at(row.end + DAY, "00:00"), why="its days are over")

    def _prove(self, first: dict[int, int]) -> None:
        """Live in the hour of the first impression, as the counter would have seen it ten minutes later."""
        for flight, hour in sorted(first.items(), key=lambda one: (one[1], one[0])):
            if flight not in self.proved:
                moment = datetime.datetime.fromtimestamp(hour * 3600, datetime.UTC) + datetime.timedelta(minutes=10)
                proving.seen({flight: self.net[flight]}, by=None, at=min(moment, self.world.times.now))
                self.proved.add(flight)

    def _third_party(self, new: Counter[tuple[int, datetime.date]], until: datetime.datetime) -> None:
        """The other counter's figures of whole days, for the orders that are counted twice."""
        unknown = {flight for flight, _ in new} - self.served.keys()
        if unknown:
            self.served |= Flight.objects.select_related("line__order__advertiser__party", "line__product").in_bulk(unknown)
        rows = []
        for (pk, day), number in sorted(new.items()):
            flight = self.served[pk]
            key = f"{flight.line.order.advertiser}: {flight.line.order.name}"
            if key in self.third and flight.line.counts_impressions and at(day + DAY, "00:00") <= until:
                impressions = conditions.elsewhere(key, flight.line.product.format, flight.line.number, day, number, self.world.times.today)
                if impressions is not None:
                    rows.append(ThirdPartyCount(flight=flight, day=day, vendor=conditions.THIRD_PARTY, impressions=impressions, at=until))
        ThirdPartyCount.objects.bulk_create(rows)
