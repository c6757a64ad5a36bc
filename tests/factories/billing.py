"""Orders that ran and can be billed, with counts by period."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from makegood.billing.actions import issuing, preparing
from makegood.billing.models import Invoice
from makegood.catalog.models import Product
from makegood.core.models import Person
from makegood.orders.actions import lines, running
from makegood.orders.models import Order
from tests.factories import accounts, catalog, delivery, orders
from tests.factories.accounts import NOW

START, END = datetime.date(2026, 6, 1), datetime.date(2026, 8, 23)  # three broadcast months of 28 days
BROADCAST = (datetime.date(2026, 6, 28), datetime.date(2026, 7, 26), datetime.date(2026, 8, 30))  # their last days
COUNTED = (datetime.date(2026, 6, 10), datetime.date(2026, 7, 10), datetime.date(2026, 8, 10))  # a day in each


def run_of_site() -> Product:
    """Run of site at $10 CPM with requests in the summer."""
    return catalog.run_of_site(rate="10", places=(catalog.placement(requests=1_000_000, days=250),))


def ran(
    delivered: Sequence[int] = (120_000, 60_000, 140_000), *, quantity: int = 300_000, agency: bool = True,
    filtered: Mapping[str, int] | None = None, third: Sequence[int] = (), name: str = "Summer Rides", client: str = "Oatfield Foods",
    complete: bool = True, **terms: object,
) -> Order:  # fmt: skip
    """300,000 impressions at $10 CPM through an agency at 15 %, broadcast months, counted 120, 60 and 140 thousand."""
    advertiser = accounts.Account.objects.filter(party__name=client).first() or accounts.advertiser(client, address="9 Mill Lane\nPortland ME")
    through = {"agency": _agency(), "commission_pct": Decimal(15)} if agency else {}
    facts = {"start": START, "end": END, "bill_calendar": "broadcast", "po_number": "PO-7"} | through | terms
    made = orders.order(name, advertiser=advertiser, **facts)
    line = orders.line(made, run_of_site(), quantity=quantity, start=START, end=END)
    orders.booked(made)
    delivery.count(line, dict(zip(COUNTED, delivered, strict=False)), filtered=filtered)
    if third:
        delivery.third_party(line, dict(zip(COUNTED, third, strict=False)))
    return finish(made) if complete else made


def _agency() -> accounts.Account:
    return accounts.Account.objects.filter(party__name="Fenwick & Rowe").first() or accounts.agency(address="1 Hudson Yards\nNew York NY")


def flat(made: Order, amount: str, *, start: datetime.date = START, end: datetime.date = END) -> None:
    """A flat line on a draft order."""
    lines.add(made, run_of_site(), start=start, end=end, quantity=1, rate=Decimal(amount), rate_type="flat", name="Site sponsorship", by=None, at=NOW)


def finish(made: Order) -> Order:
    """Every flight seen live and completed."""
    for line in made.lines.all():
        for flight in line.flights.select_related("line__order"):
            running.start(flight, by=None, at=NOW)
            flight.refresh_from_db()
            running.complete(flight, by=None, at=NOW)
    return Order.objects.get(pk=made.pk)


def issued(made: Order, finance: Person, on: datetime.date = BROADCAST[0], *, at: datetime.datetime = NOW) -> Invoice:
    """The order's bill for a period, issued."""
    return issuing.issue(preparing.prepare(made, on, by=finance, at=at), by=finance, at=at)
