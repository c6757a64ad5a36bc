"""A booked campaign's creatives: received, checked, decided on, assigned, checked again by a second person, published."""

import datetime
import random
from collections.abc import Generator

from makegood.catalog.models import Placement
from makegood.core.models import Person
from makegood.creatives.actions import receiving, reviewing
from makegood.creatives.models import Version
from makegood.orders.actions import running
from makegood.orders.models import Flight, Order
from makegood.trafficking.actions import assigning, qa
from makegood.workflows import publishing
from makegood.workflows.demo import companies, policy
from makegood.workflows.demo.artwork import Piece, shape
from makegood.workflows.demo.campaigns import Campaign
from makegood.workflows.demo.times import at, working
from makegood.workflows.demo.world import World
from makegood.workflows.ordering import asking

Steps = Generator[datetime.datetime, None, None]
LONG_AGO = -100
SENT_BACK = {
    "Banking": ("FIN-03", "Set terms at 9 px or more in white, and add the balance range and the end date beside the rate."),
    "Health": ("HLT-02", "Name the study behind “care, close by” on the landing page."),
    "": ("GEN-04", "The price ends before the flight does; give the date or take it out."),
}


def wanted(campaign: Campaign, world: World) -> set[Piece]:
    """Every file the campaign will need, so that all can be drawn and probed at once."""
    shapes, first = _shapes(campaign, world), _first(campaign, world)
    drafts = {Piece(campaign.advertiser, one) for one in shapes}
    if first and {"policy", "rework"} & campaign.trouble:
        drafts.add(Piece(campaign.advertiser, first, 2))
    if first and _faulty(campaign):
        drafts.add(Piece(campaign.advertiser, first, 1, "too_heavy"))
    return drafts


def make(campaign: Campaign, order: Order, world: World, chance: random.Random) -> Steps:
    """Creatives from the client until everything is published; late or never where that is the trouble."""
    start = world.times.day(campaign.start)
    days_before = -2 if "late_creative" in campaign.trouble else chance.randrange(6, 10)
    day = working(start, -days_before)
    if day < order.revisions.latest("number").at.date():
        day = working(order.revisions.latest("number").at.date(), 1)
    sender, click = _sender(order), "" if "no_click" in campaign.trouble else f"https://{companies.domain(campaign.advertiser)}/{_slug(campaign.name)}"
    approved: dict[str, Version] = {}
    first = _first(campaign, world)
    if "no_creative" in campaign.trouble:
        return
    for number, one in enumerate(_shapes(campaign, world)):
        yield (moment := at(working(day, number % 2), f"{10 + number % 6}:{10 + 7 * (number % 6)}"))
        new = receiving.NewCreative(order.advertiser, f"{campaign.name} {one.replace('x', '×')}", click_url=click, root=("orders.order", order.pk))
        fault = "too_heavy" if one == first and _faulty(campaign) else ""
        version = _receive(Piece(campaign.advertiser, one, 1, fault), new, sender, moment, world)
        if version.status == "failed":
            yield (moment := at(working(day, 2), "11:20"))
            version = _receive(Piece(campaign.advertiser, one), version.creative, sender, moment, world)
        approved[one] = yield from _review(campaign, order, version, one, world, chance, sender, moment, first=one == first)
    yield from _traffic(campaign, order, approved, world, chance)


def _review(
    campaign: Campaign, order: Order, version: Version, one: str, world: World, chance: random.Random, sender: Person | None,
    moment: datetime.datetime, *, first: bool,
) -> Generator[datetime.datetime, None, Version]:  # fmt: skip
    """Decided within a business day; a breach of a guideline goes back once, an exception is a lead's."""
    reviewer, category = world.cast["Mei"], order.advertiser.category
    yield (moment := moment + datetime.timedelta(hours=chance.choice((2, 4, 19, 21))))
    if first and "exception" in campaign.trouble:
        reviewing.decide(
            version, "exception", by=world.cast["Ruth"], at=moment, reason="Logo under 16 px; the new artwork comes on the 12th.",
            guideline=policy.guideline("GEN-01"), conditions="Only on Run of site desktop.", expires_on=world.times.day(campaign.start + campaign.days),
        )  # fmt: skip
        return version
    if first and {"policy", "rework"} & campaign.trouble:
        code, reason = SENT_BACK.get(category, SENT_BACK[""])
        reviewing.decide(version, "reject", by=reviewer, at=moment, reason=reason, guideline=policy.guideline(code))
        yield (moment := at(working(moment.date(), 1), "15:20"))
        version = _receive(Piece(campaign.advertiser, one, 2), version.creative, sender, moment, world)
        yield (moment := moment + datetime.timedelta(hours=18))
    reviewing.decide(version, "approve", by=reviewer, at=moment)
    return version


def _traffic(campaign: Campaign, order: Order, approved: dict[str, Version], world: World, chance: random.Random) -> Steps:
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


def _receive(piece: Piece, creative: object, sender: Person | None, moment: datetime.datetime, world: World) -> Version:
    return receiving.receive(
        world.artwork.path(piece), name=piece.name, creative=creative, by=sender, at=moment, probe=world.artwork.probe,
    )  # fmt: skip


def _shapes(campaign: Campaign, world: World) -> list[str]:
    places: list[Placement] = [place for part in campaign.parts for place in world.products[part.product].placements.all()]
    return sorted({shape(place) for place in places})


def _first(campaign: Campaign, world: World) -> str:
    """The shape that comes back when something does: a drawn one, as only those can be drawn anew."""
    return next((one for one in _shapes(campaign, world) if "x" in one), "")


def _faulty(campaign: Campaign) -> bool:
    return "slow_client" not in campaign.trouble and campaign.start % 3 == 0


def _sender(order: Order) -> Person:
    """The client's contact when one can sign in, else the account manager who got the files by mail."""
    _, person = companies.signer(order.bill_to)
    return person or order.account_manager


def _slug(name: str) -> str:
    return "-".join("".join(letter for letter in word if letter.isalnum()).lower() for word in name.split())
