"""Which clauses stand on a paper: by language, line of business, kind of paper and day. Reads only."""

import datetime

from django.db.models import Q

from makegood.catalog.models import Clause, ClauseVersion


def of(kind: str, *, code: str, business: str, on: datetime.date) -> list[ClauseVersion]:
    """The versions in force, in their order. A clause for the line of business takes the place of the general one of its key."""
    rows = (
        ClauseVersion.objects.filter(clause__language=code, clause__papers__contains=[kind], clause__business__in={"", business}, starts_on__lte=on)
        .exclude(published_at=None).filter(Q(clause__retired_on=None) | Q(clause__retired_on__gt=on)).select_related("clause")
        .order_by("clause_id", "-starts_on", "-number").distinct("clause_id")
    )  # fmt: skip
    chosen: dict[str, ClauseVersion] = {}
    for one in sorted(rows, key=lambda version: version.clause.business):  # the general one first
        chosen[one.clause.key] = one
    return sorted(chosen.values(), key=lambda version: (version.clause.position, version.clause.key))


def clause_list() -> list[Clause]:
    """Every clause with its versions, the newest first."""
    return list(Clause.objects.prefetch_related("versions__by"))


def current(clause: Clause, on: datetime.date) -> ClauseVersion | None:
    """The version in force on a day, None before the first."""
    found = [one for one in clause.versions.all() if one.published_at and one.starts_on and one.starts_on <= on]
    return max(found, key=lambda one: (one.starts_on, one.number), default=None)


def draft_of(clause: Clause) -> ClauseVersion | None:
    """What is being written, None when nothing is."""
    return next((one for one in clause.versions.all() if one.published_at is None), None)
