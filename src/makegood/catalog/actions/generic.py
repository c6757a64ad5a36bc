"""Products that lines of foreign documents may become when the catalogue knows nothing better. A person confirms each."""

import datetime

from makegood.catalog.actions import products
from makegood.catalog.models import Format, Placement, Product, Property, RateType
from makegood.core import verbs
from makegood.core.models import Person

PROPERTY = ("any", "Any property")


@verbs.whole
def ensure(*, by: Person | None, at: datetime.datetime) -> tuple[Product, ...]:
    """The generic spot (for station contracts) and the generic media line (for everything else), made when missing."""
    home = Property.objects.filter(code=PROPERTY[0]).first() or products.add_property(*PROPERTY, "other", by=by, at=at)
    spot = products.add_placement(home, "any-spot", "Any spot", Format.AUDIO, by=by, at=at, duration_s=30)
    page = products.add_placement(home, "any-display", "Any page, 300×250", Format.DISPLAY, by=by, at=at, width=300, height=250)
    return (
        _product(home, "any-spot", "Spot, as in the document", spot, RateType.SPOT, "audio-streaming", ["broadcast"], by, at),
        _product(home, "any-media", "Media, as in the document", page, RateType.FLAT, "display-300x250", ["table", "labels"], by, at),
    )


def _product(
    home: Property, code: str, name: str, place: Placement, rate_type: str, profile: str, layouts: list[str],
    by: Person | None, at: datetime.datetime,
) -> Product:  # fmt: skip
    return products.add_product(
        home, code, name, placements=[place], format=place.format, rate_type=rate_type, spec_profile=profile, by=by, at=at,
        lead_days=3, fallback_for=layouts,
    )  # fmt: skip
