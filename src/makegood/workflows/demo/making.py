"""A booked campaign's creatives: received, checked, decided on, assigned, checked again by a second person, published."""

import datetime
import random
from collections.abc import Generator

from makegood.catalog.models import Placement
from makegood.core.models import Person
from makegood.creatives.actions import receiving, reviewing
from makegood.creatives.models import Version
from makegood.orders.models import Order
from makegood.workflows.demo import companies, policy, setting_up
from makegood.workflows.demo.artwork import Piece, shape
from makegood.workflows.demo.campaigns import Campaign
from makegood.workflows.demo.times import at, working
from makegood.workflows.demo.world import World

Steps = Generator[datetime.datetime, None, None]
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
    yield from setting_up.set_up(campaign, order, approved, world, chance)


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
