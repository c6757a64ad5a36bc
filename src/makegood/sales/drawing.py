"""A plan's lines and figures from a mix, and a mix from its lines. Writes rows of one plan; verbs and permissions are in actions."""

import dataclasses
import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from makegood.engine import planner
from makegood.engine.money import Money
from makegood.engine.pricing import RateType, cost
from makegood.sales.models import Plan, PlanLine

CENT = Decimal("0.01")


@dataclasses.dataclass(frozen=True)
class Drawn:
    """A solved brief: the plan, why, what else there is, what binds, what was left out, and the facts of each candidate."""

    solution: planner.Solution
    reasons: tuple[planner.Reason, ...]
    others: tuple[planner.Alternative, ...]
    binding: tuple[planner.Relaxed, ...]
    left: tuple[planner.LeftOut, ...]
    offers: dict[str, dict[str, Any]]
    dropped: dict[str, str]

    def found(self) -> dict[str, Any]:
        """All but the problem as a plan stores it; the solved mix is among the alternatives as "best"."""
        best = planner.Alternative("best", self.solution.mix, self.solution.figures)
        return {
            "others": [{"kind": one.kind, "mix": one.mix, "figures": figures(one.figures)} for one in (best, *self.others)],
            "binding": [dataclasses.asdict(one) for one in self.binding], "left": [dataclasses.asdict(one) for one in self.left],
            "offers": self.offers, "dropped": self.dropped, "bound": self.solution.bound,
        }  # fmt: skip


def figures(one: planner.Evaluation) -> dict[str, Any]:
    """An evaluation as stored: sums, rules missed, constraints broken."""
    largest = max((line.amount for line in one.lines), default=0.0) / one.amount if one.amount else 0.0
    return {
        "amount": one.amount, "outcome": one.outcome, "low": one.low, "high": one.high, "score": one.score, "reach": one.reach,
        "frequency": one.frequency, "contacts": one.contacts, "sure": one.sure, "lines": len(one.lines), "largest": largest,
        "misses": dict(one.misses), "broken": [dataclasses.asdict(each) for each in one.broken],
    }  # fmt: skip


def mix_of(plan: Plan) -> dict[str, float]:
    """Units by candidate, of the lines as they are."""
    return {line.key: float(line.units) for line in plan.lines.all()}


def lay(plan: Plan, mix: Mapping[str, float], reasons: Mapping[str, planner.Reason], locked: frozenset[str] = frozenset()) -> None:
    """Replace the plan's lines by those of a mix, the largest first, and figure them out."""
    plan.lines.all().delete()
    offers = plan.found["offers"]
    rows = [_line(plan, key, round(units), offers[key], reasons.get(key), key in locked) for key, units in mix.items()]
    rows.sort(key=lambda row: (-row.amount, row.key))
    for number, row in enumerate(rows, 1):
        row.number = number
    PlanLine.objects.bulk_create(rows)
    refigure(plan)


def refigure(plan: Plan) -> None:
    """Evaluate the lines as they are: outcome of each and of all, rules, what is broken. No solving."""
    problem, lines = planner.from_json(plan.problem), list(PlanLine.objects.filter(plan=plan))  # afresh: a plan may remember lines that are gone
    mix = {line.key: float(line.units) for line in lines}
    found = planner.evaluate(problem, mix)
    by_key = {one.key: one for one in found.lines}
    for line in lines:
        one = by_key[line.key]
        line.outcome, line.low, line.high, line.sure = one.outcome, one.low, one.high, one.sure
        line.reasons = line.reasons | {"adds": planner.adds(problem, mix, line.key), "delivered": one.delivered}
    PlanLine.objects.bulk_update(lines, ["outcome", "low", "high", "sure", "reasons"])
    plan.amount = sum((line.amount for line in lines), Decimal(0))
    plan.outcome, plan.low, plan.high, plan.figures = found.outcome, found.low, found.high, figures(found)
    plan.save(update_fields=["amount", "outcome", "low", "high", "figures", "problem", "found", "chosen"])


def amount(rate: Decimal, rate_type: str, units: int, currency: str) -> Decimal:
    """What units cost, to the currency's minor unit."""
    return cost(Money(rate, currency), RateType(rate_type.lower()), units).amount


def _line(plan: Plan, key: str, units: int, offer: dict[str, Any], reason: planner.Reason | None, locked: bool) -> PlanLine:
    rate, periods = Decimal(offer["rate"]), offer["periods"]
    return PlanLine(
        plan=plan, key=key, product_id=offer["product"], start=datetime.date.fromisoformat(periods[0][0]),
        end=datetime.date.fromisoformat(periods[-1][1]), periods=periods, rate_type=offer["rate_type"], unit=offer["unit"], rate=rate,
        card_rate=Decimal(offer["card"]), floor=Decimal(offer["floor"]), units=units, amount=amount(rate, offer["rate_type"], units, plan.currency),
        targeting=offer["targeting"], outcome=0, low=0, high=0, sure=0, reasons=dataclasses.asdict(reason) if reason else {}, locked=locked,
    )  # fmt: skip
