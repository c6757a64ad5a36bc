"""Which brand of its advertiser a creative is for. The brand's category decides which guidelines bear on it."""

import datetime

from makegood.accounts.models import Account, Brand
from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.creatives.models import Creative


@verbs.whole
def assign(creative: Creative, brand: Brand | None, *, by: Person | None, at: datetime.datetime, why: str = "") -> Creative:
    """The creative is for `brand`, or for the advertiser itself. A category that was only that of the one before follows.

    What was approved under other guidelines is not approved under those that bear on it now: `queries.approvals` says so.
    """
    permissions.check(by, "creatives.review", creative)
    fit(creative.advertiser, brand, place=str(creative))
    own = creative.declared_category.casefold() != category(creative.advertiser, creative.brand).casefold()
    declared = creative.declared_category if own else category(creative.advertiser, brand)
    activity.change(creative, "creative.branded", by=by, at=at, why=why, brand=brand, declared_category=declared)
    return creative


def fit(advertiser: Account, brand: Brand | None, *, place: str) -> None:
    """Raise Invalid for a brand of somebody else."""
    if brand is not None and brand.advertiser_id != advertiser.pk:
        raise Invalid(f"{brand} is no brand of {advertiser}.", place=place, remedy="Choose one of its brands, or add it to the account.")


def own(advertiser: Account, brand: Brand | None) -> Brand | None:
    """The brand where it is the advertiser's: an order may name one that is not, with a caution."""
    return brand if brand is not None and brand.advertiser_id == advertiser.pk else None


def category(advertiser: Account, brand: Brand | None) -> str:
    """What is advertised: the brand's category, else the advertiser's."""
    return (brand.category if brand else "") or advertiser.category
