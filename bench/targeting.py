"""Many contracts against many supply rows: time and memory of the eligible cells, beside masks by contract.

Peers answer a part of the contracts with their table of rows × contracts, scaled up; all answers are compared.
"""
import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from bench import audience, memory
from bench.result import Goal, Result, at_least, at_most
from makegood.engine import eligibility, targeting
from makegood.engine.supply import Supply
from makegood.engine.targeting import Targeting

GOAL = "P2: targeting - 10,000 contracts on 200,000 sampled requests, memory by edges instead of rows x contracts"
NONE = np.zeros(0, dtype=np.int32)
TIMES_FASTER, SHARE_OF_DENSE = 2.0, 0.25


def arguments(parser: argparse.ArgumentParser) -> None:
    """How large, and how many contracts the peers answer."""
    parser.add_argument("--rows", type=int, default=200_000, help="sampled requests")
    parser.add_argument("--contracts", type=int, default=10_000)
    parser.add_argument("--subset", type=int, default=60, help="contracts a peer answers")
    parser.add_argument("--times", type=int, default=3, help="runs of ours and of each peer, taken in turns")


def run(options: argparse.Namespace) -> Result:
    """Ours on everything and peers on a subset, in turns; then memory, and whether all say the same."""
    rng = np.random.default_rng(options.seed)
    sample, wanted = audience.supply(options.rows, rng), audience.contracts(options.contracts, rng)
    eligibility.match(audience.supply(200, np.random.default_rng(0)), wanted[:50])  # compiles
    subset = [wanted[n] for n in rng.permutation(len(wanted))[: options.subset].tolist()]
    peers = {name: prepare(sample) for name, prepare in PEERS.items()}
    ours, others = [], {name: [] for name in peers}
    for _ in range(options.times):
        ours.append(timed(lambda: eligibility.match(sample, wanted)))
        for name, ask in peers.items():
            others[name].append(timed(lambda ask=ask: [ask(one) for one in subset]) * len(wanted) / len(subset))
    found, peak = memory.peak_mb(lambda: eligibility.match(sample, wanted))
    check(sample, subset, peers)
    edges = len(found.found)
    dense_mb = options.rows * len(wanted) / 2**20
    seconds = {name: statistics.median(times) for name, times in others.items()}
    figures = {"rows": options.rows, "contracts": len(wanted), "distinct_targetings": len(set(wanted)), "cells": found.cells,
               "edges": edges, "seconds": round(statistics.median(ours), 3), "peak_mb": round(peak, 1),
               "bytes_per_edge": round(peak * 2**20 / max(1, edges), 2), **requests(sample, wanted, options.times)}
    best = min(seconds.values())
    goals: dict[str, Goal] = {
        "times_faster_than_best_peer": at_least(round(best / statistics.median(ours), 2), TIMES_FASTER),
        "memory_of_dense": at_most(round(peak / dense_mb, 4), SHARE_OF_DENSE)}
    shown = {f"{name}_seconds_scaled": round(value, 2) for name, value in seconds.items()}
    return Result(figures, goals, {**shown, "dense_table_mb": round(dense_mb, 1)})


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time of one piece of work, so that neighbours on the machine do not count."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def requests(sample: Supply, wanted: list[Targeting], times: int) -> dict[str, object]:
    """The same for one request at a time, as serving asks: microseconds over an index of all contracts."""
    index = targeting.TargetingIndex(wanted)
    asked = [targeting.Request(1 + n % 1200, geo="C0-R1-2", device="mobile", audiences=frozenset({f"a{n % 7}"}), hour_of_week=n % 168)
             for n in range(200)]
    spent = [timed(lambda: [index.eligible(one) for one in asked]) / len(asked) for _ in range(times + 1)]
    return {"one_request_over_all_us": round(statistics.median(spent[1:]) * 1e6, 1)}


def by_mask(sample: Supply) -> Callable[[Targeting], np.ndarray]:
    """The engine's own mask of one targeting: a look-up per distinct value, then one a row."""
    return lambda one: targeting.mask(one, sample)


def by_numpy(sample: Supply) -> Callable[[Targeting], np.ndarray]:
    """A table of accepted codes per predicate, looked up by row; values by token are found once, before the clock starts."""
    carriers = {name: _carriers(name, sample) for name in sample.columns}

    def ask(one: Targeting) -> np.ndarray:
        kept = np.ones(sample.rows, dtype=bool)
        for predicate in one.predicates:
            column, carried = sample.columns[predicate.dimension], carriers[predicate.dimension]
            accepted = np.full(len(column.values), not predicate.include)
            for value, tokens in ((True, predicate.include), (False, predicate.exclude)):
                for token in tokens:
                    accepted[carried.get(token, NONE)] = value
            kept &= accepted[column.codes]
        return kept

    return ask


def by_pandas(sample: Supply) -> Callable[[Targeting], np.ndarray]:
    """A data frame of codes and Series.isin."""
    frame = pd.DataFrame({name: column.codes for name, column in sample.columns.items()})
    carriers = {name: _carriers(name, sample) for name in sample.columns}

    def ask(one: Targeting) -> np.ndarray:
        kept = pd.Series(True, index=frame.index)
        for predicate in one.predicates:
            column, carried = frame[predicate.dimension], carriers[predicate.dimension]
            if predicate.include:
                kept &= column.isin(np.concatenate([carried.get(token, NONE) for token in predicate.include]))
            if predicate.exclude:
                kept &= ~column.isin(np.concatenate([carried.get(token, NONE) for token in predicate.exclude]))
        return kept.to_numpy()

    return ask


def _carriers(dimension: str, sample: Supply) -> dict[object, np.ndarray]:
    """Codes of the values that carry each token."""
    found: dict[object, list[int]] = {}
    for code, value in enumerate(sample.columns[dimension].values):
        for token in targeting.tokens(dimension, value):
            found.setdefault(token, []).append(code)
    return {token: np.array(codes, dtype=np.int32) for token, codes in found.items()}


def check(sample: Supply, subset: list[Targeting], peers: dict[str, Callable[[Targeting], np.ndarray]]) -> None:
    """Raise unless every peer says what we say."""
    found = eligibility.match(sample, subset)
    for number, one in enumerate(subset):
        for name, ask in peers.items():
            if not np.array_equal(ask(one), found.rows(number)):
                raise RuntimeError(f"{name} differs on {targeting.to_json(one)}")


PEERS = {"mask": by_mask, "numpy_table": by_numpy, "pandas_isin": by_pandas}
