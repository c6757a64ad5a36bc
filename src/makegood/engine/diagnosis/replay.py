"""A flight's shortfall by counterfactual replays of its world through the simulator, each set of causes removed.

For worlds whose traffic is known by cell. What happened is given as faults; the sampling of orders is in `shapley`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from makegood.engine.causes import Cause
from makegood.engine.diagnosis import shapley
from makegood.engine.diagnosis.findings import Diagnosis, DiagnosisInvalid, diagnosis
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
    rng: np.random.Generator | None = None,
) -> Diagnosis:
    """Causes of what `flight` delivered less than the `planned` world does, from the faults that `happened` as measured.

    Faults of one cause are removed together. The mean flow is replayed for every set of causes up to eight, for sampled orders
    from `rng` beyond; what the replays leave is pacing and other. Raises DiagnosisInvalid, SimulationInvalid.
    """
    if delivered < 0 or goal < 1:
        raise DiagnosisInvalid(f"flight {flight}: delivered {delivered} of a goal of {goal}: counts of units are needed")
    number, groups = planned.number(flight), _by_cause(happened)
    causes = list(groups)

    def worth(mask: int) -> float:
        present = [fault for n, cause in enumerate(causes) if mask >> n & 1 for fault in groups[cause]]
        return float(simulate(planned, present).counted[:, number].sum())

    taken = -shapley.shares(worth, len(causes), rng)
    units = {cause: float(part) for cause, part in zip(causes, taken, strict=True)}
    return diagnosis(worth(0), delivered, units, goal=goal, value=value)


def _by_cause(happened: Sequence[Fault]) -> Mapping[Cause, list[Fault]]:
    """In the order of Cause, so that the order faults are given in makes no difference."""
    return {cause: own for cause in Cause if (own := [fault for fault in happened if fault.cause is cause])}
