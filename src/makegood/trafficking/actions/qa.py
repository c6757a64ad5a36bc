"""The pre-flight QA of an order: every field of three sources compared, kept as it was found."""

import datetime

from django.db.models import Q

from makegood.core import activity, permissions, verbs
from makegood.core.errors import Refused
from makegood.core.models import Activity, Person
from makegood.orders.models import Order
from makegood.trafficking.models import Assignment, QaRun
from makegood.trafficking.plan import compiling
from makegood.trafficking.preflight import checks, comparing


@verbs.whole
def run(order: Order, *, by: Person, at: datetime.datetime) -> QaRun:
    """Compare signed revision, records and the plan as it would be compiled now, for all flights not over.

    Passed when nothing differs that stands in the way. The run counts for publishing only when `by` assigned none of the
    creatives (see `makers`). Raises Refused when the order has nothing the ad server could serve.
    """
    permissions.check(by, "trafficking.check", order)
    flights = list(compiling.flights(at).filter(line__order=order))
    if not flights:
        raise Refused(
            "it has no flight that is booked, runs on placements and is not over.",
            place=str(order),
            remedy="Book the order first.",
        )
    plan = compiling.compile(flights, at=at, version=0)
    found = [check.to_json() for rows in comparing.compare(flights, plan, at=at).values() for check in rows]
    differing = sum(not check["equal"] for check in found)
    made = QaRun.objects.create(
        order=order,
        checks=found,
        fields=len(found),
        differing=differing,
        passed=not checks.failing(found),
        by=by,
        at=at,
    )
    activity.record(
        order, "qa.passed" if made.passed else "qa.failed", by=by, at=at,
        after={"fields": made.fields, "differing": differing, "run": made.pk},
    )  # fmt: skip
    return made


def makers(order_ids: list[int]) -> dict[int, set[int]]:
    """Per order, the people who assigned or changed any creative still on it or its rotation, themselves or through an agent."""
    on = Assignment.objects.filter(flight__line__order__in=order_ids).exclude(status="removed")
    about = Q(subject_type="trafficking.rotation") | Q(subject_type="trafficking.assignment", subject_id__in=on.values("pk"))
    acts = Activity.objects.filter(about, root_type="orders.order", root_id__in=order_ids, actor__isnull=False)
    found: dict[int, set[int]] = {}
    for order, actor, principal in acts.values_list("root_id", "actor_id", "actor__agent_for_id"):
        found.setdefault(order, set()).update(pk for pk in (actor, principal) if pk)
    return found
