"""Saying what a campaign asks of its creatives. Each change is a new version and voids what was approved under the one before."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models

from makegood.core import activity, permissions, verbs
from makegood.core.activity import label
from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.creatives.models import AssetBrief

FIELDS = {"name", "format", "width", "height", "duration_s", "due", "text"}


@verbs.whole
def brief(
    campaign: models.Model, deliverables: Sequence[Mapping[str, Any]], *, by: Person | None, at: datetime.datetime, text: str = "", why: str = ""
) -> AssetBrief:
    """The next version of a campaign's brief; the same again changes nothing. `campaign` tells its advertiser by activity_party()."""
    permissions.check(by, "creatives.brief", campaign)
    rows = [_row(one, number) for number, one in enumerate(deliverables, 1)]
    if not rows:
        raise Invalid("a brief asks for something.", place="deliverables", remedy="Name at least one file.")
    last = AssetBrief.objects.select_for_update().filter(root_type=label(campaign), root_id=campaign.pk).order_by("-number").first()
    if last and (last.deliverables, last.text) == (rows, text.strip()):
        return last
    if last and not why.strip():
        raise Invalid("a changed brief says why.", place="brief", remedy="What was approved under it is reviewed again; say why.")
    made = AssetBrief.objects.create(
        root_type=label(campaign), root_id=campaign.pk, party_id=campaign.activity_party(), number=last.number + 1 if last else 1,  # type: ignore[attr-defined]
        deliverables=rows, text=text.strip(), why=why.strip()[:200], by=by, at=at,
    )  # fmt: skip
    activity.record(made, "creative.briefed", by=by, at=at, why=made.why or made.text[:200], after={"number": made.number}, visible_to_client=True)
    return made


def _row(one: Mapping[str, Any], number: int) -> dict[str, Any]:
    unknown = set(one) - FIELDS
    if unknown or not str(one.get("name", "")).strip() or not one.get("format"):
        raise Invalid(f"it has {', '.join(sorted(unknown)) or 'no name or no format'}.", place=f"deliverable {number}", remedy=f"Of {', '.join(sorted(FIELDS))}.")
    return {name: value for name, value in one.items() if value not in (None, "")}
