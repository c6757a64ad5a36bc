"""Nanoseconds of one decision in process with 36 eligible contracts, and what creative rotation loses.

Compiled: a million requests of 64 kinds in one compiled call, chances rebuilt for each. Call: one request from Python as the
server makes it, its table known. Cold: the table is made for it. The peer is a plain loop per request.
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
from makegood.engine.plan import PlanCreative, PlanFlight, PlanPlacement, PlanRotation, ServingPlan
from makegood.engine.targeting import Request

GOAL = "P3: decision - nanoseconds in process with 36 eligible contracts; clicks lost by rotation"
AT = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
NANOSECONDS, LOST, TIMES_FASTER = 300.0, 0.06, 2.5
CELLS = 64


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
    plan, requests = booked(options, rng)
    ways = prepared(plan, requests[0])
    us = rng.random(options.decisions).tolist()
    agree(ways, us[:2_000])
    spent: dict[str, list[float]] = {"compiled": [], **{name: [] for name in ways}}
    for _ in range(options.times):
        spent["compiled"].append(compiled(plan, requests, rng, options.decisions * 50))
        for name, decide in ways.items():
            some = us if name in FAST else us[: max(200, len(us) // 20)]
            spent[name].append(per_decision(decide, some))
    ns = {name: round(statistics.median(values)) for name, values in spent.items()}
    lost = rotations(options.trials, rng)
    figures = {"eligible": options.eligible, "booked": options.booked, **{f"{name}_ns": ns[name] for name in OURS}, **lost}
    goals: dict[str, Goal] = {
        "compiled_ns": at_most(ns["compiled"], NANOSECONDS),
        "call_faster_than_loop": at_least(round(ns["plain_loop_eligible_known"] / ns["call"], 2), TIMES_FASTER),
        "optimised_clicks_lost": at_most(lost["optimised_clicks_lost"], LOST),
        "even_loses_times_more": at_least(round(lost["even_clicks_lost"] / lost["optimised_clicks_lost"], 2), 3.0)}
    return Result(figures, goals, {f"{name}_ns": value for name, value in ns.items() if name not in OURS})


def booked(options: argparse.Namespace, rng: np.random.Generator) -> tuple[ServingPlan, list[Request]]:
    """A placement with contracts, more wanted than there is, so that beta binds; for each request another set is eligible."""
    places = [f"US-{n}" for n in range(CELLS)]
    wanting: list[list[str]] = [[] for _ in range(options.booked)]
    for place in places:
        for number in rng.choice(options.booked, options.eligible, replace=False).tolist():
            wanting[number].append(place)
    flights = [flight(n, where or ["GB"], rng) for n, where in enumerate(wanting, 1)]
    place, banner = PlanPlacement(1, "mpu", "display", 300, 250), PlanCreative(1, 1, "", "image", "image/png", 300, 250)
    plan = ServingPlan("p", 1, "2026-01-01T00:00:00+00:00", "UTC", tuple(flights), (place,), (banner,))
    return plan, [Request(1, geo=f"{geo}-803", device="mobile", audiences=frozenset({"a", "b"}), hour_of_week=72) for geo in places]


def flight(number: int, where: list[str], rng: np.random.Generator) -> PlanFlight:
    """One guaranteed contract; theta and alpha as an allocation gives them."""
    return PlanFlight(number, number, number, number, "guaranteed", "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00", (1,),
                      (PlanRotation(1),), targeting={"geo": where, "device": ["mobile", "desktop"]}, theta=float(rng.uniform(0.01, 0.08)),
                      alpha=float(rng.exponential(1.0)))


def compiled(plan: ServingPlan, requests: Sequence[Request], rng: np.random.Generator, count: int) -> float:
    """Nanoseconds of a decision among `count` in one compiled call; the first 500 are held against the single decision."""
    decider = decision.Decider(plan)
    bulk = decision.Cells(decider, 1, requests, at=AT)
    cells, us = rng.integers(0, len(requests), count), rng.random(count)
    for cell, u, got in zip(cells[:500].tolist(), us.tolist(), bulk.decide(cells[:500], us[:500]).tolist(), strict=False):
        answer = decider.decide(requests[cell], at=AT, u=u)
        if got != (answer.flight_id if answer else 0):
            raise RuntimeError("the compiled decision chooses another flight than the decider")
    begun = time.process_time_ns()
    bulk.decide(cells, us)
    return (time.process_time_ns() - begun) / count


Decide = Callable[[float], int | None]


def prepared(plan: ServingPlan, request: Request) -> dict[str, Decide]:
    """The ways to decide the request for a draw, by name."""
    decider = decision.Decider(plan)
    here = decider.placements[1]
    targetings = [targeting.from_json(one.targeting) for one in here.flights]

    def call(u: float) -> int | None:
        answer = decider.decide(request, at=AT, u=u)
        return None if answer is None else answer.flight_id

    def cold(u: float) -> int | None:
        here._tables.clear()
        here._asked.clear()
        return call(u)

    def plain_loop(u: float) -> int | None:
        return taken([one for one, wants in zip(here.flights, targetings, strict=True) if targeting.matches(wants, request)], u)

    eligible = [one for one, wants in zip(here.flights, targetings, strict=True) if targeting.matches(wants, request)]
    return {"call": call, "cold": cold, "plain_loop": plain_loop, "plain_loop_eligible_known": lambda u: taken(eligible, u)}


def taken(eligible: Sequence[PlanFlight], u: float) -> int | None:
    """Beta, every chance, and a walk along them: the decision as the paper states it."""
    dual = beta([(one.theta * (1 + one.alpha / one.weight), one.theta / one.weight) for one in eligible])
    for one in eligible:
        u -= one.theta * max(0.0, 1 + (one.alpha - dual) / one.weight) * one.throttle
        if u < 0:
            return one.id
    return None


def beta(lines: Sequence[tuple[float, float]]) -> float:
    """Newton in plain Python."""
    dual = 0.0
    for _ in range(60):
        on = [(level, fall) for level, fall in lines if level > fall * dual]
        excess = sum(level - fall * dual for level, fall in on) - 1.0
        if excess <= 1e-12:
            break
        dual += excess / sum(fall for _, fall in on)
    return dual


def agree(ways: dict[str, Decide], us: Sequence[float]) -> None:
    """Raise unless all ways choose alike, but for draws within rounding of a border."""
    answers = {name: [decide(u) for u in us[:200]] for name, decide in ways.items()}
    for name, found in answers.items():
        if sum(a != b for a, b in zip(found, answers["call"], strict=True)) > 1:
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


OURS = ("compiled", "call", "cold")
FAST = ("call",)
