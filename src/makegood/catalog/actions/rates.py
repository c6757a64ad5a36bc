"""The rate card: card rates and floors for stretches of days."""

import datetime
from decimal import Decimal

from makegood.catalog.models import Product, Rate
from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.engine import currencies


@verbs.whole
def set_rate(
    product: Product, *, rate: Decimal, floor: Decimal, start: datetime.date, end: datetime.date, by: Person | None,
    at: datetime.datetime, currency: str = "USD",
) -> Rate:  # fmt: skip
    """A card entry. Refused when one of that product and currency already covers any of the days."""
    permissions.check(by, "catalog.set_rates", product)
    if currency not in currencies.MINOR_UNITS:
        raise Invalid(f"{currency!r} is not an ISO 4217 currency.", place="currency", remedy="Use a code like USD.")
    if not 0 <= floor <= rate:
        raise Invalid(f"a floor of {floor} is not between zero and the rate {rate}.", place="floor", remedy="Correct one of them.")
    if end < start:
        raise Invalid(f"it ends {end}, before it starts {start}.", place="end", remedy="Give a later end.")
    Product.objects.select_for_update(no_key=True).get(pk=product.pk)  # two entries at once cannot both find the days free
    other = product.rates.filter(currency=currency, start__lte=end, end__gte=start).first()
    if other:
        raise Refused(f"{other.start} to {other.end} already has a rate of {other.rate}.", place=str(product), remedy="Choose other days.")
    entry = Rate.objects.create(product=product, currency=currency, rate=rate, floor=floor, start=start, end=end)
    activity.record(product, "catalog.rate_set", by=by, at=at, after={"rate": rate, "floor": floor, "currency": currency, "start": start, "end": end})
    return entry
