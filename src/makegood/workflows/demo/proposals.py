"""What is proposed to a client: a campaign's parts as a draft order, and what they come to. Called by the selling story."""

import datetime
from decimal import Decimal

from makegood.accounts.models import Account
from makegood.core.models import Person
from makegood.orders.actions import drafting, lines
from makegood.orders.models import Order
from makegood.workflows.demo.campaigns import Campaign, Part
from makegood.workflows.demo.times import DAY
from makegood.workflows.demo.world import World

CENT, COMMISSION = Decimal("0.01"), Decimal(15)


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


def budget(campaign: Campaign, world: World) -> Decimal:
    """About what the parts cost at card rates, in hundreds."""
    total = Decimal(0)
    for part in campaign.parts:
        card = world.products[part.product].rates.get()
        total += card.rate * part.quantity / (1000 if world.products[part.product].rate_type == "CPM" else 1)
    return (total / 100).quantize(Decimal(1)) * 100 or Decimal(100)


def _letters(account: Account) -> str:
    return "".join(word[0] for word in str(account).split() if word[0].isalpha()).upper()
