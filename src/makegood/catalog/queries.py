"""Reads of the catalogue: what is sold, where, at which rate."""

import datetime
from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from makegood.accounts.models import Contract
from makegood.catalog.models import ContractRate, Guideline, Package, Placement, Product, Rate, SpecProfile
from makegood.core.models import Person
from makegood.engine.specs import Profile, profiles


def product_list(actor: Person) -> QuerySet[Product]:
    """Products for the grid with placements_count; clients see none (the rate card is ours)."""
    rows = Product.objects.select_related("property").annotate(placements_count=Count("placements")).order_by("property__name", "name")
    return rows if actor.is_staff_member else rows.none()


def placement_list(actor: Person) -> QuerySet[Placement]:
    """Placements for the grid and the inventory calendar."""
    rows = Placement.objects.select_related("property").order_by("property__name", "name")
    return rows if actor.is_staff_member else rows.none()


def rate_for(product: Product, on: datetime.date, currency: str) -> Rate | None:
    """The card entry of `product` on a day in a currency; None when the card does not have it."""
    return product.rates.filter(currency=currency, start__lte=on, end__gte=on).order_by("-start", "-pk").first()


def entries(product_ids: Collection[int], currency: str) -> dict[int, list[Rate]]:
    """{product id: its card entries in a currency, the newest first}: `rate_for` of many products in one query."""
    found: dict[int, list[Rate]] = {}
    for one in Rate.objects.filter(product__in=product_ids, currency=currency).order_by("-start", "-pk"):
        found.setdefault(one.product_id, []).append(one)
    return found


def agreed_rates(contract: Contract, product_ids: Collection[int]) -> dict[int, ContractRate]:
    """{product id: what an agreement protects of it} of those it names."""
    return {one.product_id: one for one in ContractRate.objects.filter(contract=contract, product__in=product_ids)}


def protected_rates(contract: Contract) -> list[ContractRate]:
    """What an agreement protects, by product."""
    return list(contract.rates.select_related("product").order_by("product__name"))


def codes() -> frozenset[str]:
    """Codes of all products and placements: two queries."""
    return frozenset(Product.objects.values_list("code", flat=True)) | frozenset(Placement.objects.values_list("code", flat=True))


def comparable(also: Collection[int] = ()) -> QuerySet[Product]:
    """Active products, and those of these ids, with all that wordings and availability are compared with: two queries."""
    rows = Product.objects.filter(Q(active=True) | Q(pk__in=also)).select_related("property").prefetch_related("placements")
    return rows.order_by("property__name", "name")


def packages() -> QuerySet[Package]:
    """Packages on sale, with what is in them."""
    return Package.objects.filter(active=True).prefetch_related("items__product__property").order_by("name")


def package(code: str) -> Package | None:
    """The package on sale of that code."""
    return packages().filter(code=code).first()


def profile_versions(code: str) -> list[Profile]:
    """The versions of a spec profile, the newest first: those of the catalogue, and the shipped one they came after.

    A shipped one that is newer than all of them is not in force: nobody has taken it into the catalogue.
    """
    rows = {row.version: row for row in (Profile.from_json(one.body) for one in SpecProfile.objects.filter(code=code))}
    shipped = {one.version: one for one in profiles() if one.code == code and (not rows or one.version < max(rows))}
    return [one for _, one in sorted((shipped | rows).items(), reverse=True)]


def guideline(pk: int | None) -> Guideline | None:
    """A version of a rule of the policy by its id."""
    return Guideline.objects.filter(pk=pk).first() if pk else None


def guideline_versions(code: str) -> list[Guideline]:
    """Every version of a rule, the newest first."""
    return list(Guideline.objects.filter(code=code).select_related("by").order_by("-version"))
