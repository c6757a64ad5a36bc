"""The activity log of launched campaigns, read once for every window a page looks at. What it means is process.py's."""

import dataclasses
import datetime
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import BooleanField, Case, Exists, OuterRef, Value, When

from makegood.core.models import Activity
from makegood.creatives.models import Version

SENT, LIVE = "creative_version.created", "flight.live"


class Entry(NamedTuple):
    """One activity of a campaign; `resent` when it is a file sent anew."""

    case: int
    verb: str
    at: datetime.datetime
    side: str
    actor: int | None
    resent: bool


@dataclasses.dataclass(frozen=True)
class Entries:
    """Activities in order of time of campaigns that went live."""

    rows: tuple[Entry, ...]

    def between(self, since: datetime.datetime, until: datetime.datetime, *, among: Collection[int] | None = None) -> "Entries":
        """Those of campaigns whose first flight went live in these moments; only the orders `among` when given."""
        live: dict[int, datetime.datetime] = {}
        for row in self.rows:
            if row.verb == LIVE:
                live.setdefault(row.case, row.at)
        kept = {case for case, at in live.items() if since <= at < until and (among is None or case in among)}
        return Entries(tuple(row for row in self.rows if row.case in kept))


def read(since: datetime.datetime, until: datetime.datetime, verbs: Collection[str]) -> Entries:
    """Activities with these verbs (flight.live is one of them) of campaigns that went live in these moments: one query."""
    orders = Activity.objects.filter(root_type="orders.order")
    live = orders.filter(verb=LIVE)
    launched = live.filter(~Exists(live.filter(root_id=OuterRef("root_id"), at__lt=since)), at__gte=since, at__lt=until)
    later = Exists(Version.objects.filter(pk=OuterRef("subject_id"), number__gt=1))
    resent = Case(When(verb=SENT, then=later), default=Value(False), output_field=BooleanField())
    rows = orders.filter(root_id__in=launched.values("root_id"), verb__in=verbs).annotate(resent=resent).order_by("at", "pk")
    return Entries(tuple(Entry(*row) for row in rows.values_list("root_id", "verb", "at", "side", "actor_id", "resent")))
