"""Recommending changes to lines at risk, applying or declining them."""

import datetime
from collections.abc import Sequence

from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.delivery import proposals
from makegood.delivery.models import Pace, Recommendation


@verbs.whole
def recommend(paces: Sequence[Pace], *, by: Person | None, at: datetime.datetime) -> list[Recommendation]:
    """Replace the open recommendations of lines that end short by what would help them now."""
    permissions.check(by, "delivery.recommend")
    made: list[Recommendation] = []
    for pace in paces:
        wanted = proposals.for_line(pace.line, pace, today=at.date()) if pace.state in ("watch", "risk") else []
        Recommendation.objects.filter(line_id=pace.line_id, status="proposed").delete()
        made += Recommendation.objects.bulk_create(
            Recommendation(
                line_id=pace.line_id, kind=one.kind, title=one.title, change=one.change, predicted=one.gain,
                predicted_low=one.low, predicted_high=one.high, made_at=at,
            )
            for one in wanted
        )  # fmt: skip
    return made


@verbs.whole
def apply(recommendation: Recommendation, *, by: Person, at: datetime.datetime) -> Recommendation:
    """Make a delivery-only change. A commercial one is refused here: it needs a revision and the client's signature.

    The caller publishes the plan afterwards (workflows.publishing).
    """
    permissions.check(by, "delivery.apply", recommendation)
    line = recommendation.line
    if recommendation.kind not in proposals.DELIVERY_ONLY:
        raise Refused("this changes what was sold.", place=str(recommendation), remedy="Change the order; the client signs the revision.")
    if line.status in ("completed", "cancelled"):
        raise Invalid(f"the line is {line.status}.", place=str(line), remedy="Nothing can be changed any more.")
    for flight in line.flights.filter(end__gte=at.date()):
        wider = [*flight.placement_ids, recommendation.change["placement_id"]]
        activity.change(flight, "flight.placement_added", by=by, at=at, why=recommendation.title, placement_ids=wider)
    return transitions.move(recommendation, "applied", by=by, at=at, decided_by=by, decided_at=at)


def decline(recommendation: Recommendation, *, by: Person, at: datetime.datetime, why: str) -> Recommendation:
    """Not this one, with the reason."""
    permissions.check(by, "delivery.apply", recommendation)
    return transitions.move(recommendation, "declined", by=by, at=at, why=why, decided_by=by, decided_at=at)
