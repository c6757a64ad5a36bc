"""Putting approved creatives on flights, changing and taking them off. Any change makes the flight wait for its QA again."""

import datetime
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from django.db.models import QuerySet

from makegood.catalog.models import Placement
from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.creatives import shapes
from makegood.creatives.models import Version
from makegood.creatives.queries import approvals
from makegood.orders.actions import running
from makegood.orders.models import Flight
from makegood.trafficking import confined
from makegood.trafficking.models import Assignment
from makegood.trafficking.plan import entries

OPEN = ("booked", "ready", "live", "paused")


@verbs.whole
def assign(
    flight: Flight, version: Version, *, by: Person | None, at: datetime.datetime, weight: int = 100, click_url: str = "",
    impression_urls: Sequence[str] = (),
) -> Assignment:  # fmt: skip
    """`version` runs on `flight` once QA has passed and the plan is published.

    The click leads to `click_url`, else to the creative's. Refused unless the version is approved for its bytes, the
    advertiser's own and of a size and format one of the flight's placements takes.
    """
    permissions.check(by, "trafficking.assign", flight)
    flight = Flight.objects.select_for_update(of=("self",), no_key=True).select_related("line__order").get(pk=flight.pk)
    still_open(flight)
    _suits(flight, version, at)
    click = click_url or version.creative.click_url
    _web([click] if click else [], "click URL", flight)
    _web(impression_urls, "impression URL", flight)
    if weight < 1:
        raise Invalid(
            f"a weight of {weight} would never show.", place=str(flight), remedy="Give 1 or more, or pause it."
        )
    if Assignment.objects.filter(flight=flight, version=version).exclude(status="removed").exists():
        raise Refused(
            f"{version} is on it already.", place=str(flight), remedy="Change its weight or click URL instead."
        )
    made = Assignment.objects.create(
        flight=flight,
        version=version,
        weight=weight,
        click_url=click,
        impression_urls=list(impression_urls),
        by=by,
        at=at,
    )
    transitions.start(made, by=by, at=at)
    again(flight, by=by, at=at)
    return made


@verbs.whole
def change(
    assignment: Assignment, *, by: Person | None, at: datetime.datetime, weight: int | None = None, click_url: str | None = None,
    impression_urls: Sequence[str] | None = None,
) -> Assignment:  # fmt: skip
    """Another weight, click URL or set of pixels; who changes it may not be the second person of the QA either."""
    permissions.check(by, "trafficking.assign", assignment.flight)
    _web([click_url] if click_url else [], "click URL", assignment.flight)
    _web(impression_urls or (), "impression URL", assignment.flight)
    if weight is not None and weight < 1:
        raise Invalid(
            f"a weight of {weight} would never show.", place=str(assignment), remedy="Give 1 or more, or pause it."
        )
    wanted = {
        "weight": weight,
        "click_url": click_url,
        "impression_urls": list(impression_urls) if impression_urls is not None else None,
    }
    fields = {name: value for name, value in wanted.items() if value is not None}
    if activity.change(assignment, "assignment.changed", by=by, at=at, **fields):
        again(assignment.flight, by=by, at=at)
    return assignment


@verbs.whole
def pause(assignment: Assignment, *, by: Person | None, at: datetime.datetime, why: str = "") -> Assignment:
    """Not shown until resumed; takes effect with the next plan."""
    permissions.check(by, "trafficking.assign", assignment.flight)
    return transitions.move(assignment, "paused", by=by, at=at, why=why)


@verbs.whole
def resume(assignment: Assignment, *, by: Person | None, at: datetime.datetime) -> Assignment:
    """Shown again, provided its approval still holds."""
    permissions.check(by, "trafficking.assign", assignment.flight)
    _approved(assignment.version, at)
    return transitions.move(assignment, "active", by=by, at=at)


@verbs.whole
def remove(assignment: Assignment, *, by: Person | None, at: datetime.datetime, why: str = "") -> Assignment:
    """Off the flight for good; takes effect with the next plan."""
    permissions.check(by, "trafficking.assign", assignment.flight)
    transitions.move(assignment, "removed", by=by, at=at, why=why)
    again(assignment.flight, by=by, at=at)
    return assignment


@verbs.whole
def replace(
    old: Version,
    new: Version,
    *,
    by: Person | None,
    at: datetime.datetime,
    flights: Iterable[Flight] | None = None,
    why: str = "",
) -> list[Assignment]:
    """`new` takes the place of `old` with its weight, click and pixels, on all its flights or the given ones: all or none."""
    permissions.check(by, "trafficking.assign", new)
    rows: QuerySet[Assignment] = Assignment.objects.filter(version=old, status__in=("active", "paused")).select_related(
        "flight__line__order"
    )
    rows = rows.filter(flight__status__in=OPEN).order_by("flight_id")
    if flights is not None:
        rows = rows.filter(flight__in=list(flights))
    made = []
    for row in rows:
        remove(row, by=by, at=at, why=why or f"replaced by {new}")
        made.append(
            assign(
                row.flight,
                new,
                weight=row.weight,
                click_url=row.click_url,
                impression_urls=row.impression_urls,
                by=by,
                at=at,
            )
        )
    return made


def still_open(flight: Flight) -> None:
    """Raises Refused unless something can still be set up on the flight."""
    if flight.status not in OPEN:
        remedy = "Book the order first." if flight.status == "draft" else "It runs no more."
        raise Refused(f"it is {flight.get_status_display().lower()}.", place=str(flight), remedy=remedy)


def _approved(version: Version, at: datetime.datetime) -> None:
    verdict = approvals.verdict(version, at=at, sha256=version.sha256)
    if not verdict.approved:
        raise Refused(verdict.reason, place=str(version), remedy=verdict.remedy)


def _suits(flight: Flight, version: Version, at: datetime.datetime) -> None:
    if version.creative.advertiser_id != flight.line.order.advertiser_id:
        raise Refused(
            "the creative is another advertiser's.", place=str(flight), remedy="Choose one of this advertiser."
        )
    _approved(version, at)
    _inside(flight, version, at)
    places = list(Placement.objects.filter(pk__in=flight.placement_ids))
    if not any(entries.fits(version, place) for place in places):
        takes = sorted({shapes.words(p.format, p.width, p.height, p.duration_s) for p in places})
        raise Refused(
            f"it takes {' or '.join(takes) or 'nothing'}, {version} is {shapes.label(version.creative)}.", place=str(flight),
            remedy="Choose another size or flight.",
        )  # fmt: skip


def _inside(flight: Flight, version: Version, at: datetime.datetime) -> None:
    narrow = confined.decisions(approvals.day(at)).get(version.pk)
    if narrow and (why := confined.of_flight(narrow, flight)):
        raise Refused(f"{version} may run by an exception: {why}.", place=str(flight), remedy="Ask for a wider exception, or choose another flight.")


def _web(urls: Iterable[str], what: str, flight: Flight) -> None:
    for url in urls:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > 1000:
            raise Invalid(
                f"{url[:80]!r} is not a web address.", place=f"{flight}, {what}", remedy="Start it with https://."
            )


def again(flight: Flight, *, by: Person | None, at: datetime.datetime) -> None:
    """What was ready is booked again: its QA was about other facts."""
    flight.refresh_from_db(fields=["status"])
    if flight.status == "ready":
        running.unready(flight, by=by, at=at, why="its creatives changed after QA")
