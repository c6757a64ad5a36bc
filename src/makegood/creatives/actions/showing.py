"""Evidence shown for a rule, and remarks pinned to a place of a version."""

import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Max

from makegood.catalog.models import Guideline
from makegood.core import activity, files, permissions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.creatives.models import Creative, Evidence, Pin, Version
from makegood.work.actions import comments


@verbs.whole
def show(
    creative: Creative, kind: str, text: str, *, by: Person | None, at: datetime.datetime, valid_until: datetime.date | None = None,
    content: Iterable[bytes] = (), name: str = "",
) -> Evidence:  # fmt: skip
    """A licence's number, an age gate's address, a disclaimer's wording, with the paper itself when there is one."""
    permissions.check(by, "creatives.show_evidence", creative)
    if kind not in Guideline.Evidence.values or not text.strip():
        raise Invalid("evidence has a kind and its number, address or wording.", place="evidence", remedy="Fill in both.")
    file = None
    if name:
        file = files.store(content, name=name, media_type="application/octet-stream", by=by, at=at, party=creative.activity_party(), visible_to_client=True)
    made = Evidence.objects.create(creative=creative, kind=kind, text=text.strip(), file=file, valid_until=valid_until, by=by, at=at)
    activity.record(creative, "creative.evidence", by=by, at=at, why=made.text[:500], after={"kind": kind, "until": str(valid_until or "")}, visible_to_client=True)
    return made


@verbs.whole
def pin(
    version: Version, text: str, *, by: Person, at: datetime.datetime, x: float | None = None, y: float | None = None, at_s: Decimal | None = None,
    visible_to_client: bool = False,
) -> Pin:  # fmt: skip
    """A remark at a point (shares of width and height, 0 to 1), at a second, or at both: a point of a film's frame."""
    permissions.check(by, "creatives.pin", version)
    length = version.creative.duration_s
    if (x is None) != (y is None) or (x is None and at_s is None):
        raise Invalid("a remark needs its place.", place=str(version), remedy="Click where it belongs, or name the second.")
    if not all(0 <= one <= 1 for one in (x, y) if one is not None):
        raise Invalid("the place lies outside the picture.", place=str(version), remedy="Click inside it.")
    if at_s is not None and not 0 <= at_s <= (length or at_s):
        raise Invalid(f"it has no second {at_s}.", place=str(version), remedy=f"It is {length} s long.")
    number = (Pin.objects.filter(version=Version.objects.select_for_update().get(pk=version.pk)).aggregate(last=Max("number"))["last"] or 0) + 1
    where = f"at {at_s} s" if at_s is not None else f"{x:.0%} across, {y:.0%} down"
    comment = comments.add(version, f"{text.strip()} ({where})" if text.strip() else "", by=by, at=at, visible_to_client=visible_to_client)
    return Pin.objects.create(version=version, comment=comment, number=number, x=x, y=y, at_s=at_s)


@verbs.whole
def settle(found: Pin, *, by: Person, at: datetime.datetime) -> Pin:
    """The remark is dealt with."""
    permissions.check(by, "creatives.review")
    activity.record(found.version, "creative.pin_settled", by=by, at=at, after={"pin": found.number})
    Pin.objects.filter(pk=found.pk, settled_at=None).update(settled_by=by, settled_at=at)
    found.refresh_from_db()
    return found
