"""How a flight's creatives take turns in the plan: as somebody chose, by their weights, or by what they achieved so far."""

import dataclasses
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from makegood.creatives import shapes
from makegood.engine import rotation
from makegood.engine.plan import PlanRotation
from makegood.engine.plan import Rotation as Kind
from makegood.orders.models import Flight
from makegood.trafficking.models import Assignment, Rotation


@dataclasses.dataclass(frozen=True)
class Tally:
    """How often a creative was shown on a flight, and how often it did what its rotation aims at."""

    shown: int
    achieved: int


Learnt = Mapping[int, Mapping[int, Tally]]  # of each flight, by version
NOTHING: Learnt = {}
NEW = Tally(0, 0)


def of(flight: Flight) -> Rotation | None:
    """What was chosen for the flight."""
    return getattr(flight, "rotation", None)


def turns(flight: Flight, assigned: Sequence[Assignment], learnt: Learnt, seed: int) -> tuple[Kind, tuple[PlanRotation, ...]]:
    """The rotation's kind and the creatives with their weights, in order of assigning; the same `seed` gives the same weights."""
    chosen = of(flight)
    if chosen is None:
        weights = {one.weight for one in assigned}
        return ("even" if len(weights) <= 1 else "weighted"), _by_hand(assigned)
    if chosen.kind == Rotation.Kind.OPTIMISED:
        return "optimised", _optimised(assigned, learnt.get(flight.pk, {}), np.random.default_rng((seed, flight.pk)))
    kind: Kind = chosen.kind  # type: ignore[assignment]
    return kind, _by_hand(assigned)


def _by_hand(assigned: Sequence[Assignment]) -> tuple[PlanRotation, ...]:
    return tuple(PlanRotation(one.pk, float(one.weight)) for one in assigned)


def _optimised(assigned: Sequence[Assignment], tallies: Mapping[int, Tally], rng: np.random.Generator) -> tuple[PlanRotation, ...]:
    """Thompson's weights among creatives of one shape, since only those ever compete for a slot; even until something was shown."""
    rivals: dict[str, list[Assignment]] = defaultdict(list)
    for one in assigned:
        rivals[shapes.label(one.version.creative)].append(one)
    weights: dict[int, float] = {}
    for rows in rivals.values():
        found = [tallies.get(one.version_id, NEW) for one in rows]
        if any(one.shown for one in found):
            achieved, shown = (np.array(column, np.int64) for column in ([t.achieved for t in found], [t.shown for t in found]))
            made = rotation.optimised([one.pk for one in rows], achieved, shown, rng)
            weights |= {one.creative_id: one.weight for one in made}
        else:
            weights |= {one.pk: 1 / len(rows) for one in rows}
    return tuple(PlanRotation(one.pk, weights[one.pk]) for one in assigned)
