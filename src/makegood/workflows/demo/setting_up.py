"""A campaign set up and run: creatives assigned, compared by a second person, published; paused where that is the trouble."""

import datetime
import random
from collections.abc import Generator

from makegood.creatives.models import Version
from makegood.orders.actions import running
from makegood.orders.models import Flight, Order
from makegood.trafficking.actions import assigning, qa
from makegood.workflows import publishing
from makegood.workflows.demo.artwork import shape
from makegood.workflows.demo.campaigns import Campaign
from makegood.workflows.demo.times import at, working
from makegood.workflows.demo.world import World
from makegood.workflows.ordering import asking

Steps = Generator[datetime.datetime, None, None]
LONG_AGO = -100


def set_up(campaign: Campaign, order: Order, approved: dict[str, Version], world: World, chance: random.Random) -> Steps:
    """Assigned by the trafficker, checked by the campaign manager, published by the trafficker."""
    trafficker, manager = world.cast[campaign.trafficker], world.cast[campaign.manager]
    latest = Version.objects.filter(pk__in=[one.pk for one in approved.values()]).latest("decisions__at")
    last = latest.decisions.latest("at").at
    start = at(world.times.day(campaign.start), "00:00")
    late = last >= start
    yield (moment := last + datetime.timedelta(hours=2) if late else max(last + datetime.timedelta(hours=3), at(working(world.times.day(campaign.start), -4), "10:30")))
    places = {place.pk: place for place in world.places.values()}
    for flight in Flight.objects.filter(line__order=order).select_related("line__order").order_by("pk"):
        if flight.line.number in campaign.withheld and flight.number == flight.line.flights.count():
            continue
        for one in sorted({shape(places[pk]) for pk in flight.placement_ids}):
            if one in approved and flight.status in assigning.OPEN:
                assigning.assign(flight, approved[one], by=trafficker, at=moment)
    yield (moment := moment + datetime.timedelta(hours=1 if late else chance.choice((3, 6, 22))))
    qa.run(order, by=manager, at=moment)
    yield (moment := moment + datetime.timedelta(minutes=35))
    if campaign.start > LONG_AGO or campaign.start % 3 == 0:  # of the oldest every third: plans were published less often then
        publishing.publish(by=trafficker, at=moment, why=f"{order.number} {campaign.name}")
    asking.close_held(order, at=moment)
    if {"paused", "paused_now"} & campaign.trouble:
        yield from _pause(campaign, order, world)


def _pause(campaign: Campaign, order: Order, world: World) -> Steps:
    """A third into the flight the client stops the first line for some days; or two days ago, until further notice."""
    now = "paused_now" in campaign.trouble
    first = world.times.day(-2 if now else campaign.start + campaign.days // 3)
    yield (moment := at(first, "11:45"))
    stopped = list(Flight.objects.filter(line__order=order, line__number=1, status="live").select_related("line__order"))
    for flight in stopped:
        running.pause(flight, by=world.cast[campaign.manager], at=moment, why="the client's site is being moved")
    if now:
        return
    yield (moment := moment + datetime.timedelta(days=max(3, campaign.days // 6), hours=4))
    for flight in Flight.objects.filter(pk__in=[one.pk for one in stopped], status="paused").select_related("line__order"):
        running.resume(flight, by=world.cast[campaign.manager], at=moment, why="the site is back")
