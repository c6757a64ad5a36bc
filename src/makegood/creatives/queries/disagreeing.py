"""Whether two reviewers see the same bytes differently: may run, or may not."""

from makegood.core.models import Person
from makegood.creatives.models import Decision, Opinion, Version

RUNS = ("approve", "exception")


def views(version: Version) -> dict[Person, str]:
    """The newest outcome of everybody who decided or gave an opinion on these bytes."""
    same = {"version__creative": version.creative_id, "version__sha256": version.sha256}
    rows = [*Decision.objects.filter(**same).select_related("by"), *Opinion.objects.filter(**same).select_related("by")]
    return {row.by: row.outcome for row in sorted(rows, key=lambda row: row.at)}


def with_whom(version: Version, outcome: str, by: Person) -> Person | None:
    """Another who sees it otherwise than `by` would; None when nobody does, or the lead has settled it since."""
    found = views(version)
    latest = next(reversed(found), None)
    if latest is not None and latest.has_role("lead") and latest.pk != by.pk:
        return latest if _runs(found[latest]) != _runs(outcome) else None
    return next((person for person, said in found.items() if person.pk != by.pk and _runs(said) != _runs(outcome)), None)


def disputed(version: Version) -> bool:
    """Whether views differ and no lead has spoken last."""
    found = views(version)
    settled = bool(found) and next(reversed(found)).has_role("lead")
    return not settled and len({_runs(said) for said in found.values()}) > 1


def _runs(outcome: str) -> bool:
    return outcome in RUNS
