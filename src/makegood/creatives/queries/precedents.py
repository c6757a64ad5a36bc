"""What was decided before on creatives like this one: under the same guideline, in the same category, alike to the eye or in words."""

import dataclasses
import datetime

from django.db.models import Q

from makegood.core.models import Person
from makegood.creatives import policy
from makegood.creatives.models import Decision, Version
from makegood.creatives.queries import likeness, words

ALIKE = 16  # of 64 bits: the same layout with other words or colours
NAMED, LATEST = 5, 500


@dataclasses.dataclass(frozen=True)
class Precedent:
    """One earlier decision; `alike` in percent when both have pictures, `shared` per cent of the words of both."""

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
    shared: int


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
    category = policy.category(version.creative)
    said = words.tokens(version)
    same = Q(version__in=near)
    for word in sorted(said & set(version.creative.name.lower().split()), key=len, reverse=True)[:NAMED]:
        same |= Q(version__creative__name__icontains=word)
    if guideline:
        same |= Q(guideline__code=guideline)
    if category:
        same |= Q(version__creative__declared_category=category, guideline__isnull=False)
    rows = Decision.objects.filter(same).exclude(version__creative=version.creative_id)
    rows = rows.select_related("version__creative__advertiser__party", "version__file", "guideline", "by").order_by("-at")
    found = list(rows[:LATEST])
    shared = {row.pk: words.alike(said, words.tokens(row.version)) for row in found}
    ranked = sorted(found, key=lambda row: _distance(row, near, guideline, shared[row.pk]))
    return Precedents(len(ranked), tuple(_view(row, near.get(row.version_id), on, shared[row.pk]) for row in ranked[:limit]))


def _distance(row: Decision, near: dict[int, int], guideline: str, shared: int) -> tuple[bool, int, float]:
    """The same rule first; then whatever is nearer, the look or the words; then the newest."""
    same_rule = bool(guideline) and row.guideline is not None and row.guideline.code == guideline
    look = likeness.percent(near[row.version_id]) if row.version_id in near else 0
    return not same_rule, -max(look, shared), -row.at.timestamp()


def _view(row: Decision, apart: int | None, on: datetime.date, shared: int) -> Precedent:
    over = row.expires_on is not None and row.expires_on < on
    tones = {"approve": "ok", "changes": "ok", "reject": "risk", "exception": "watch"}
    creative = row.version.creative
    return Precedent(
        number=row.pk, version_id=row.version_id, subject=f"{creative.advertiser}, {creative.name}", outcome=row.outcome,
        words=row.get_outcome_display() + (", expired" if over else ""), tone=tones[row.outcome], reason=row.reason,
        by=row.by.name, at=row.at, alike=None if apart is None else likeness.percent(apart), shared=shared,
    )  # fmt: skip
