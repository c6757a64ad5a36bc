"""A campaign from brief to booked, step by step at the times such steps take. Each step is the action people use."""

import datetime
import random
from collections.abc import Generator
from decimal import Decimal

from makegood.accounts.models import Account
from makegood.core.models import Person
from makegood.orders.actions import approval, booking, cancelling, drafting, lines, signing
from makegood.orders.models import Order
from makegood.sales.actions import briefs
from makegood.sales.models import Brief
from makegood.work.models import Approval
from makegood.workflows.demo import companies
from makegood.workflows.demo.campaigns import Campaign, Part
from makegood.workflows.demo.times import DAY, at, working
from makegood.workflows.demo.world import World
from makegood.workflows.ordering import asking, deciding

OBJECTIVES = ("awareness", "consideration", "action")
CENT, COMMISSION = Decimal("0.01"), Decimal(15)

Steps = Generator[datetime.datetime, None, Order | None]


def sell(campaign: Campaign, world: World, chance: random.Random) -> Steps:
    """Yields the moment of each step; returns the booked order, or None when the story stops before."""
    manager, owner = world.cast[campaign.manager], world.accounts[campaign.advertiser].owner
    start, slow = world.times.day(campaign.start), "slow_client" in campaign.trouble
    lead = chance.randrange(21, 34) if campaign.start < 0 else 26
    day = working(start - lead * DAY)
    yield (moment := at(day, "09:40"))
    brief = briefs.create(
        world.accounts[campaign.advertiser], campaign.name, objective=chance.choice(OBJECTIVES), budget=_budget(campaign, world),
        start=start, end=start + (campaign.days - 1) * DAY, by=owner, at=moment, agency=world.agency(campaign),
        property=world.products[campaign.parts[0].product].property, kpi="In-flight delivery and click rate",
    )  # fmt: skip
    yield (moment := at(working(day, 1), "15:10"))
    briefs.propose(brief, by=owner, at=moment)
    yield (moment := at(working(day, 2), chance.choice(("10:20", "14:45"))))
    order = draft(campaign, world, manager, moment)
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
        approval.withdraw(order, by=manager, at=moment, why="the client moved a part of the budget")
        lines.edit(order.lines.order_by("number").last(), by=manager, at=moment, why="budget moved by the client", name=f"{campaign.name}, revised")
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
    briefs.win(brief, by=owner, at=moment, why=order.number)
    if campaign.until == "signed":
        return None
    yield (moment := at(working(day, wait + (0 if moment.hour < 18 else 1)), "17:05"))
    order = booking.book(Order.objects.get(pk=order.pk), by=world.cast[campaign.manager], at=moment)
    yield (moment := moment + datetime.timedelta(minutes=25))
    asking.ask(order, by=world.cast[campaign.manager], at=moment)
    if "cancelled" in campaign.trouble:
        yield (moment := at(working(moment.date(), 3), "14:30"))
        cancelling.cancel(order, by=owner, at=moment, why="the client moved the budget to spring")
        return None
    return order


def draft(campaign: Campaign, world: World, manager: Person, moment: datetime.datetime) -> Order:
    """The draft with its lines."""
    advertiser, agency = world.accounts[campaign.advertiser], world.agency(campaign)
    start = world.times.day(campaign.start)
    order = drafting.create(
        campaign.name, advertiser, start=start, end=start + (campaign.days - 1) * DAY, account_manager=advertiser.owner,
        campaign_manager=manager, trafficker=world.cast[campaign.trafficker], by=manager, at=moment, agency=agency,
        commission_pct=COMMISSION if agency else Decimal(0), external_number=f"{_letters(agency or advertiser)}-{8000 + abs(campaign.start) * 7}",
        po_number="" if "purchase_order" in campaign.trouble else f"PO-{40_000 + abs(campaign.start) * 11}",
        **campaign.terms,
    )  # fmt: skip
    for part in campaign.parts:
        first = start + part.starts * DAY
        last = first + ((part.days or campaign.days - part.starts) - 1) * DAY
        product = world.products[part.product]
        card = product.rates.get()
        lines.add(
            order, product, start=first, end=last, quantity=part.quantity, by=manager, at=moment, name=part.name or product.name,
            rate=(card.rate * (100 - part.off_pct) / 100).quantize(CENT), flights=slices(part, first, last), targeting=part.targeting or product.targeting,
        )  # fmt: skip
    return order


def slices(part: Part, first: datetime.date, last: datetime.date) -> list[tuple[datetime.date, datetime.date, int]]:
    """The flights of a part: single days for sends, two around a gap, else the default."""
    if part.shots:
        return [(first + n * DAY, first + n * DAY, part.quantity // len(part.shots)) for n in part.shots]
    if part.gap != (0, 0):
        before = part.quantity // 3
        return [(first, first + (part.gap[0] - 1) * DAY, before), (first + part.gap[1] * DAY, last, part.quantity - before)]
    return []


def decided(order: Order, world: World, moment: datetime.datetime, *, reject: bool = False) -> Steps:
    """Every pending approval of the order decided; a first rejection brings it back with a reason."""
    for asked in Approval.objects.filter(subject_type="orders.order", subject_id=order.pk, status="pending").order_by("pk"):
        by = world.approver(asked.roles, set(asked.makers.values_list("pk", flat=True)))
        deciding.decide(asked, "rejected" if reject else "approved", by=by, at=moment, reason="the discount needs a reason" if reject else "")
        if reject:
            break
    order = Order.objects.get(pk=order.pk)
    if order.status == "draft":
        yield (moment := moment + datetime.timedelta(hours=20))
        order = approval.submit(order, by=order.campaign_manager, at=moment, reason="annual volume, agreed with sales")
        if order.status == "pending":
            yield (moment := moment + datetime.timedelta(hours=3))
            order = yield from decided(order, world, moment)
    return order


def _budget(campaign: Campaign, world: World) -> Decimal:
    """About what the parts cost at card rates, in hundreds."""
    total = Decimal(0)
    for part in campaign.parts:
        card = world.products[part.product].rates.get()
        total += card.rate * part.quantity / (1000 if world.products[part.product].rate_type == "CPM" else 1)
    return (total / 100).quantize(Decimal(1)) * 100 or Decimal(100)


def _letters(account: Account) -> str:
    return "".join(word[0] for word in str(account).split() if word[0].isalpha()).upper()
