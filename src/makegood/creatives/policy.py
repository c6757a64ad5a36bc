"""The advertising policy as it bears on one creative: which rules are in force, and their names as an approval binds them.

Category, markets and products decide what applies; words and domains only order what a reviewer sees.
"""

import datetime

from django.db.models import Q

from makegood.catalog.models import Guideline
from makegood.creatives.models import Creative

EVER = datetime.date.max


def rules_on(day: datetime.date, *, announced: bool = False) -> list[Guideline]:
    """The newest version of each rule in force on a day; with `announced` those to come in place of those they follow."""
    rows = Guideline.objects.filter(valid_from__lte=EVER if announced else day).order_by("code", "version")
    newest = {row.code: row for row in rows}
    return [row for row in newest.values() if row.valid_until is None or row.valid_until >= day]


def category(creative: Creative) -> str:
    """The declared category, else the advertiser's."""
    return creative.declared_category or creative.advertiser.category


def applies(rule: Guideline, creative: Creative) -> bool:
    """Whether a rule bears on a creative; what the creative does not say about markets and products narrows nothing."""
    return (
        (not rule.category or rule.category.lower() == category(creative).lower())
        and (not rule.markets or not creative.markets or not set(rule.markets).isdisjoint(creative.markets))
        and (not rule.products or not creative.products or not set(rule.products).isdisjoint(creative.products))
    )


def names(creative: Creative, day: datetime.date, *, announced: bool = False) -> list[str]:
    """The rules that bear on a creative, CODE@version, as a decision binds them."""
    return sorted(rule.name for rule in rules_on(day, announced=announced) if applies(rule, creative))


def bears_on(rule: Guideline, creative: str) -> Q:
    """`applies` as a condition on rows, `creative` the path to it ("version__creative__")."""
    found = Q()
    if rule.category:
        own, owner = f"{creative}declared_category", f"{creative}advertiser__category__iexact"
        found &= Q(**{f"{own}__iexact": rule.category}) | Q(**{own: "", owner: rule.category})
    for name, wanted in (("markets", rule.markets), ("products", rule.products)):
        if wanted:
            found &= Q(**{f"{creative}{name}": []}) | Q(**{f"{creative}{name}__overlap": wanted})
    return found
