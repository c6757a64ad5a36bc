"""Which flights may be published: their latest QA passed, by a second person, and what it compared is still so."""

import dataclasses
import datetime
from collections.abc import Sequence
from typing import Any

from makegood.engine.plan import ServingPlan
from makegood.orders.models import Flight
from makegood.trafficking.actions import qa
from makegood.trafficking.models import QaRun
from makegood.trafficking.preflight import checks, comparing, paying


@dataclasses.dataclass(frozen=True)
class Refusal:
    """A flight that may not be published, why, and who can fix it. `stops` one that runs already."""

    flight_id: int
    order_id: int
    subject: str
    reason: str
    remedy: str
    stops: bool = False


def refusals(chosen: Sequence[Flight], plan: ServingPlan, *, at: datetime.datetime) -> dict[int, Refusal]:
    """A refusal by flight id for each of `chosen` that is not cleared; `plan` is what would be published."""
    current = comparing.compare(chosen, plan, at=at)
    orders = sorted({flight.line.order_id for flight in chosen})
    runs, makers = latest(orders), qa.makers(orders)
    found = {}
    unpaid = paying.against(chosen)
    for flight in chosen:
        order = flight.line.order_id
        if flight.pk in unpaid:
            said, stops = unpaid[flight.pk]
            found[flight.pk] = Refusal(flight.pk, order, str(flight), *said, stops)
            continue
        rows = [check.to_json() for check in current[flight.pk]]
        said = _against(flight.pk, rows, runs.get(order), makers.get(order, set()))
        if said:
            found[flight.pk] = Refusal(flight.pk, order, str(flight), *said)
    return found


def latest(order_ids: Sequence[int]) -> dict[int, QaRun]:
    """The newest QA run of each order."""
    rows = (
        QaRun.objects.filter(order_id__in=order_ids)
        .select_related("by")
        .order_by("order_id", "-at", "-pk")
        .distinct("order_id")
    )
    return {row.order_id: row for row in rows}


def _against(flight_id: int, rows: list[dict[str, Any]], run: QaRun | None, makers: set[int]) -> tuple[str, str] | None:
    """What speaks against publishing a flight, most fundamental first: (reason, remedy), None when nothing does."""
    wrong = checks.failing(rows)
    if wrong:
        one = wrong[0]
        values = [
            f"{name} {one[key]}"
            for name, key in (("signed", "signed"), ("system", "system"), ("plan", "plan"))
            if one[key] is not None
        ]
        more = f" ({len(wrong) - 1} more)" if len(wrong) > 1 else ""
        return f"{one['subject']}: {one['field']} differs: {', '.join(values)}{more}.", one["fix"]
    if run is None:
        return "no QA has been run.", "A trafficker or campaign manager who assigned none of its creatives runs it."
    then = [check for check in run.checks if check["flight_id"] == flight_id]
    if checks.binding(then) != checks.binding(rows):
        return "it has changed since its QA.", "Run the QA again."
    if run.by_id is None or run.by_id in makers:
        name = run.by.name if run.by else "the system"
        return f"its QA was run by {name}, who also assigned its creatives.", "A second person runs the QA."
    return None
