"""Putting packages together and taking them off sale."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from makegood.catalog.models import Package, PackageItem, Product
from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.engine import currencies

Item = tuple[Product, int, bool]  # product, quantity, whether it is added value


@verbs.whole
def set_package(
    code: str, name: str, *, price: Decimal, items: Sequence[Item], by: Person | None, at: datetime.datetime, currency: str = "USD", active: bool = True
) -> Package:  # fmt: skip
    """Make the package of that code, or make it what is said here. Raises Invalid at the wrong field."""
    permissions.check(by, "catalog.set_rates")
    _check(currency, price, items)
    facts = {"name": name.strip()[:120], "currency": currency, "price": price, "active": active}
    package, _ = Package.objects.update_or_create(code=code, defaults=facts)
    package.items.all().delete()
    PackageItem.objects.bulk_create(
        PackageItem(package=package, product=product, position=at, quantity=quantity, added_value=added)
        for at, (product, quantity, added) in enumerate(items, 1)
    )
    said = {"name": package.name, "price": price, "items": [f"{quantity:,} {product}{', added value' if added else ''}" for product, quantity, added in items]}
    activity.record(package, "catalog.package_set", by=by, at=at, after=said)
    return package


def _check(currency: str, price: Decimal, items: Sequence[Item]) -> None:
    if currency not in currencies.MINOR_UNITS:
        raise Invalid(f"{currency!r} is not an ISO 4217 currency.", place="currency", remedy="Use a code like USD.")
    if price < 0:
        raise Invalid("a package does not cost less than nothing.", place="price", remedy="Give zero or more.")
    if not any(not added for _, _, added in items):
        raise Invalid("a package sells something: not all of it can be added value.", place="items", remedy="Add a product that is charged.")
    if any(quantity <= 0 for _, quantity, _ in items):
        raise Invalid("an item without a quantity is nothing.", place="items", remedy="Give each a number above zero.")
