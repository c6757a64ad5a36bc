"""Plans of a brief: recorded as solved, edited by people, swapped, proposed, accepted. Each edit is evaluated at once."""

import datetime
from decimal import Decimal

from django.db.models import Max

from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.engine import planner
from makegood.engine.money import Money
from makegood.engine.pricing import RateType, quantity_for
from makegood.sales import drawing
from makegood.sales.actions import briefs
from makegood.sales.models import Brief, Plan, PlanLine

MOST_UNITS, MOST_MONEY = 10**11, 10**11


@verbs.whole
def record(brief: Brief, drawn: drawing.Drawn, *, by: Person, at: datetime.datetime, locked: frozenset[str] = frozenset(), why: str = "") -> Plan:
    """A new version of the brief's plan; an earlier one that is not accepted is superseded."""
    permissions.check(by, "sales.plan", brief)
    brief = Brief.objects.select_for_update().get(pk=brief.pk)
    if brief.status in ("won", "lost"):
        raise Refused(f"the brief is {brief.status}.", place=str(brief), remedy="Open it again, or write a new one.")
    earlier = list(brief.plans.filter(status__in=("draft", "proposed")).order_by("pk"))
    transitions.move_all(earlier, "superseded", by=by, at=at, why="a newer version was made")
    figures = drawn.solution.figures
    plan = Plan.objects.create(
        brief=brief, version=(brief.plans.aggregate(last=Max("version"))["last"] or 0) + 1, kpi_type=brief.kpi_type, budget=brief.budget,
        currency=brief.currency, amount=0, outcome=figures.outcome, low=figures.low, high=figures.high,
        problem=planner.to_json(drawn.solution.problem), found=drawn.found(), made_by=by, made_at=at,
    )  # fmt: skip
    drawing.lay(plan, drawn.solution.mix, {one.key: one for one in drawn.reasons}, locked)
    return transitions.start(plan, by=by, at=at, why=why)


@verbs.whole
def edit(line: PlanLine, *, by: Person, at: datetime.datetime, units: int | None = None, amount: Decimal | None = None) -> PlanLine:
    """Give a line other units, or as many as an amount buys. It is locked: what a person chose, solving again keeps."""
    _draft(line.plan, by)
    if (units is None) == (amount is None):
        raise Invalid("give units or an amount, one of them.", place="units", remedy="Change one of the two cells.")
    if amount is not None and not 0 < amount <= MOST_MONEY:
        raise Invalid(f"a line of {amount:,} {line.plan.currency} cannot be.", place="amount", remedy="Give an amount above zero.")
    if units is None:
        rate = Money(line.rate, line.plan.currency)
        units = quantity_for(Money(amount or Decimal(0), line.plan.currency), rate, RateType(line.rate_type.lower()))
    if not 0 < units <= MOST_UNITS:
        raise Invalid(f"a line of {units:,} units cannot be.", place="units", remedy="Give a number above zero, or take the line out.")
    cost = drawing.amount(line.rate, line.rate_type, units, line.plan.currency)
    if cost > MOST_MONEY:
        raise Invalid(f"{units:,} units would cost {cost:,}.", place="units", remedy="Look at the number again.")
    activity.change(line, "plan.line_edited", by=by, at=at, units=units, amount=cost, locked=True)
    drawing.refigure(line.plan)
    line.refresh_from_db()
    return line


@verbs.whole
def lock(line: PlanLine, locked: bool, *, by: Person, at: datetime.datetime) -> PlanLine:
    """Keep a line as it is when the plan is solved again, or let it go."""
    _draft(line.plan, by)
    activity.change(line, "plan.line_locked" if locked else "plan.line_unlocked", by=by, at=at, locked=locked)
    return line


