"""Which guidelines bear on a creative: those in force for its category or for all, those whose words it uses first."""

import datetime

from django.db.models import Q

from makegood.catalog.models import Guideline
from makegood.creatives.models import Version


def fitting(version: Version, *, on: datetime.date, limit: int = 12) -> list[Guideline]:
    """The newest version in force of each guideline that applies, the likeliest first."""
    category = version.creative.declared_category or version.creative.advertiser.category
    rows = Guideline.objects.filter(valid_from__lte=on).filter(Q(category="") | Q(category__iexact=category))
    newest = {row.code: row for row in rows.order_by("code", "version")}
    text = _text(version)
    ranked = sorted(newest.values(), key=lambda one: (-_hits(one, text), one.category == "", one.code))
    return ranked[:limit]


def draft(version: Version) -> str:
    """A first text for the client from what the checks found, empty when they found nothing; the reviewer edits it."""
    fixes = [
        finding["fix"] for finding in version.findings if finding["severity"] in ("block", "warn") and finding["fix"]
    ]
    return " ".join(fixes)


def _hits(guideline: Guideline, text: str) -> int:
    return sum(hint.lower() in text for hint in guideline.hints)


def _text(version: Version) -> str:
    """Words to be found in a creative: its name, its landing page, its copy."""
    fields = [words for _, words in version.facts.get("fields", ())]
    return " ".join([version.creative.name, version.creative.click_url, version.file.name, *fields]).lower()
