"""Adding properties, placements and products, and learning what agencies call them."""

import datetime
from collections.abc import Iterable

from makegood.catalog.models import Placement, Product, Property
from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person


def add_property(code: str, name: str, medium: str, *, by: Person | None, at: datetime.datetime) -> Property:
    """A site, service or store network; the one of that code when there is one."""
    permissions.check(by, "catalog.edit")
    found, made = Property.objects.get_or_create(code=code, defaults={"name": name, "medium": medium})
    if made:
        activity.record(found, "catalog.property_added", by=by, at=at, after={"name": name})
    return found


def add_placement(property: Property, code: str, name: str, format: str, *, by: Person | None, at: datetime.datetime, **facts: object) -> Placement:
    """A place an ad can be: `facts` are section, width, height, duration_s, device. The one of that code when there is one."""
    permissions.check(by, "catalog.edit")
    found, made = Placement.objects.get_or_create(code=code, defaults={"property": property, "name": name, "format": format, **facts})
    if made:
        activity.record(found, "catalog.placement_added", by=by, at=at, after={"name": name, "code": code})
    return found


@verbs.whole
def add_product(
    property: Property, code: str, name: str, *, placements: Iterable[Placement], format: str, rate_type: str, spec_profile: str,
    by: Person | None, at: datetime.datetime, **facts: object,
) -> Product:  # fmt: skip
    """What is sold. `facts`: exclusive, lead_days, priority, targeting, aliases, fallback_for. The one of that code when there is one."""
    permissions.check(by, "catalog.edit")
    places = list(placements)
    strange = [place for place in places if place.format != format]
    if strange:
        raise Invalid(f"{strange[0]} is {strange[0].format}, the product {format}.", place=name, remedy="Choose placements of one format.")
    product, made = Product.objects.get_or_create(
        code=code,
        defaults={"property": property, "name": name, "format": format, "rate_type": rate_type, "spec_profile": spec_profile, **facts},
    )
    if made:
        product.placements.set(places)
        activity.record(product, "catalog.product_added", by=by, at=at, after={"name": name, "rate_type": rate_type})
    return product


@verbs.whole
def learn_alias(product: Product, wording: str, *, by: Person | None, at: datetime.datetime) -> Product:
    """Remember that a line worded so means `product`. Refused when the wording already means another."""
    permissions.check(by, "catalog.learn_alias", product)
    text = " ".join(wording.split())[:160]
    other = Product.objects.filter(aliases__contains=[text], active=True).exclude(pk=product.pk).first()
    if other:
        raise Refused(f"“{text}” already means {other}.", place=str(product), remedy="Remove it there first.")
    if text and text not in product.aliases and text.casefold() != product.name.casefold():
        activity.change(product, "catalog.alias_learnt", by=by, at=at, aliases=[*product.aliases, text])
    return product
