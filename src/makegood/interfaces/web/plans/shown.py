"""A plan as its page shows it: rows with bars, reasons in words, alternatives with their trade-off. Computes; places nothing."""

import dataclasses
from typing import Any

from makegood.engine import planner
from makegood.engine.planner import rules as practice
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats
from makegood.interfaces.web.plans import words
from makegood.sales.models import Plan, PlanLine


@dataclasses.dataclass(frozen=True)
class Row:
    """A line with its bars (per cent of the plan's largest) and whether it is selected."""

    line: PlanLine
    money: str
    out: str
    outcome: str
    within: str
    on: bool

    @property
    def risky(self) -> bool:
        """Whether its inventory may well not be there in full."""
        return self.line.sure < 0.8


@dataclasses.dataclass(frozen=True)
class Card:
    """An alternative beside the plan: what it changes, in figures."""

    kind: str
    name: str
    words: str
    facts: tuple[tuple[str, str, str], ...]
    lines: int
    on: bool


@dataclasses.dataclass(frozen=True)
class Kept:
    """A rule with where the plan stands."""

    words: str
    reason: str
    stands: str
    state: str


def rows(plan: Plan, chosen: int | None) -> list[Row]:
    """The mix, the largest line first."""
    lines = list(plan.lines.all())
    most, best = max((float(one.amount) for one in lines), default=0) or 1, max((one.outcome for one in lines), default=0) or 1
    return [
        Row(
            one, f"{float(one.amount) / most * 100:.1f}%", f"{one.outcome / best * 100:.1f}%", words.outcome(one.outcome, plan.kpi_type, plan.currency),
            f"{words.outcome(one.low, plan.kpi_type, plan.currency)} to {words.outcome(one.high, plan.kpi_type, plan.currency)}", one.pk == chosen,
        )
        for one in lines
    ]  # fmt: skip


def stats(plan: Plan) -> list[c.Stat | None]:
    """Money, outcome with its interval, people, how sure."""
    figures, kpi = plan.figures, plan.kpi_type
    target = plan.brief.kpi_target
    within = f"{words.outcome(plan.low, kpi, plan.currency)} to {words.outcome(plan.high, kpi, plan.currency)}, 80 %"
    part = float(target) and plan.outcome / float(target) if target else None
    found: list[c.Stat | None] = [
        c.Stat("Money", formats.money(plan.amount, plan.currency, decimals=0), f"of {formats.money(plan.budget, plan.currency, decimals=0)}"),
        c.Stat(words.UNITS[kpi].capitalize(), words.outcome(plan.outcome, kpi, plan.currency), within),
        c.Stat("People reached", formats.compact(figures["reach"]), f"{figures['frequency']:.1f} contacts each; on two properties, once"),
        c.Stat("Inventory there in full", formats.percent(figures["sure"], 0), "chance, by money", tone="watch" if figures["sure"] < 0.8 else ""),
    ]
    if part is not None:
        found.append(c.Stat("Target", formats.percent(part, 0), f"of {words.outcome(float(target or 0), kpi, plan.currency)}", tone="" if part >= 1 else "watch"))
    return found


def cards(plan: Plan) -> list[Card]:
    """The solved plan and its alternatives, each beside what is shown now."""
    found = []
    for one in plan.found["others"]:
        name, said = words.ALTERNATIVES[one["kind"]]
        found.append(Card(one["kind"], name, said, _facts(one["figures"], plan), len(one["mix"]), one["kind"] == plan.chosen))
    return found


def _facts(other: dict[str, Any], plan: Plan) -> tuple[tuple[str, str, str], ...]:
    """(what, figure, change against the solved plan) of an alternative."""
    base = next(one["figures"] for one in plan.found["others"] if one["kind"] == "best")

    def change(name: str) -> str:
        return "" if other is base or not base[name] else formats.signed((other[name] / base[name] - 1) * 100, 1) + " %"

    missed = [sum(value > 0.001 for value in one["misses"].values()) for one in (other, base)]
    return (
        ("Money", formats.money(other["amount"], plan.currency, decimals=0), change("amount")),
        (words.UNITS[plan.kpi_type].capitalize(), words.outcome(other["outcome"], plan.kpi_type, plan.currency), change("outcome")),
        ("People", formats.compact(other["reach"]), change("reach")),
        ("Contacts each", f"{other['frequency']:.1f}", change("frequency")),
        ("There in full", formats.percent(other["sure"], 0), "" if other is base else formats.signed((other["sure"] - base["sure"]) * 100, 0) + " points"),
        ("Rules missed", str(missed[0]), "" if other is base else formats.signed(missed[0] - missed[1])),
    )


