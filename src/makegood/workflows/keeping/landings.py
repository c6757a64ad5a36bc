"""Landing pages looked at again and again while their creatives wait or run; another page than the approved one opens the approval."""

import datetime
from collections.abc import Iterable

from makegood.connectors import web
from makegood.creatives.actions import landing
from makegood.creatives.models import Creative, Landing
from makegood.trafficking.models import Assignment, Publication
from makegood.workflows import publishing

EVERY = datetime.timedelta(hours=24)
MOST = 20  # looks of one run: the next follows soon
LOOKED_AT = ("in_review", "approved")


def follow(*, at: datetime.datetime, limits: web.Limits | None = None, ask: web.Resolve = web.resolve) -> tuple[int, int]:
    """Look at what is due at `at`; how many pages were looked at and how many versions are put to the reviewers again."""
    looked = reopened = 0
    for creative, url in due(at=at)[:MOST]:
        seen, looked = landing.look(creative, url, at=at, limits=limits, ask=ask), looked + 1
        reopened += len(landing.reopen(seen, at=at))
    if reopened and Publication.objects.exists():
        publishing.publish(by=None, at=at, why="a landing page is no longer the approved one")
    return looked, reopened


def due(*, at: datetime.datetime) -> list[tuple[Creative, str]]:
    """Creatives and their addresses not looked at for a day, those looked at longest ago first."""
    rows = Creative.objects.filter(versions__status__in=LOOKED_AT).distinct().select_related("advertiser")
    creatives = {row.pk: row for row in rows}
    wanted = {(pk, row.click_url) for pk, row in creatives.items()} | set(_assigned(creatives))
    looks = Landing.objects.filter(creative__in=creatives).order_by("at")
    last = {(row.creative_id, row.url): row.at for row in looks.only("creative_id", "url", "at")}
    waiting = [(last.get(pair), pair) for pair in wanted if pair[1] and (pair not in last or last[pair] <= at - EVERY)]
    first = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    return [(creatives[pk], url) for _, (pk, url) in sorted(waiting, key=lambda one: (one[0] or first, one[1]))]


def _assigned(creative_ids: Iterable[int]) -> Iterable[tuple[int, str]]:
    """Click URLs that flights give instead of the creative's own."""
    rows = Assignment.objects.filter(version__creative__in=list(creative_ids), status__in=("active", "paused"))
    return rows.values_list("version__creative_id", "click_url").distinct()
