"""A campaign from brief to booked, step by step at the times such steps take. Each step is the action people use."""

import datetime
import random
from collections.abc import Generator

from django.db import transaction

from makegood.core.models import Person
from makegood.orders.actions import approval, booking, cancelling, signing
from makegood.orders.errors import NotEnough
from makegood.orders.models import Order
from makegood.sales.actions import briefs
from makegood.sales.models import Brief
from makegood.work.models import Approval
from makegood.workflows.demo import companies, proposals
from makegood.workflows.demo.campaigns import Campaign
from makegood.workflows.demo.times import DAY, at, working
from makegood.workflows.demo.world import World, fresh
from makegood.workflows.ordering import asking, deciding

OBJECTIVES = ("awareness", "consideration", "action")
Steps = Generator[datetime.datetime, None, Order | None]


def sell(campaign: Campaign, world: World, chance: random.Random) -> Steps:
    """Yields the moment of each step; returns the booked order, or None when the story stops before."""
    manager, owner = world.cast[campaign.manager], world.accounts[campaign.advertiser].owner
    start, slow = world.times.day(campaign.start), "slow_client" in campaign.trouble
    lead = chance.randrange(21, 34) if campaign.start < 0 else 26
    day = working(start - lead * DAY)
    yield (moment := at(day, "09:40"))
    brief = briefs.create(
        world.accounts[campaign.advertiser], campaign.name, objective=chance.choice(OBJECTIVES), budget=proposals.budget(campaign, world),
        start=start, end=start + (campaign.days - 1) * DAY, by=owner, at=moment, agency=world.agency(campaign),
        property=world.products[campaign.parts[0].product].property, kpi="In-flight delivery and click rate",
    )  # fmt: skip
    yield (moment := at(working(day, 1), "15:10"))
    briefs.propose(brief, by=owner, at=moment)
    yield (moment := at(working(day, 2), chance.choice(("10:20", "14:45"))))
    order = proposals.draft(campaign, world, manager, moment)
    if campaign.until == "draft":
        return None
    yield (moment := at(working(day, 3), "11:30"))
    order = approval.submit(order, by=manager, at=moment)
    if campaign.until == "pending":
        return None
    if order.status == "pending":
        yield (moment := at(working(day, 4), chance.choice(("09:15", "16:20"))))
        order = yield from decided(order, world, moment, reject="rejected_once" in campaign.trouble)
    if "rework" in campaign.trouble:
        yield (moment := at(working(day, 5), "10:05"))
        approval.withdraw(order, by=manager, at=moment, why="the client asked for other words in the terms")
        yield (moment := at(working(day, 5), "15:40"))
        order = approval.submit(order, by=manager, at=moment)
        if order.status == "pending":
            yield (moment := at(working(day, 6), "09:30"))
            order = yield from decided(order, world, moment)
    return (yield from signed(campaign, order, world, chance, working(day, 7 if slow else 6), brief, owner))


def signed(
    campaign: Campaign, order: Order, world: World, chance: random.Random, day: datetime.date, brief: Brief, owner: Person
) -> Steps:
    """Both signatures, then the booking."""
    name, person = companies.signer(order.bill_to)
    if campaign.until == "approved":
        yield (moment := at(day, "12:00"))
        signing.sign(order, "client", name, by=person, at=moment, **({} if person else {"on_paper": "countersigned PDF by mail"}))
        return None
    yield (moment := at(day, "11:00"))
    signing.sign(order, "seller", owner.name, by=owner, at=moment)
    wait = chance.randrange(4, 7) if "slow_client" in campaign.trouble else chance.randrange(1, 3)
    yield (moment := at(working(day, wait), chance.choice(("10:12", "13:50", "16:35"))))
    signer = person if person and person.is_client else None
    signing.sign(order, "client", name, by=signer or owner, at=moment, **({} if signer else {"on_paper": "countersigned PDF by mail"}))
    if brief.status != "won":
        briefs.win(brief, by=owner, at=moment, why=order.number)
    if campaign.until == "signed":
        return None
    yield (moment := at(working(day, wait + (0 if moment.hour < 18 else 1)), "17:05"))
    try:
        with transaction.atomic():  # a refusal undoes the booking, not the load
            order = booking.book(fresh(order), by=world.cast[campaign.manager], at=moment)
    except NotEnough as gone:  # somebody booked it while this one was being signed
        return (yield from _again(campaign, order, world, chance, moment, brief, owner, gone))
    yield (moment := moment + datetime.timedelta(minutes=25))
    asking.ask(order, by=world.cast[campaign.manager], at=moment)
    if "cancelled" in campaign.trouble:
        yield (moment := at(working(moment.date(), 3), "14:30"))
        cancelling.cancel(order, by=owner, at=moment, why="the client moved the budget to spring")
        return None
    return order


def _again(
    campaign: Campaign, order: Order, world: World, chance: random.Random, moment: datetime.datetime, brief: Brief, owner: Person, gone: NotEnough
) -> Steps:  # fmt: skip
    """What was free at submission is gone at booking: asked for as over-booking, decided and signed anew."""
    manager = world.cast[campaign.manager]
    yield (moment := moment + datetime.timedelta(minutes=50))
    approval.withdraw(order, by=manager, at=moment, why=gone.message)
    order = approval.submit(order, by=manager, at=moment, reason="availability changed while it was being signed")
    if order.status == "pending":
        yield (moment := moment + datetime.timedelta(hours=16))
        order = yield from decided(order, world, moment)
    return (yield from signed(campaign, order, world, chance, working(moment.date(), 1), brief, owner))


def decided(order: Order, world: World, moment: datetime.datetime, *, reject: bool = False) -> Steps:
    """Every pending approval of the order decided; a first rejection brings it back with a reason."""
    for asked in Approval.objects.filter(subject_type="orders.order", subject_id=order.pk, status="pending").order_by("pk"):
        by = world.approver(asked.roles, set(asked.makers.values_list("pk", flat=True)))
        deciding.decide(asked, "rejected" if reject else "approved", by=by, at=moment, reason="the discount needs a reason" if reject else "")
        if reject:
            break
    order = fresh(order)
    if order.status == "draft":
        yield (moment := moment + datetime.timedelta(hours=20))
        order = approval.submit(order, by=order.campaign_manager, at=moment, reason="annual volume, agreed with sales")
        if order.status == "pending":
            yield (moment := moment + datetime.timedelta(hours=3))
            order = yield from decided(order, world, moment)
    return order
