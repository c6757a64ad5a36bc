"""What was decided before on creatives like this one: under the same guideline, in the same category, or alike to the eye."""

import dataclasses
import datetime

from django.db.models import Q

from makegood.core.models import Person
from makegood.creatives.models import Decision, Version
from makegood.creatives.queries import likeness

ALIKE = 16  # of 64 bits: the same layout with other words or colours


@dataclasses.dataclass(frozen=True)
class Precedent:
    """One earlier decision; `alike` in percent when both have pictures."""

    number: int
    version_id: int
    subject: str
    outcome: str
    words: str
    tone: str
    reason: str
    by: str
    at: datetime.datetime
    alike: int | None


@dataclasses.dataclass(frozen=True)
class Precedents:
    """The nearest first; `count` of all that are alike."""

    count: int
    rows: tuple[Precedent, ...]


def alike(actor: Person, version: Version, *, guideline: str = "", on: datetime.date, limit: int = 3) -> Precedents:
    """Decisions on other creatives near to `version`; for the seller's people only, because rivals are among them."""
    if not actor.is_staff_member:
        return Precedents(0, ())
    near: dict[int, int] = {}
    if version.dhash:
        others = likeness.measured(Version.objects.exclude(creative=version.creative_id), version.dhash)
        near = dict(others.filter(apart__lte=ALIKE).values_list("pk", "apart"))
    category = version.creative.declared_category or version.creative.advertiser.category
    same = Q(version__in=near)
    if guideline:
        same |= Q(guideline__code=guideline)
    if category:
        same |= Q(version__creative__declared_category=category, guideline__isnull=False)
    rows = Decision.objects.filter(same).exclude(version__creative=version.creative_id)
    rows = rows.select_related("version__creative__advertiser__party", "guideline", "by").order_by("-at")
    ranked = sorted(rows[:500], key=lambda row: _distance(row, near, guideline))
    return Precedents(len(ranked), tuple(_view(row, near.get(row.version_id), on) for row in ranked[:limit]))


def _distance(row: Decision, near: dict[int, int], guideline: str) -> tuple[bool, int, float]:
    same_rule = bool(guideline) and row.guideline is not None and row.guideline.code == guideline
    return not same_rule, near.get(row.version_id, likeness.BITS), -row.at.timestamp()


def _view(row: Decision, apart: int | None, on: datetime.date) -> Precedent:
    over = row.expires_on is not None and row.expires_on < on
    tones = {"approve": "ok", "changes": "ok", "reject": "risk", "exception": "watch"}
    creative = row.version.creative
    return Precedent(
        number=row.pk, version_id=row.version_id, subject=f"{creative.advertiser}, {creative.name}", outcome=row.outcome,
        words=row.get_outcome_display() + (", expired" if over else ""), tone=tones[row.outcome], reason=row.reason,
        by=row.by.name, at=row.at, alike=None if apart is None else likeness.percent(apart),
    )  # fmt: skip
