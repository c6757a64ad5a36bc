"""Which versions are approved on a day: the status and the latest decision, with the bytes, spec, rules and brief it binds."""

import dataclasses
import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from makegood.catalog.models import Guideline, SpecProfile
from makegood.core import queries
from makegood.creatives import policy
from makegood.creatives.models import AssetBrief, Decision, Version


def day(at: datetime.datetime) -> datetime.date:
    """The seller's calendar day at `at`; approvals that expire hold to the end of it."""
    return at.astimezone(ZoneInfo(queries.zone())).date()


def holding(on: datetime.date) -> models.QuerySet[Decision]:
    """Latest decisions that hold on a day: begun, not ended, about these bytes, and nothing they bind has a newer version."""
    later = Decision.objects.filter(version=OuterRef("version")).filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")))
    rows = Decision.objects.filter(
        ~Exists(later), Q(expires_on=None) | Q(expires_on__gte=on), Q(starts_on=None) | Q(starts_on__lte=on), sha256=F("version__sha256")
    )
    unbound = Q(policy=None)  # decided before rules were bound
    rows = rows.filter(unbound | Q(spec_version="") | Q(spec_version__in=specs().values()))
    for rule in policy.rules_on(on):
        bound = Q(policy__contains=[rule.name]) | Q(policy_ahead__contains=[rule.name])
        rows = rows.filter(unbound | bound | ~policy.bears_on(rule, "version__creative__"))
    return rows.filter(unbound | ~Exists(_newer_brief()))


def in_force(on: datetime.date) -> models.QuerySet[Version]:
    """Versions that may run on a day: approved, by a latest decision that holds."""
    return Version.objects.filter(status="approved", pk__in=holding(on).values("version"))


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
    if latest.starts_on and latest.starts_on > day(at):
        return Verdict(False, f"the approval of {version} begins on {latest.starts_on}.", "It can be assigned from then on.")
    changed = outdated(latest, on=day(at))
    if changed:
        return Verdict(False, f"{version} was approved under what has changed since: {'; '.join(changed)}.", "A reviewer decides anew.")
    return Verdict(True)


def outdated(decision: Decision, *, on: datetime.date) -> list[str]:
    """What has a newer version than the one a decision binds, in words; empty when all it binds stands."""
    if decision.policy is None:
        return []
    creative, bound = decision.version.creative, {*decision.policy, *(decision.policy_ahead or ())}
    code = decision.spec_version.rpartition("@")[0]
    current = specs().get(code, decision.spec_version) if code else ""
    found = [f"spec {current} in place of {decision.spec_version}"] if current != decision.spec_version else []
    found += [f"rule {name}" for name in policy.names(creative, on) if name not in bound]
    newer = AssetBrief.objects.filter(root_type=creative.root_type, root_id=creative.root_id).order_by("-number").first() if creative.root_id else None
    if newer and newer.number > (decision.brief.number if decision.brief else 0):
        found.append(str(newer))
    return found


def specs() -> dict[str, str]:
    """The label of the newest version of each spec profile, by code: the one files are held against."""
    return {code: f"{code}@{version}" for code, version in SpecProfile.objects.order_by("pk").values_list("code", "version")}


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
    """Approved versions whose approval has ended before `on`, or rests on what has changed: what runs of them must stop."""
    return Version.objects.filter(status="approved").exclude(pk__in=in_force(on).values("pk"))


def _newer_brief() -> models.QuerySet[AssetBrief]:
    same = AssetBrief.objects.filter(root_type=OuterRef("version__creative__root_type"), root_id=OuterRef("version__creative__root_id"))
    return same.filter(number__gt=Coalesce(OuterRef("brief__number"), 0))
