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
from makegood.workflows.demo.audience import Audience
from makegood.workflows.demo.campaigns import Campaign
from makegood.workflows.demo.times import DAY, at
from makegood.workflows.demo.world import World

COARSE = (3, 9, 15, 21)  # before the hourly weeks a day is told in quarters
PLAN_EVERY = 3  # days between plans in those
INVALID = {"known_bot": 0.008, "data_centre": 0.011, "prefetch": 0.002}
WORSE = {"known_bot": 0.075, "data_centre": 0.02, "prefetch": 0.002}
WORSE_FROM, WORSE_PLACE = -13, "news-preroll-15"
THIRD_PARTY = "Adcount"
DRIFT = {"display": 0.968, "video": 0.945, "audio": 0.939, "native": 0.98}
DOUBLED = ("Solstice Energy: Heat Pumps", -1)  # since then the other counter's tag fires twice


def deliver(world: World, told: list[Campaign], requests: Mapping[int, Mapping[datetime.date, int]], *, hourly_days: int) -> Iterator[datetime.datetime]:
    """Yields ten past midnight of every day, when the day before is counted; at last this very hour."""
    audience, days = Audience.of(world, requests), Days(world, told)
    day, decider, net = world.times.day(min(one.start for one in told)), None, Net()
    while day <= world.times.today:
        hourly = (world.times.today - day).days <= hourly_days
        if decider is None or hourly or day.toordinal() % PLAN_EVERY == 0:
            yield at(day, "00:05")
            decider, versions = days.plan(at(day, "00:05"), net)
        end = min(at(day + DAY, "00:00"), world.times.now.replace(minute=0, second=0, microsecond=0))
        yield max(end, at(day, "00:06"))
        days.count(day, decider, versions, audience, end, hourly, net)
        day += DAY


class Net(Counter[int]):
    """Net impressions by flight as the plan is told them: short by what is served and will not count."""

    COUNTS = 0.955  # of what is served: rendered, and neither robot nor data centre

    def asked(self, goals: Mapping[int, int]) -> dict[int, int]:
        """`delivered` such that what is still needed is asked for with its losses on top."""
        return {pk: round(goal - (goal - self[pk]) / self.COUNTS) for pk, goal in goals.items()}


class Days:
    """What is done at the turn of each day."""

    def __init__(self, world: World, told: list[Campaign]) -> None:
        self.world = world
        self.third = {one.key for one in told if "third_party" in one.trouble or one.terms.get("bill_source") == "third_party"}
        self.formats = {place.pk: place.format for place in world.places.values()}
        self.proved: set[int] = set()

    def plan(self, moment: datetime.datetime, net: Net) -> tuple[Decider, dict[int, int]]:
        """The plan of a morning, from what each flight still needs; and the version behind each of its creatives."""
        chosen = list(compiling.flights(moment))
        plan = compiling.compile(chosen, at=moment, version=0, delivered=net.asked({one.pk: one.goal for one in chosen}))
        return Decider(plan), {one.id: one.version_id for one in plan.creatives}

    def count(
        self, day: datetime.date, decider: Decider, versions: dict[int, int], audience: Audience, until: datetime.datetime, hourly: bool, net: Net
    ) -> None:
        """Decide and count a day up to `until`; flights go live by their first impressions and complete after their last day."""
        rng = np.random.default_rng([self.world.seed, day.toordinal()])
        hours = [hour for hour in audience.hours(day, decider, rng, COARSE if not hourly else range(24)) if hour.at < until]
        counts = simulate.replay(hours, rng=rng, rates=self._rates(day))
        backfill.add(counts, run=f"demo:{day}", versions=versions, by=None, at=until)
        valid = counts.kinds["impression"][:, 0]
        today: Counter[int] = Counter()
        for flight, number in zip(counts.flights.tolist(), valid.tolist(), strict=True):
            if flight and number:
                today[flight] += number
        net.update(today)
        self._prove(today, day)
        self._third_party(today, day, until)
        if until >= at(day + DAY, "00:00"):
            over = Flight.objects.filter(end=day, status__in=("ready", "live", "paused")).select_related("line__order").order_by("pk")
            for flight in over:
                running.complete(flight, by=None, at=until, why="its days are over")

    def _prove(self, today: Counter[int], day: datetime.date) -> None:
        new = {flight: number for flight, number in sorted(today.items()) if flight not in self.proved}
        if new:
            proving.seen(new, by=None, at=min(at(day, "06:15"), self.world.times.now))
            self.proved |= new.keys()

    def _rates(self, day: datetime.date) -> dict[int, simulate.Rates]:
        found = {}
        for place in self.world.places.values():
            bad = place.code == WORSE_PLACE and (day - self.world.times.today).days >= WORSE_FROM
            invalid = WORSE if bad else INVALID if place.format != "audio" else {"data_centre": 0.006}
            viewable, click = {"audio": (0.98, 0.0002), "native": (0.61, 0.0031), "video": (0.74, 0.0024)}.get(place.format, (0.66, 0.0011))
            found[place.pk] = simulate.Rates(invalid=invalid, viewable=viewable, click=click)
        return found

    def _third_party(self, today: Counter[int], day: datetime.date, until: datetime.datetime) -> None:
        """The other counter's figures a day later, for the orders that are counted twice."""
        flights = Flight.objects.filter(pk__in=today).select_related("line__order__advertiser__party", "line__product").order_by("pk")
        rows = []
        for flight in flights:
            order = flight.line.order
            key = f"{order.advertiser}: {order.name}"
            if key not in self.third or not flight.line.counts_impressions or until < at(day + DAY, "00:00"):
                continue
            share = DRIFT[flight.line.product.format] * (1 + ((len(order.name) * 7 + flight.line.number * 3 + day.toordinal() * 13) % 11 - 5) / 500)
            if key == DOUBLED[0] and flight.line.product.format == "video" and (day - self.world.times.today).days >= DOUBLED[1]:
                share *= 2
            rows.append(ThirdPartyCount(flight=flight, day=day, vendor=THIRD_PARTY, impressions=round(today[flight.pk] * share), at=until))
        ThirdPartyCount.objects.bulk_create(rows)


