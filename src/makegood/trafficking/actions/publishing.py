"""Publishing: flights whose QA holds go to the ad servers; the others are named with what stands in their way."""

import dataclasses
import datetime
import hashlib
from collections.abc import Mapping

from makegood.core import activity, numbers, permissions, verbs
from makegood.core.errors import Refused
from makegood.core.models import Person
from makegood.engine.plan import ServingPlan
from makegood.orders.actions import running
from makegood.orders.models import Flight, Order
from makegood.trafficking.models import Publication
from makegood.trafficking.plan import compiling, continuing, turns, writing
from makegood.trafficking.preflight import clearance
from makegood.trafficking.preflight.clearance import Refusal

SERIES = "plan"


@dataclasses.dataclass(frozen=True)
class Published:
    """The plan's record, the flights that became ready, those that keep running as last published, those left out."""

    publication: Publication
    readied: tuple[int, ...]
    kept: tuple[int, ...]
    refused: tuple[Refusal, ...]


@verbs.whole
def publish(
    *, by: Person | None, at: datetime.datetime, why: str, order: Order | None = None, delivered: Mapping[int, int] | None = None,
    asked: Mapping[int, float] = compiling.NOTHING, learnt: turns.Learnt = turns.NOTHING,
) -> Published:  # fmt: skip
    """Compile all flights not over, leave out what QA or approval does not clear, write the plan file and record it.

    A running flight whose change has not passed QA keeps running as last published, with creatives still approved only.
    With `order`, raises Refused, publishing nothing, when none of that order's flights is cleared.
    """
    permissions.check(by, "trafficking.publish")
    number = numbers.take(SERIES)  # its lock makes publishers wait for one another before they read
    chosen = list(compiling.flights(at))
    last = writing.current()
    warm = {flight.id: flight.alpha for flight in last.flights} if last else compiling.NOTHING
    draft = compiling.compile(chosen, at=at, version=number, delivered=delivered, asked=asked, warm=warm, learnt=learnt)
    refused = clearance.refusals(chosen, draft, at=at)
    if order is not None:
        _stop_when_all_refused(order, chosen, refused)
    plan, kept = continuing.without(draft, refused, last, at=at, stopped={pk for pk, one in refused.items() if one.stops})
    readied = _ready([one for one in chosen if one.pk not in refused], plan, by=by, at=at)
    content = plan.to_json()
    made = Publication.objects.create(
        version=number, sha256=hashlib.sha256(content).hexdigest(), flights=len(plan.flights), creatives=len(plan.creatives),
        by=by, at=at, why=why[:200],
    )  # fmt: skip
    activity.record(
        made, "plan.published", by=by, at=at, why=why, after={"flights": made.flights, "creatives": made.creatives}
    )
    writing.signing_keys()
    writing.write(plan)  # last: a plan file never stands without its record
    left = tuple(refusal for pk, refusal in sorted(refused.items()) if pk not in kept)
    return Published(made, tuple(readied), tuple(sorted(kept)), left)


def _ready(cleared: list[Flight], plan: ServingPlan, *, by: Person | None, at: datetime.datetime) -> list[int]:
    """All facts hold: booked flights become ready."""
    served = {entry.id for entry in plan.flights}
    moved = [flight for flight in cleared if flight.status == "booked" and flight.pk in served]
    for flight in moved:
        running.ready(flight, by=by, at=at, why="approved, assigned, checked and published")
    return [flight.pk for flight in moved]


def _stop_when_all_refused(order: Order, chosen: list[Flight], refused: Mapping[int, Refusal]) -> None:
    own = [flight.pk for flight in chosen if flight.line.order_id == order.pk]
    if own and all(pk in refused for pk in own):
        first = refused[own[0]]
        raise Refused(first.reason, place=first.subject, remedy=first.remedy)
    if not own:
        raise Refused(
            "it has no flight to publish.", place=str(order), remedy="Book it, with placements and days to come."
        )
