"""What changes when a new version takes the place of its predecessors: flight by flight, from when, and why not where not."""

import dataclasses
import datetime
from decimal import Decimal

from makegood.catalog.models import Placement
from makegood.creatives.models import Version
from makegood.creatives.queries import approvals
from makegood.trafficking import confined
from makegood.trafficking.actions import assigning
from makegood.trafficking.models import Assignment
from makegood.trafficking.plan import entries


@dataclasses.dataclass(frozen=True)
class Change:
    """One flight: `old` gives way to the new version with its weight, click and pixels. `refusal` says why it cannot."""

    assignment: Assignment
    shows_now: bool
    starts: datetime.date
    remaining_days: int
    money: Decimal
    refusal: str

    @property
    def when(self) -> str:
        """From when readers see it, in words."""
        if self.refusal:
            return ""
        if self.shows_now:
            return "the old one shows until QA has passed and a plan is published"
        return f"from {self.starts:%d %b}, once QA has passed and a plan is published"


def changes(version: Version, *, at: datetime.datetime) -> list[Change]:
    """Every flight an earlier version of the creative is on and that has not ended, the ones that show now first."""
    today = approvals.day(at)
    rows = Assignment.objects.filter(version__creative=version.creative_id, status__in=("active", "paused"), flight__status__in=assigning.OPEN)
    rows = rows.exclude(version=version).select_related("version__creative", "flight__line__order__advertiser__party").order_by("flight__start", "flight_id")
    found = list(rows)
    places = {row.pk: row for row in Placement.objects.filter(pk__in={pk for row in found for pk in row.flight.placement_ids})}
    verdict = approvals.verdict(version, at=at, sha256=version.sha256)
    narrow = confined.decisions(today).get(version.pk)
    made = []
    for row in found:
        here = [places[pk] for pk in row.flight.placement_ids if pk in places]
        refusal = verdict.reason if not verdict.approved else "" if any(entries.fits(version, place) for place in here) else "no placement of it takes this size"
        refusal = refusal or (confined.of_flight(narrow, row.flight) if narrow else "")
        made.append(Change(row, row.flight.status == "live" and row.status == "active", max(row.flight.start, today), max((row.flight.end - today).days + 1, 0), row.flight.line.amount, refusal))
    return sorted(made, key=lambda one: (bool(one.refusal), not one.shows_now))
