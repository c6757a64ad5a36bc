"""How counting stands: what waits in the event log, since when, what was read, filtered, kept apart; which rules are in force."""

import dataclasses
import datetime
import pathlib
from collections.abc import Mapping

from django.db.models import F, Max, Sum

from makegood.adserver import segments
from makegood.delivery import rulesets
from makegood.delivery.models import Apart, CountingRules, CountingTotal, Fact, Filtered, Recount, SegmentOffset
from makegood.trafficking.models import Publication

REPLAYED = "replay:"
RECENT = datetime.timedelta(days=7)
LATE = datetime.timedelta(minutes=10)  # counting runs every minute


@dataclasses.dataclass(frozen=True)
class Health:
    """`waiting_bytes` lie uncounted in `waiting_segments`; `behind` is since when the oldest of them has been written to."""

    waiting_bytes: int
    waiting_segments: int
    behind: datetime.timedelta
    last_run: datetime.datetime | None
    totals: Mapping[str, int]
    apart: tuple[tuple[str, int], ...]
    rules: str
    rules_words: str
    recounts: tuple[Recount, ...]
    published: int
    unbalanced: int

    @property
    def late(self) -> bool:
        """Whether counting is further behind than its minute explains."""
        return self.behind > LATE

    def of(self, kind: str) -> dict[str, int]:
        """Totals of one kind ("filtered") by reason."""
        return {name.partition(":")[2]: total for name, total in self.totals.items() if name.startswith(f"{kind}:")}


def health(folder: pathlib.Path, *, at: datetime.datetime) -> Health:
    """Counting of the events in `folder`, in a fixed number of queries."""
    offsets = dict(SegmentOffset.objects.values_list("segment", "offset"))
    waiting = _waiting(folder, offsets)
    rules = rulesets.load(at=at).at(round(at.timestamp() * 1000)).version
    return Health(
        waiting_bytes=sum(size for size, _ in waiting), waiting_segments=len(waiting),
        behind=max((at - since for _, since in waiting), default=datetime.timedelta()),
        last_run=SegmentOffset.objects.exclude(segment__startswith=REPLAYED).aggregate(last=Max("at"))["last"],
        totals=dict(CountingTotal.objects.order_by("name").values_list("name", "total")),
        apart=tuple(Apart.objects.values_list("reason").annotate(n=Sum("count")).order_by("reason")),
        rules=rules, rules_words=CountingRules.objects.get(pk=rules).data.get("words", ""),
        recounts=tuple(Recount.objects.select_related("by").order_by("-pk")[:5]),
        published=Publication.objects.aggregate(newest=Max("version"))["newest"] or 0,
        unbalanced=unbalanced(at - RECENT),
    )  # fmt: skip


def unbalanced(since: datetime.datetime) -> int:
    """Flights whose gross since then is not net and every reason: always 0, else rows were written past the database's triggers."""
    facts = Fact.objects.filter(hour__gte=since).values_list("flight").annotate(n=Sum(F("gross") - F("net")))
    reasons = dict(Filtered.objects.filter(hour__gte=since).values_list("flight").annotate(n=Sum("count")))
    differing = [flight for flight, units in facts if units != reasons.pop(flight, 0)]
    return len(differing) + len(reasons)


def _waiting(folder: pathlib.Path, offsets: Mapping[str, int]) -> list[tuple[int, datetime.datetime]]:
    """(uncounted bytes, when the segment was begun) of every segment that has any."""
    found = []
    for name in segments.names(folder) if folder.is_dir() else ():
        try:
            status = segments.path(folder, name).stat()
        except FileNotFoundError:  # renamed or shipped since it was listed: the next look sees it
            continue
        if status.st_size > offsets.get(name, 0):
            found.append((status.st_size - offsets.get(name, 0), datetime.datetime.fromtimestamp(status.st_mtime, datetime.UTC)))
    return found
