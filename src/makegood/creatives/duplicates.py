"""Whether a file was seen before: the same bytes, or a picture that looks the same, running or sent back."""

from django.db.models import Q

from makegood.creatives.models import Creative, Version
from makegood.creatives.queries import likeness
from makegood.engine.specs import Finding

SEEN = {"approved": "runs as", "rejected": "was sent back as"}


def findings(creative: Creative, sha256: str, dhash: str) -> list[Finding]:
    """A finding for the closest version of another creative of the advertiser that is approved or was sent back.

    A copy of what was sent back makes the reviewer look (warn); a copy of what runs is worth knowing (info).
    """
    others = Version.objects.filter(creative__advertiser=creative.advertiser_id, status__in=SEEN).exclude(
        creative=creative
    )
    others = others.select_related("creative").order_by("-pk")
    same = others.filter(sha256=sha256).first()
    if same:
        return [_finding(same, "the same file")]
    if not dhash or len(set(dhash)) == 1:  # a picture without any edge is like every other one
        return []
    near = likeness.measured(others, dhash).filter(Q(apart__lte=likeness.NEAR)).order_by("apart", "-pk").first()
    return [_finding(near, f"a picture {likeness.percent(near.apart)} % alike")] if near else []


def _finding(other: Version, what: str) -> Finding:
    back = other.status == "rejected"
    return Finding(
        rule="duplicate", severity="warn" if back else "info", found=f"{what} {SEEN[other.status]} {other}", required="",
        where="file", fix="Say what has changed since." if back else "", source="Makegood, received files",
    )  # fmt: skip
