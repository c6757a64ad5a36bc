"""Orders booked through the real actions, with placements to serve on, ready to be trafficked."""

import datetime
from decimal import Decimal

from makegood.accounts.models import Account
from makegood.catalog.models import Placement, Product, Property, Rate
from makegood.core.models import Person, Seller
from makegood.orders.actions import approval, booking, drafting, lines, signing
from makegood.orders.models import Flight, Order
from tests.factories.creatives import NOW

START, END = datetime.date(2026, 11, 25), datetime.date(2026, 12, 20)


def seller() -> Seller:
    """The one seller."""
    return Seller.objects.get_or_create(defaults={"name": "Northbank Media"})[0]


def product(code: str = "ros", sizes: tuple[str, ...] = ("300x250",), *, exclusive: bool = False) -> Product:
    """A display product with one placement a size and a rate card."""
    home, _ = Property.objects.get_or_create(code="news", defaults={"name": "The Northbank Post", "medium": "news"})
    made = Product.objects.create(
        property=home, code=code, name=f"Product {code}", format="display", rate_type="day" if exclusive else "CPM",
        exclusive=exclusive, spec_profile="display",
    )
    for size in sizes:
        width, height = map(int, size.split("x"))
        made.placements.add(
            Placement.objects.create(
                property=home, code=f"{code}-{size}", name=f"{code} {size}", format="display", width=width, height=height
            )
        )
    Rate.objects.create(
        product=made, rate=Decimal(20), floor=Decimal(10), start=datetime.date(2020, 1, 1), end=datetime.date(2099, 12, 31)
    )
    return made


def order(advertiser: Account, owner: Person, *products: Product, goal: int = 100_000, book: bool = True, name: str = "Harbour Saver") -> Order:
    """An order with a line for each product, signed by both sides and booked."""
    seller()
    made = drafting.create(
        name, advertiser, start=START, end=END, account_manager=owner, campaign_manager=owner, by=None, at=NOW, currency="USD"
    )
    for one in products:
        lines.add(made, one, start=START, end=END, quantity=26 if one.exclusive else goal, by=None, at=NOW)
    if book:
        approval.submit(made, by=None, at=NOW)
        for side in ("client", "seller"):
            signing.sign(made, side, "A. Signer", by=None, at=NOW)
        booking.book(made, by=None, at=NOW)
    return Order.objects.get(pk=made.pk)


def flight(made: Order, number: int = 1) -> Flight:
    """A flight of the order."""
    return Flight.objects.select_related("line__order").get(line__order=made, line__number=number)
