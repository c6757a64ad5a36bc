"""Lines in flight with planted situations: 28 days, 280,000 promised, 100,000 requests a day; NOW is day 22."""

import datetime

from makegood.catalog.models import SupplyDay
from makegood.core.models import Person
from makegood.creatives.models import Version
from makegood.delivery.actions import pacing, recommending
from makegood.delivery.models import Pace
from makegood.orders.actions import running
from makegood.orders.models import Line
from makegood.trafficking.models import Assignment
from tests.factories import catalog, creatives, delivery, orders
from tests.factories.accounts import NOW

START, END = datetime.date(2026, 11, 2), datetime.date(2026, 11, 29)
GOAL, DAILY = 280_000, 10_000
SEEN = (NOW.date() - START).days


def day(number: int) -> datetime.date:
    """Day of the flight, the first being 0."""
    return START + datetime.timedelta(days=number)


def moment(number: int, hour: int = 15) -> datetime.datetime:
    """A time on a day of the flight, UTC."""
    return datetime.datetime.combine(day(number), datetime.time(hour, tzinfo=datetime.UTC))


def line(campaign: str = "Autumn Breakfast", client: str = "Oatfield Foods", **facts: object) -> Line:
    """A booked line of run of site at $12 CPM."""
    advertiser = orders.accounts.Account.objects.filter(party__name=client).first() or orders.accounts.advertiser(client)
    made = orders.order(campaign, advertiser=advertiser, start=START, end=END)
    product = catalog.run_of_site(places=(catalog.placement(requests=100_000),)) if not facts.get("product") else facts.pop("product")
    orders.line(made, product, quantity=facts.pop("quantity", GOAL), start=START, end=END, **facts)
    return orders.booked(made).lines.select_related("order").get()


def set_up(line: Line, reviewer: Person, *, at: datetime.datetime | None = None, version: Version | None = None) -> Version:
    """An approved creative on the line since `at` (two days before it starts)."""
    version = version or creatives.approved(line.order.advertiser, reviewer)
    flight = delivery.flight(line)
    Assignment.objects.create(flight=flight, version=version, click_url="https://example.com/", at=at or moment(-2))
    running.start(flight, by=None, at=at or moment(0))
    return version


def delivered(line: Line, nets: dict[int, int] | None = None, **more: object) -> None:
    """DAILY a day until yesterday, but `nets` on given days."""
    found = {day(n): (nets or {}).get(n, DAILY if n < SEEN else 0) for n in range(SEEN + 1)}
    delivery.count(line, {on: net for on, net in found.items() if net}, **more)


def fewer_requests(line: Line, since: int, requests: int) -> None:
    """Traffic on the line's placement from a day on."""
    flight = delivery.flight(line)
    SupplyDay.objects.filter(placement_id__in=flight.placement_ids, day__gte=day(since)).update(requests=requests)


def computed(*lines: Line, at: datetime.datetime = NOW) -> list[Pace]:
    """Their standings and recommendations."""
    wanted = {one.pk for one in lines}
    rows = pacing.compute([one for one in pacing.running_lines() if one.pk in wanted or not lines], by=None, at=at)
    recommending.recommend(rows, by=None, at=at)
    return rows
