"""Planted causes of under-delivery, found again from logs: one main cause a case, smaller nuisances, noise everywhere.

The truth runs hourly with a pacing controller; the diagnosis sees daily logs, sampled requests and an erring forecast.
"""

import argparse
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from bench.planted import causes as planting
from bench.planted import logs as logging
from bench.planted import market as markets
from bench.planted.telling import ORDER, Told, tell
from bench.result import Goal, Result, at_least, at_most
from makegood.engine.causes import Cause

GOAL = "P8: explain - planted causes of under-delivery ranked first, causes that add up, the value that moved named"
FIRST, NAMED, ALARM, ALARMS = 0.95, 0.90, 0.10, 0.05
NUISANCES = 3


@dataclass(frozen=True)
class Case:
    """One market with what was planted in it (None: a control) and what was logged."""

    market: markets.Market
    main: planting.Planted | None
    logs: logging.Logs

    @property
    def cause(self) -> Cause | None:
        """The main cause."""
        return self.main.fault.cause if self.main else None


Pairs = list[tuple[Case, Told]]


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many cases."""
    parser.add_argument("--cases", type=int, default=100, help="planted cases; a fifth as many controls come on top")


def run(options: argparse.Namespace) -> Result:
    """Every case planted, logged, told by each method, then scored against what was planted."""
    wanted = [ORDER[n % len(ORDER)] for n in range(options.cases)] + [None] * max(1, options.cases // 5)
    told = [
        (case, tell(case.market, case.logs, np.random.default_rng([options.seed, n, 1])))
        for n, case in enumerate(cases(wanted, options.seed))
    ]
    planted, controls = ([pair for pair in told if (pair[0].main is None) is control] for control in (False, True))
    return Result({**counted(told, planted), **missed(planted)}, goals(told, planted, controls), peers(planted))


def goals(told: Pairs, planted: Pairs, controls: Pairs) -> dict[str, Goal]:
    """What the diagnosis by replays is held against."""
    value = named(planted, "traffic")
    return ({} if value is None else {"value_named": at_least(value, NAMED)}) | {
        "planted_cause_first": at_least(right(planted, "replays"), FIRST),
        "worst_sum_off_units": at_most(max(abs(one.off_units) for _, one in told), 0),
        "sums_off_in_money": at_most(sum(one.off_money for _, one in told), 0),
        "controls_with_a_cause_over_10_percent": at_most(share(one.largest > ALARM for _, one in controls), ALARMS),
    }


def counted(told: Pairs, planted: Pairs) -> dict[str, object]:
    """Sizes, and how the method does besides its goals."""
    return {
        "cases": len(planted),
        "controls": len(told) - len(planted),
        "traffic_cases": sum(case.cause is Cause.TRAFFIC for case, _ in planted),
        "first_from_daily_facts_only": right(planted, "daily facts"),
        "replay_misses_delivery_by_median": round(statistics.median(one.replay_misses for _, one in told), 4),
        "seconds_per_diagnosis_median": round(statistics.median(one.seconds for _, one in told), 3),
    }


def missed(planted: Pairs) -> dict[str, object]:
    """Which causes were told as which."""
    wrong = [(case.cause, one.first["replays"]) for case, one in planted if one.first["replays"] is not case.cause]
    return {"missed": dict(Counter(f"{cause} told as {first}" for cause, first in wrong))}


def peers(planted: Pairs) -> dict[str, object]:
    """The same cases by the other methods."""
    moves = statistics.median(one.order_moves for _, one in planted)
    return {
        "first_by_waterfall_of_replays": right(planted, "waterfall"),
        "first_by_waterfall_of_replays_reversed": right(planted, "waterfall reversed"),
        "first_by_waterfall_of_daily_facts": right(planted, "daily waterfall"),
        "first_by_adtributor_alone": right(planted, "adtributor"),
        "value_named_by_adtributor_alone": named(planted, "impressions"),
        "gap_moved_by_reversing_the_waterfall_median": round(moves, 3),
    }


def right(planted: Pairs, method: str) -> float:
    """Share of cases whose planted cause the method put first."""
    return share(one.first[method] is case.cause for case, one in planted)


def named(planted: Pairs, method: str) -> float | None:
    """Share of planted falls of traffic whose dimension and value the method named, and no other; None without any."""
    hits = [one.value[method] == case.main.moved for case, one in planted if case.cause is Cause.TRAFFIC]
    return share(hits) if hits else None


def share(hits: Iterable[bool]) -> float:
    """Of those asked, how many, to four places."""
    found = list(hits)
    return round(sum(found) / len(found), 4)


def cases(wanted: list[Cause | None], seed: int) -> Iterator[Case]:
    """A case for each wanted cause, each from a seed of its own."""
    for number, cause in enumerate(wanted):
        rng, found = np.random.default_rng([seed, number]), None
        while found is None:
            found = case(cause, rng)
        yield found


def case(cause: Cause | None, rng: np.random.Generator) -> Case | None:
    """A market with the cause and nuisances in it; None where the market does not let the cause matter."""
    here = markets.market(rng)
    try:
        main = planting.draw(here, cause, planting.MAIN, rng) if cause else None
        others = [one for one in rng.permutation(ORDER).tolist() if one != cause][:NUISANCES]
        small = [planting.draw(here, Cause(one), planting.NUISANCE, rng) for one in others]
    except planting.Impossible:
        return None
    faults = [one.fault for one in ([main] if main else []) + small]
    return Case(here, main, logging.happen(here, faults, rng))
