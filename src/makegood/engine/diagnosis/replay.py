"""A flight's shortfall by counterfactual replays of its world through the simulator, each set of causes removed.

For worlds whose traffic is known by cell. What happened is given as faults; the sampling of orders is in `shapley`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from makegood.engine.causes import Cause
from makegood.engine.diagnosis import shapley
from makegood.engine.diagnosis.findings import Diagnosis, diagnosis
from makegood.engine.diagnosis.movers import Codes, DiagnosisInvalid, Mover, movers, of_cube
from makegood.engine.money import Money
from makegood.engine.simulator import World, simulate
from makegood.engine.simulator.faults import Fault


def explain(
    planned: World,
    happened: Sequence[Fault],
    *,
    flight: str,
    delivered: int,
    goal: int,
    value: Money,
    codes: Codes | None = None,
    rng: np.random.Generator | None = None,
) -> Diagnosis:
    """Causes of what `flight` delivered less than in the `planned` world, from the faults that `happened` as measured.

    Faults of one cause are removed together. The mean flow is replayed for every set of causes up to eight, for sampled
    orders from `rng` beyond; what the replays leave is pacing and other. With `codes` of the world's cells the part of
    the flight's traffic that moved is named. Raises DiagnosisInvalid, SimulationInvalid.
    """
    if delivered < 0 or goal < 1:
        raise DiagnosisInvalid(
            f"flight {flight}: delivered {delivered} of a goal of {goal}: counts of units are needed"
        )
    number, groups = planned.number(flight), _by_cause(happened)
    causes = list(groups)

    def worth(mask: int) -> float:
        present = [fault for n, cause in enumerate(causes) if mask >> n & 1 for fault in groups[cause]]
        return float(simulate(planned, present).counted[:, number].sum())

    taken = -shapley.shares(worth, len(causes), rng)
    units = {cause: float(part) for cause, part in zip(causes, taken, strict=True)}
    told = diagnosis(worth(0), delivered, units, goal=goal, value=value)
    return told if codes is None else dataclasses.replace(told, moved=_moved(planned, groups, number, codes))


def _moved(planned: World, groups: Mapping[Cause, list[Fault]], number: int, codes: Codes) -> Mover | None:
    """The part of the requests the flight may serve that explains their change."""
    cells = np.searchsorted(planned.edges.first, np.flatnonzero(planned.edges.flight == number), side="right") - 1
    seen = planned
    for fault in groups.get(Cause.TRAFFIC, []):
        seen = fault.on(seen)
    before, after = (world.requests[:, cells].sum(axis=0) for world in (planned, seen))
    own = {name: (values, code[cells]) for name, (values, code) in codes.items()}
    return next(iter(movers(of_cube(own, before, after))), None)


def _by_cause(happened: Sequence[Fault]) -> Mapping[Cause, list[Fault]]:
    """In the order of Cause, so that the order faults are given in makes no difference."""
    return {cause: own for cause in Cause if (own := [fault for fault in happened if fault.cause is cause])}
