"""A measured line against its promise: expected, projected, state, and where the difference comes from. Arithmetic by engine."""

import dataclasses
from decimal import Decimal
from typing import Any

import numpy as np

from makegood.delivery import moved
from makegood.delivery.measuring import Measured
from makegood.engine import diagnosis, pacing
from makegood.engine.diagnosis import Cause
from makegood.engine.money import Money
from makegood.orders.models import Line

RECENT_DAYS = 28
LABELS = {
    Cause.LATE_START: "Started late", Cause.NO_CREATIVE: "No approved creative", Cause.PAUSED: "Paused",
    Cause.TRAFFIC: "Traffic below forecast", Cause.NARROWER: "Narrower audience", Cause.CONTENTION: "Sponsorships on its placements",
    Cause.FREQUENCY_CAP: "Frequency cap", Cause.RENDER_LOSS: "Not rendered", Cause.INVALID_TRAFFIC: "Invalid traffic filtered",
    Cause.PACING: "Paced below plan",
}  # fmt: skip
GAINED = {Cause.TRAFFIC: "Traffic above forecast", Cause.PACING: "Paced above plan"}
STATES = {pacing.State.ON_TRACK: "ok", pacing.State.WATCH: "watch", pacing.State.AT_RISK: "risk", pacing.State.BLOCKED: "blocked"}


@dataclasses.dataclass(frozen=True)
class Standing:
    """The fields of a Pace row."""

    goal: int
    delivered: int
    expected: int
    yesterday: int
    needed_per_day: int
    projected: int
    projected_low: int
    projected_high: int
    osi: Decimal | None
    at_risk: Decimal
    state: str
    finding: str
    causes: list[dict[str, Any]]


def stand(measured: Measured, blockers: list[str]) -> Standing:
    """Where the line stands. Causes and what is to come add up to projected − goal, to the unit."""
    line, goal = measured.line, measured.line.quantity
    delivered = int(measured.net.sum())
    expected = round(pacing.expected(goal, measured.forecast, measured.today))
    projection = _project(measured, delivered, goal)
    projected = max(delivered, round(projection.finish))
    assessment = pacing.assess(goal=goal, delivered=delivered, expected_now=expected, projection=projection, blockers=blockers)
    causes = _causes(measured, goal, projected)
    at_risk = pacing.revenue_at_risk(goal, projected, Money(line.amount, line.order.currency))
    days_left = max(0.0, measured.days - measured.today)
    return Standing(
        goal=goal, delivered=delivered, expected=expected,
        yesterday=int(measured.net[measured.passed - 1]) if measured.passed else 0,
        needed_per_day=round(pacing.needed_per_day(goal, delivered, days_left) or 0), projected=projected,
        projected_low=round(projection.lo80), projected_high=max(projected, round(projection.hi80)),
        osi=Decimal(str(round(assessment.index, 2))) if assessment.index is not None else None, at_risk=at_risk.amount,
        state=STATES[assessment.state], finding=_finding(measured, projected, causes, assessment), causes=causes,
    )  # fmt: skip


def _project(measured: Measured, delivered: int, goal: int) -> pacing.Projection:
    """From the last whole days; before the first one is over, the promise itself."""
    passed = measured.passed
    if passed == 0:
        return pacing.Projection(*(float(goal),) * 5)
    recent = slice(max(0, passed - RECENT_DAYS), passed)
    ahead = measured.traffic[passed:].copy()
    if len(ahead):
        ahead[0] *= 1 - (measured.today - passed)  # what is left of today
    # A server that has stopped at its goal shows no rate: the goal caps the projection, a lean day is no shortfall then.
    return pacing.project(delivered, measured.net[recent], measured.traffic[recent], ahead, stops_at=float(goal))


def _causes(measured: Measured, goal: int, projected: int) -> list[dict[str, Any]]:
    """[{key, label, units}] with signed units whose sum is projected − goal: causes so far, then what is still to come."""
    passed = measured.passed
    if passed == 0:
        return [{"key": "to_come", "label": "Still to come", "units": projected - goal}] if projected != goal else []
    line, so_far = measured.line, slice(0, passed)
    net, filtered = measured.net[so_far], measured.filtered[so_far]
    invalid = np.divide(filtered, net + filtered, out=np.zeros(passed), where=filtered > 0)
    found = diagnosis.diagnose(
        diagnosis.FlightFacts(
            flight=f"of line {line.pk}", goal=goal, value=Money(line.amount, line.order.currency), delivered=net,
            expected=goal * measured.forecast[so_far] / measured.forecast.sum(), forecast=measured.forecast[so_far],
            traffic=measured.traffic[so_far],
            stopped={
                Cause.NO_CREATIVE: measured.without_creative[so_far], Cause.LATE_START: _late(measured)[so_far],
                Cause.PAUSED: measured.paused[so_far],
            },
            lost={Cause.INVALID_TRAFFIC: invalid, Cause.CONTENTION: measured.crowded[so_far]},
        )
    )  # fmt: skip
    rows = [
        {"key": finding.cause.value, "label": (GAINED if finding.units < 0 else {}).get(finding.cause, LABELS[finding.cause]), "units": -finding.units}
        for finding in found.findings
    ]
    rest = projected - goal - sum(row["units"] for row in rows)
    words = "Won back by the end" if rest > 0 else "More lost by the end at this rate"
    return [*rows, {"key": "to_come", "label": words, "units": rest}] if rest else rows


def _late(measured: Measured) -> np.ndarray:
    """Days with a creative set up that pass before the first impression."""
    delivering = np.flatnonzero(measured.net)
    first = int(delivering[0]) if len(delivering) else measured.passed
    return np.where(np.arange(measured.days) < first, 1.0 - measured.without_creative, 0.0)


def _finding(measured: Measured, projected: int, causes: list[dict[str, Any]], assessment: pacing.Assessment) -> str:
    """The title of the line's panel: how it ends, and the largest cause when it ends short."""
    if assessment.state is pacing.State.BLOCKED:
        return assessment.reason[:1].upper() + assessment.reason[1:]
    short = (measured.line.quantity - projected) / measured.line.quantity
    if short < 0.005:
        return "Ends on its promise"
    worst = min((row for row in causes if row["units"] < 0 and row["key"] != "to_come"), key=lambda row: row["units"], default=None)
    if worst is None:
        return f"Ends {short * 100:.0f} % short"
    where = moved.words(measured.places, measured.passed) if worst["key"] == Cause.TRAFFIC else ""
    return f"Ends {short * 100:.0f} % short: {worst['label'][:1].lower()}{worst['label'][1:]}{where}"


def blockers(line: Line, *, today: float) -> list[str]:
    """Facts that keep a started (or nearly started) line from delivering."""
    if today < -2 or line.status in ("completed", "cancelled"):
        return []
    without = [flight for flight in line.flights.all() if not any(a.status == "active" for a in flight.assignments.all())]
    if without and len(without) == len(line.flights.all()):
        return ["no approved creative is set up"]
    return ["it is paused"] if line.status == "paused" else []
