"""Nanoseconds of one decision in process with 36 eligible contracts, and what creative rotation loses.

Warm: the table of chances is known, as in serving. Cold: it is made for the request. The peer is a plain loop per request.
"""
import argparse
import datetime as dt
import statistics
import time
from collections.abc import Callable, Sequence

import numpy as np

from bench import creatives
from bench.result import Goal, Result, at_least, at_most
from makegood.engine import decision, targeting
from makegood.engine.decision.shares import beta
from makegood.engine.plan import PlanCreative, PlanFlight, PlanPlacement, PlanRotation, ServingPlan
from makegood.engine.targeting import Request

GOAL = "P3: decision - nanoseconds in process with 36 eligible contracts; clicks lost by rotation"
AT = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
NANOSECONDS, LOST, TIMES_FASTER = 300.0, 0.06, 2.5


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many of what."""
    parser.add_argument("--eligible", type=int, default=36, help="contracts eligible for every request")
    parser.add_argument("--booked", type=int, default=400, help="contracts booked on the placement")
    parser.add_argument("--decisions", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=5, help="runs of each, taken in turns")
    parser.add_argument("--trials", type=int, default=12, help="sets of ten creatives for the rotation")


def run(options: argparse.Namespace) -> Result:
    """Each way in turns, medians; all ways must choose the same flights."""
    rng = np.random.default_rng(options.seed)
    plan, request = booked(options, rng)
    ways = prepared(plan, request)
    us = rng.random(options.decisions).tolist()
    agree(ways, us[:2_000], plan, request)
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(options.times):
        for name, decide in ways.items():
            some = us if name in FAST else us[: max(200, len(us) // 20)]
            spent[name].append(per_decision(decide, some))
    ns = {name: round(statistics.median(values)) for name, values in spent.items()}
    lost = rotations(options.trials, rng)
    figures = {"eligible": options.eligible, "booked": options.booked, **{f"{name}_ns": ns[name] for name in OURS}, **lost}
    goals: dict[str, Goal] = {
        "warm_ns": at_most(ns["warm"], NANOSECONDS),
        "warm_faster_than_loop": at_least(round(ns["plain_loop_eligible_known"] / ns["warm"], 2), TIMES_FASTER),
        "optimised_clicks_lost": at_most(lost["optimised_clicks_lost"], LOST),
        "even_loses_times_more": at_least(round(lost["even_clicks_lost"] / lost["optimised_clicks_lost"], 2), 3.0)}
    return Result(figures, goals, {f"{name}_ns": value for name, value in ns.items() if name not in OURS})


def booked(options: argparse.Namespace, rng: np.random.Generator) -> tuple[ServingPlan, Request]:
    """A placement with contracts of which some are eligible, more wanted than there is, so that beta binds."""
    flights = [flight(n, n <= options.eligible, rng) for n in range(1, options.booked + 1)]
    place, banner = PlanPlacement(1, "mpu", "display", 300, 250), PlanCreative(1, 1, "", "image", "image/png", 300, 250)
    plan = ServingPlan("p", 1, "2026-01-01T00:00:00+00:00", "UTC", tuple(flights), (place,), (banner,))
    return plan, Request(1, geo="US-CA-803", device="mobile", audiences=frozenset({"a", "b"}), hour_of_week=72)


def flight(number: int, eligible: bool, rng: np.random.Generator) -> PlanFlight:
    """One guaranteed contract; theta and alpha as an allocation gives them."""
    where = {"geo": ["US"]} if eligible else {"geo": ["GB"]}
    return PlanFlight(number, number, number, number, "guaranteed", "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00", (1,),
                      (PlanRotation(1),), targeting={**where, "device": ["mobile", "desktop"]}, theta=float(rng.uniform(0.01, 0.08)),
                      alpha=float(rng.exponential(1.0)))


Decide = Callable[[float], int | None]


def prepared(plan: ServingPlan, request: Request) -> dict[str, Decide]:
    """The ways to decide the request for a draw, by name."""
    decider = decision.Decider(plan)
    here = decider.placements[1]
    targetings = [targeting.from_json(one.targeting) for one in plan.flights]

    def warm(u: float) -> int | None:
        answer = decider.decide(request, at=AT, u=u)
        return None if answer is None else answer.flight_id

    def cold(u: float) -> int | None:
        here._tables.clear()
        return warm(u)

    def plain_loop(u: float) -> int | None:
        return taken([one for one, wants in zip(plan.flights, targetings, strict=True) if targeting.matches(wants, request)], u)

    eligible = [one for one, wants in zip(plan.flights, targetings, strict=True) if targeting.matches(wants, request)]
    return {"warm": warm, "cold": cold, "plain_loop": plain_loop, "plain_loop_eligible_known": lambda u: taken(eligible, u)}


def taken(eligible: Sequence[PlanFlight], u: float) -> int | None:
    """Beta, every chance, and a walk along them: the decision as the paper states it."""
    dual = beta(eligible)
    for one in eligible:
        u -= one.theta * max(0.0, 1 + (one.alpha - dual) / one.weight) * one.throttle
        if u < 0:
            return one.id
    return None


def agree(ways: dict[str, Decide], us: Sequence[float], plan: ServingPlan, request: Request) -> None:
    """Raise unless all ways choose alike, but for draws within rounding of a border."""
    answers = {name: [decide(u) for u in us[:200]] for name, decide in ways.items()}
    for name, found in answers.items():
        if sum(a != b for a, b in zip(found, answers["warm"], strict=True)) > 1:
            raise RuntimeError(f"{name} chooses other flights than the decider")


def per_decision(decide: Decide, us: Sequence[float]) -> float:
    """Nanoseconds of processor time, so that neighbours on the machine do not count."""
    begun = time.process_time_ns()
    for u in us:
        decide(u)
    return (time.process_time_ns() - begun) / len(us)


def rotations(trials: int, rng: np.random.Generator) -> dict[str, float]:
    """Median share of the best creative's clicks that each rotation loses over sets of ten creatives."""
    lost: dict[str, list[float]] = {"even": [], "optimised": []}
    for _ in range(trials):
        true = creatives.rates(10, rng)
        for kind, found in lost.items():
            found.append(creatives.loss(kind, true, rng))
    return {f"{kind}_clicks_lost": round(statistics.median(found), 4) for kind, found in lost.items()}


OURS = ("warm", "cold")
FAST = ("warm",)
