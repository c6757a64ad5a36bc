"""Plans made and solved again: the problem gathered, solved, explained, recorded."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from makegood.core import permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.engine import planner
from makegood.sales.actions import plans
from makegood.sales.drawing import Drawn
from makegood.sales.models import Brief, Plan, PlanLine
from makegood.workflows.planning import gathering
from makegood.workflows.planning.gathering import Gathered

MOST_WAYS = 3


@verbs.whole
def make(brief: Brief, *, by: Person, at: datetime.datetime) -> Plan:
    """The brief's plan, with reasons and alternatives. Refused when no mix meets the brief, with what would make one possible."""
    permissions.check(by, "sales.plan", brief)
    return plans.record(brief, draw(gathering.gather(brief, at=at), str(brief)), by=by, at=at)


@verbs.whole
def again(plan: Plan, *, by: Person, at: datetime.datetime) -> Plan:
    """A new version solved on what is free now; locked lines stay as they are."""
    permissions.check(by, "sales.plan", plan)
    kept = list(plan.lines.filter(locked=True).select_related("product"))
    own = {line.product.code: (line.start, line.end) for line in kept if line.key.endswith(":own")}
    found = gathering.gather(plan.brief, at=at, own=own, locked={line.key: float(line.units) for line in kept})
    locked = frozenset(line.key for line in kept)
    return plans.record(plan.brief, draw(found, str(plan)), by=by, at=at, locked=locked, why=f"solved again from version {plan.version}")


@verbs.whole
def redate(line: PlanLine, start: datetime.date, end: datetime.date, *, by: Person, at: datetime.datetime) -> PlanLine:
    """Run a line on other days: what is free then is asked for, also together with the plan's other lines."""
    brief = line.plan.brief
    if end < start:
        raise Invalid(f"the line ends {end}, before it starts {start}.", place="end", remedy="Give a later end.")
    if not brief.start <= start <= end <= brief.end or start <= at.date():
        remedy = f"Give days from {max(brief.start, at.date() + gathering.DAY)} to {brief.end}."
        raise Invalid(f"{start} to {end} is outside the campaign.", place="start", remedy=remedy)
    found = gathering.gather(brief, at=at, own={line.product.code: (start, end)})
    key = f"{line.product.code}:own"
    if key not in found.offers:
        raise Refused("nothing of it can be had on these days.", place=str(line), remedy="Choose other days.")
    others = [one.key for one in line.plan.lines.exclude(pk=line.pk) if one.key in found.offers]
    pools = tuple(planner.Pool((key, other), found.stock.free((key, other))) for other in others if found.stock.overlap(key, other))
    return plans.redate(line, found.problem.candidate(key), found.offers[key], pools, by=by, at=at)


def draw(found: Gathered, place: str) -> Drawn:
    """The solved and explained problem. Refused, naming what is in the way and what the brief would get without it."""

    def free(keys: Sequence[str]) -> float:
        return found.stock.free(tuple(keys))

    try:
        problem = planner.scaled(found.problem, free)
        solution = planner.solve(problem, free)
    except planner.Infeasible as wrong:
        ways = planner.ways_out(found.problem, free)[:MOST_WAYS]
        said = "; ".join(f"{one.words}: {one.outcome:,.0f} for {Decimal(one.amount):,.0f}" for one in ways)
        remedy = f"It would be possible with {said}." if said else "Ask for fewer things, or for other days."
        raise Refused(f"no plan meets the brief: {wrong}.", place=place, remedy=remedy) from wrong
    return Drawn(
        solution, planner.reasons(solution, free), planner.alternatives(solution, free=free), planner.binding(solution, free),
        planner.left_out(solution), found.offers, found.dropped,
    )  # fmt: skip
