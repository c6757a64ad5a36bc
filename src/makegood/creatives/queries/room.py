"""The creative room: a campaign's creatives side by side, one of them with its versions, checks, rule and past."""

import dataclasses
import datetime
from collections.abc import Sequence
from typing import Any

from makegood.catalog.models import Guideline
from makegood.core import permissions, visibility
from makegood.core.models import Person
from makegood.creatives import shapes
from makegood.creatives.actions import recording
from makegood.creatives.models import Creative, Decision, Version
from makegood.creatives.queries import approvals, checks, guidelines, precedents

SHOWN = 8


@dataclasses.dataclass(frozen=True)
class Asset:
    """One creative of the strip in its newest version (or the one looked at), with what is to be known at a glance."""

    creative: Creative
    version: Version
    shape: str
    tone: str
    word: str
    fails: int
    on: bool

    @property
    def weight(self) -> int:
        """Bytes of the file."""
        return self.version.file.size


@dataclasses.dataclass(frozen=True)
class Room:
    """What the page shows. `may_decide` and `may_except` are of the person looking; `standing` the latest decision."""

    creative: Creative
    version: Version
    assets: tuple[Asset, ...]
    versions: tuple[Version, ...]
    checks: tuple[checks.Row, ...]
    guideline: Guideline | None
    guidelines: tuple[Guideline, ...]
    precedents: precedents.Precedents
    exceptions: tuple[Decision, ...]
    standing: Decision | None
    policy_since: datetime.date | None
    may_decide: bool
    may_except: bool
    maker: bool

    @property
    def faults(self) -> list[checks.Row]:
        """What speaks against the chosen version, worst first."""
        return [row for row in self.checks if row.creative.pk == self.creative.pk and row.severity in ("block", "warn")]


def room(
    actor: Person,
    creative_id: int,
    *,
    at: datetime.datetime,
    number: int | None = None,
    guideline_id: int | None = None,
) -> Room:
    """The room of a creative as `actor` sees it. Raises Creative.DoesNotExist for what they may not see or is not there."""
    rows = visibility.scoped(
        Creative.objects.select_related("advertiser__party", "advertiser__owner"), actor, "advertiser_id"
    )
    creative = rows.get(pk=creative_id)
    beside = _beside(rows, creative)
    received = _versions([one.pk for one in beside])
    newest = {pk: rows[0] for pk, rows in received.items()}
    versions = received.get(creative.pk, ())
    version = next((one for one in versions if one.number == number), versions[0] if versions else None)
    if version is None:
        raise Creative.DoesNotExist
    version.creative = creative
    chosen = newest | {creative.pk: version}
    assets = tuple(_asset(one, chosen[one.pk], one.pk == creative.pk) for one in beside if one.pk in chosen)
    on = approvals.day(at)
    fitting = guidelines.fitting(version, on=on)
    guideline = next((one for one in fitting if one.pk == guideline_id), fitting[0] if fitting else None)
    decisions = list(
        Decision.objects.filter(version__in=[a.version.pk for a in assets])
        .select_related("by", "version__creative")
        .order_by("-at", "-pk")
    )
    return Room(
        creative, version, assets, versions, tuple(checks.rows([(a.creative, a.version) for a in assets])), guideline, tuple(fitting),
        precedents.alike(actor, version, guideline=guideline.code if guideline else "", on=on), _exceptions(decisions, on),
        next((one for one in decisions if one.version_id == version.pk), None), approvals.policy_since(on),
        permissions.may(actor, "creatives.decide", version), permissions.may(actor, "creatives.except", version),
        actor.pk in recording.makers(version),
    )  # fmt: skip


def _beside(rows: Any, creative: Creative) -> list[Creative]:
    """The campaign's creatives; the advertiser's newest without a campaign when there is none. The one asked for is among them."""
    same = rows.filter(advertiser=creative.advertiser_id, root_type=creative.root_type, root_id=creative.root_id)
    found = list(same.order_by("pk")) if creative.root_id else list(same.order_by("-pk")[:SHOWN])
    near = [one for one in found if one.pk != creative.pk][: SHOWN - 1]
    return sorted([*near, creative], key=lambda one: one.pk)


def _versions(creative_ids: Sequence[int]) -> dict[int, tuple[Version, ...]]:
    """Of each creative, the newest first."""
    found: dict[int, list[Version]] = {}
    rows = Version.objects.filter(creative__in=creative_ids).select_related("file", "profile", "creative", "uploaded_by")
    for row in rows.order_by("-number"):
        found.setdefault(row.creative_id, []).append(row)
    return {pk: tuple(some) for pk, some in found.items()}


def _asset(creative: Creative, version: Version, on: bool) -> Asset:
    fails = sum(finding["severity"] == "block" for finding in version.findings)
    tone, word = {
        "approved": ("ok", "Approved"), "rejected": ("watch", "Sent back"), "withdrawn": ("", "Withdrawn"),
        "failed": ("risk", f"{fails} fail{'s' if fails == 1 else ''}"), "in_review": ("watch", "To decide"),
    }.get(version.status, ("", version.get_status_display()))  # fmt: skip
    return Asset(creative, version, shapes.label(creative), tone, word, fails, on)


def _exceptions(decisions: Sequence[Decision], on: datetime.date) -> tuple[Decision, ...]:
    """The latest decision of each version, when it is one that ends and has not."""
    latest: dict[int, Decision] = {}
    for decision in decisions:
        latest.setdefault(decision.version_id, decision)
    return tuple(
        one for one in latest.values() if one.version.status == "approved" and one.expires_on and one.expires_on >= on
    )
