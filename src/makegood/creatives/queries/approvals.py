"""Which versions are approved on a day: the status, the latest decision, its hash and its end, read together."""

import dataclasses
import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from makegood.catalog.models import Guideline
from makegood.core import queries
from makegood.creatives.models import Decision, Version


def day(at: datetime.datetime) -> datetime.date:
    """The seller's calendar day at `at`; approvals that expire hold to the end of it."""
    return at.astimezone(ZoneInfo(queries.zone())).date()


def in_force(on: datetime.date) -> models.QuerySet[Version]:
    """Versions that may run on a day: approved, by a latest decision about exactly these bytes that has not ended."""
    latest = Decision.objects.filter(version=OuterRef("pk")).order_by("-at", "-pk")
    rows = Version.objects.annotate(
        decided_sha256=Subquery(latest.values("sha256")[:1]), decided_until=Subquery(latest.values("expires_on")[:1])
    )
    return rows.filter(
        Q(decided_until=None) | Q(decided_until__gte=on), status="approved", decided_sha256=F("sha256"),
    )  # fmt: skip


def is_approved(version: Version, *, at: datetime.datetime, sha256: str) -> bool:
    """Whether the bytes with this hash may run as `version` at `at`."""
    return in_force(day(at)).filter(pk=version.pk, sha256=sha256).exists()


@dataclasses.dataclass(frozen=True)
class Verdict:
    """One version's approval as others ask for it: `by` decided `until` a day, or why it may not run and who can help."""

    approved: bool
    reason: str = ""
    remedy: str = ""


def verdict(version: Version, *, at: datetime.datetime, sha256: str) -> Verdict:
    """`is_approved` with the reason and who can fix it."""
    latest = version.decisions.order_by("-at", "-pk").first()
    if version.status != "approved":
        words = version.get_status_display().lower()
        fix = (
            "The client sends a corrected file." if version.status in ("failed", "rejected") else "A reviewer decides."
        )
        return Verdict(False, f"{version} is not approved: {words}.", fix)
    if latest is None or latest.sha256 != sha256 or version.sha256 != sha256:
        return Verdict(False, f"{version} is approved for other bytes than these.", "A reviewer decides on this file.")
    if latest.expires_on and latest.expires_on < day(at):
        return Verdict(
            False,
            f"the approval of {version} ended on {latest.expires_on}.",
            "A lead extends it, or the client sends a corrected file.",
        )
    return Verdict(True)


def policy_since(on: datetime.date) -> datetime.date | None:
    """The day the newest rule of the advertising policy in force on a day took effect: its version."""
    found: datetime.date | None = Guideline.objects.filter(valid_from__lte=on).aggregate(
        newest=models.Max("valid_from")
    )["newest"]
    return found


def policy_version(on: datetime.date) -> str:
    """The policy in force on a day, as a decision names it."""
    since = policy_since(on)
    return f"policy of {since}" if since else "no policy"


def ending(on: datetime.date) -> models.QuerySet[Version]:
    """Approved versions whose approval has ended before `on`: what runs of them must stop."""
    return Version.objects.filter(status="approved").exclude(pk__in=in_force(on).values("pk"))
