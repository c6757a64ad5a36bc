"""The trafficking sheet of an order: line by creative, with what is missing, what may be assigned, and the last QA."""

import dataclasses
import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch

from makegood.catalog.models import Placement
from makegood.core.models import Person
from makegood.creatives.models import Version
from makegood.creatives.queries import approvals
from makegood.orders.models import Flight, Order
from makegood.trafficking.actions import fitting, qa
from makegood.trafficking.models import Assignment, Publication, QaRun
from makegood.trafficking.plan import entries, writing
from makegood.trafficking.preflight import checks, clearance
from makegood.trafficking.queries import campaigns, readiness

OPEN = ("booked", "ready", "live", "paused")


@dataclasses.dataclass(frozen=True)
class Row:
    """One flight: its places, its creatives, the sizes it lacks, the versions one may assign to it."""

    flight: Flight
    places: tuple[Placement, ...]
    assigned: tuple[Assignment, ...]
    creatives: readiness.Creatives
    fitting: tuple[Version, ...]
    served: bool

    @property
    def open(self) -> bool:
        """Whether anything can still be set up on it."""
        return self.flight.status in OPEN


@dataclasses.dataclass(frozen=True)
class Qa:
    """The last run: what differs first; `second` whether its person assigned none of the creatives."""

    run: QaRun
    differing: tuple[dict[str, Any], ...]
    equal: tuple[dict[str, Any], ...]
    second: bool


@dataclasses.dataclass(frozen=True)
class Sheet:
    """All of it. `in_force` are ids of versions whose approval holds now."""

    order: Order
    rows: tuple[Row, ...]
    qa: Qa | None
    publication: Publication | None
    in_force: frozenset[int]
    makers: frozenset[int]


def sheet(actor: Person, order_id: int, *, at: datetime.datetime) -> Sheet:
    """The sheet as of `at`. Raises Order.DoesNotExist for what `actor` may not see."""
    order = campaigns.order(actor, order_id)
    shown = (
        Assignment.objects.exclude(status="removed").select_related("version__creative", "version__file").order_by("pk")
    )
    flights = list(
        Flight.objects.filter(line__order=order).exclude(status="cancelled").select_related("line__product", "line__order__advertiser", "rotation")
        .prefetch_related(Prefetch("assignments", queryset=shown, to_attr="shown")).order_by("line__number", "number")
    )  # fmt: skip
    places = {
        row.pk: row for row in Placement.objects.filter(pk__in={pk for one in flights for pk in one.placement_ids})
    }
    facts = readiness.creatives([one.pk for one in flights], at=at)
    free = fitting.candidates(order, at=at)
    plan = writing.current()
    served = {entry.id for entry in plan.flights} if plan else set()
    rows = tuple(_row(one, places, facts[one.pk], free, served) for one in flights)
    makers = frozenset(qa.makers([order.pk]).get(order.pk, set()))
    in_force = frozenset(
        approvals.in_force(approvals.day(at))
        .filter(creative__advertiser=order.advertiser_id)
        .values_list("pk", flat=True)
    )
    return Sheet(
        order,
        rows,
        _qa(order, makers),
        Publication.objects.select_related("by").order_by("-version").first(),
        in_force,
        makers,
    )


def _row(
    flight: Flight, places: dict[int, Placement], facts: readiness.Creatives, free: Sequence[Version], served: set[int]
) -> Row:
    here = tuple(places[pk] for pk in flight.placement_ids if pk in places)
    on = {one.version_id for one in flight.shown}  # type: ignore[attr-defined]
    fits = tuple(
        version for version in free if version.pk not in on and any(entries.fits(version, place) for place in here)
    )
    return Row(flight, here, tuple(flight.shown), facts, fits, flight.pk in served)  # type: ignore[attr-defined]


def _qa(order: Order, makers: frozenset[int]) -> Qa | None:
    run = clearance.latest([order.pk]).get(order.pk)
    if run is None:
        return None
    wrong = sorted((one for one in run.checks if not one["equal"]), key=lambda one: one["severity"] != checks.BLOCK)
    same = tuple(one for one in run.checks if one["equal"])
    return Qa(run, tuple(wrong), same, run.by_id is not None and run.by_id not in makers)