@verbs.whole
def take_out(line: PlanLine, *, by: Person, at: datetime.datetime) -> Plan:
    """Remove a line; the last one stays."""
    plan = _draft(line.plan, by)
    if plan.lines.count() == 1:
        raise Refused("a plan has at least one line.", place=str(line), remedy="Change it, or solve again.")
    activity.record(line, "plan.line_removed", by=by, at=at, before={"product": str(line.product), "units": line.units, "amount": str(line.amount)})
    line.delete()
    drawing.refigure(plan)
    return plan


@verbs.whole
def redate(line: PlanLine, candidate: planner.Candidate, offer: dict[str, object], pools: tuple[planner.Pool, ...], *, by: Person, at: datetime.datetime) -> PlanLine:
    """Run a line on the days of another candidate of its product, whose avails were asked for; units and price stay. It is locked."""
    plan = _draft(line.plan, by)
    problem = planner.from_json(plan.problem)
    kept = tuple(one for one in problem.candidates if one.key != candidate.key)
    plan.problem = planner.to_json(planner.with_candidates(problem, (*kept, candidate), pools))
    plan.found["offers"][candidate.key] = offer
    plan.save(update_fields=["problem", "found"])
    first, last = candidate.periods[0][0], candidate.periods[-1][1]
    activity.change(line, "plan.line_redated", by=by, at=at, key=candidate.key, start=first, end=last, periods=offer["periods"], locked=True)
    drawing.refigure(plan)
    line.refresh_from_db()
    return line


@verbs.whole
def swap(plan: Plan, kind: str, *, by: Person, at: datetime.datetime) -> Plan:
    """Take one of the alternatives instead; the lines become its lines, and "best" leads back."""
    _draft(plan, by)
    chosen = next((one for one in plan.found["others"] if one["kind"] == kind), None)
    if chosen is None:
        kinds = ", ".join(one["kind"] for one in plan.found["others"])
        raise Invalid(f"there is no alternative {kind!r}.", place="kind", remedy=f"Choose one of {kinds}.")
    problem = planner.from_json(plan.problem)
    found = planner.Solution(problem, chosen["mix"], planner.evaluate(problem, chosen["mix"]), plan.found["bound"])
    activity.change(plan, "plan.swapped", by=by, at=at, chosen=kind)
    drawing.lay(plan, chosen["mix"], {one.key: one for one in planner.reasons(found)})
    return plan


@verbs.whole
def propose(plan: Plan, *, by: Person, at: datetime.datetime, why: str = "") -> Plan:
    """It goes to the client; the brief is proposed with it."""
    permissions.check(by, "sales.plan", plan)
    _whole(plan)
    if plan.brief.status == "open":
        briefs.propose(plan.brief, by=by, at=at, why=f"plan {plan.version}")
    return transitions.move(plan, "proposed", by=by, at=at, why=why)


@verbs.whole
def reopen(plan: Plan, *, by: Person, at: datetime.datetime, why: str = "") -> Plan:
    """Back to a draft, to change it."""
    permissions.check(by, "sales.plan", plan)
    return transitions.move(plan, "draft", by=by, at=at, why=why)


@verbs.whole
def accept(plan: Plan, order_number: str, *, by: Person, at: datetime.datetime) -> Plan:
    """The client takes it: it became that order. One plan of a brief is accepted."""
    permissions.check(by, "sales.plan", plan)
    _whole(plan)
    return transitions.move(plan, "accepted", by=by, at=at, why=order_number, order_number=order_number)


def _draft(plan: Plan, by: Person) -> Plan:
    permissions.check(by, "sales.plan", plan)
    if plan.status != "draft":
        raise Refused(f"the plan is {plan.get_status_display().lower()}.", place=str(plan), remedy="Open it again to change it.")
    return plan


def _whole(plan: Plan) -> None:
    """What a client is shown keeps every hard constraint."""
    if plan.figures.get("broken"):
        first = plan.figures["broken"][0]["words"]
        raise Refused(f"the plan cannot be kept: {first}.", place=str(plan), remedy="Change the line, or solve again.")