def rules(plan: Plan, problem: planner.Problem, mix: dict[str, float]) -> list[Kept]:
    """Every rule about parts of the money, with where the mix stands and whether it is met."""
    known, said = problem.by_key(), {one.id: one for one in practice.book().rules}
    spend = {key: known[key].rate * units for key, units in mix.items()}
    whole, found = sum(spend.values()) or 1.0, []
    for share in problem.shares:
        part = sum(money * known[key].traits.get(share.trait, 0.0) for key, money in spend.items()) / whole
        rule = said[share.key.split(":")[0]]
        if ":" in share.key and part < share.high - 0.05:
            continue
        met = share.low - 0.005 <= part <= share.high + 0.005
        name = share.trait.split(":")[-1]
        found.append(Kept(share.words, rule.reason, f"{name} has {formats.percent(part, 0)}", "ok" if met else "risk" if share.weight is None else "watch"))
    frequency = practice.book().only("frequency", plan.brief.objective)
    if frequency:
        days = (plan.brief.end - plan.brief.start).days + 1
        weekly = 1 + (plan.figures["frequency"] - 1) * min(7, days) / days if days else 0
        met = "ok" if frequency.low <= weekly <= frequency.high + 0.05 else "watch"
        found.append(Kept(frequency.words, frequency.reason, f"about {weekly:.1f} a week", met))
    return sorted(found, key=lambda one: one.state == "ok")


def reasons(line: PlanLine) -> dict[str, Any]:
    """The panel of a line: why it is there, what it delivers, what it costs, what is known of it."""
    plan, offer, why = line.plan, line.plan.found["offers"][line.key], line.reasons
    problem = planner.from_json(plan.problem)
    one, said = problem.candidate(line.key), _said(problem)

    def unit(value: float) -> str:
        return words.outcome(value, plan.kpi_type, plan.currency)

    return {
        "line": line, "offer": offer, "unit": words.UNITS[plan.kpi_type], "adds": unit(why.get("adds", 0)), "loses": unit(why.get("loses", 0)),
        "solved": "loses" in why, "needed": why.get("needed"), "wanted": why.get("wanted"), "bound": words.bound(why["bound"], said) if "bound" in why else "",
        "per_money": formats.number(why.get("next_per_money", 0) * 1000, 2), "delivered": why.get("delivered", 0), "available": one.available,
        "low": max(0.0, one.available - 1.2816 * one.spread), "high": one.available + 1.2816 * one.spread, "spread": one.spread,
        "discount": (1 - line.rate / line.card_rate) * 100 if line.card_rate else 0, "learnt": words.learnt(offer["worth"]), "rate": offer["worth"],
        "kept": offer["kept"], "kept_learnt": words.learnt(offer["kept"]), "within": f"{unit(line.low)} to {unit(line.high)}",
        "counted": offer["worth"]["level"] != "", "out": unit(line.outcome),
    }  # fmt: skip


def left(plan: Plan, problem: planner.Problem) -> list[tuple[str, str]]:
    """(product, why) of everything that is not in the plan: first what could have been, then what could not."""
    said, offers = _said(problem), plan.found["offers"]
    taken = {line.product.code for line in plan.lines.all()}
    found = [(offers[one["key"]]["name"], _why(one, said)) for one in plan.found["left"] if one["product"] not in taken and one["key"] in offers]
    return found + sorted((code, why) for code, why in plan.found["dropped"].items() if code not in taken)


def _why(one: dict[str, Any], said: dict[str, str]) -> str:
    text = words.out(one["why"], said)
    if one["why"] == "price":
        return f"{text}: {one['has'] * 1000:,.2f} for the next thousand, against {one['needs'] * 1000:,.2f} of the weakest line"
    return f"{text}: {one['has']:,.0f}, and a line needs {one['needs']:,.0f}" if one["why"] == "free" else text


def _said(problem: planner.Problem) -> dict[str, str]:
    return {one.key: one.words for one in problem.shares}
