"""What is to be planned, as a caller says it: contracts with tier, cap and price of missing them.

What is wrong with one is said here in words; arrays live in `problem`.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

import numpy as np

from makegood.engine import reach
from makegood.engine.eligibility import Eligibility, Scope
from makegood.engine.plan import FrequencyCap, Priority

TIERS: tuple[Priority, ...] = ("sponsorship", "guaranteed", "non_guaranteed", "house")
LEAST_DEMAND = 1e-6  # less than a millionth of an impression is nothing, and V/theta would overflow


class ContractInvalid(ValueError):
    """A contract cannot be planned as it is; the message names the contract and what to put right."""


@dataclasses.dataclass(frozen=True, slots=True)
class Contract:
    """`demand` impressions still owed on `scope`; `penalty` per impression missed; `weight` V of representativeness.

    With V = 1 the cost of an unrepresentative impression is about one, so penalties from 20 to 200 make deliveries
    nearly those of the least penalty, penalties near 1 prefer evenness. A sponsorship takes `share` of every request
    it matches (None: all) and owes no number; `frequency_cap` cuts what it can have to what the cap lets through.
    """

    id: int
    scope: Scope
    demand: float
    penalty: float = 10.0
    weight: float = 1.0
    priority: Priority = "guaranteed"
    share: float | None = None
    frequency_cap: FrequencyCap | None = None
    requests_per_person_day: float = reach.REQUESTS_PER_PERSON_DAY

    @property
    def let_through(self) -> float:
        """The part of its requests its cap lets through, in (0, 1]."""
        return reach.let_through(self.frequency_cap, self.requests_per_person_day)


def fault(contract: Contract) -> str | None:
    """Why the contract's own figures cannot be planned, None when they can."""
    own = contract.priority != "sponsorship"
    for name, value, fine in (
        ("demand", contract.demand, contract.demand >= (LEAST_DEMAND if own else 0.0)),
        ("penalty", contract.penalty, contract.penalty >= 0),
        ("weight", contract.weight, contract.weight > 0),
        ("share", contract.share or 1.0, contract.share is None or 0 < contract.share <= 1),
    ):
        if not math.isfinite(value) or not fine:
            return f"{name} {value if name != 'share' else contract.share} must be {NEEDED[name]}"
    if contract.priority not in TIERS:
        return f"priority {contract.priority!r} must be one of {', '.join(TIERS)}"
    return None


NEEDED = {
    "demand": "a number above zero; leave out what owes nothing",
    "penalty": "a number, at least zero",
    "weight": "a number above zero",
    "share": "above zero and at most one",
}


def sound(graph: Eligibility, contracts: Sequence[Contract]) -> tuple[Eligibility, list[Contract], dict[int, str]]:
    """The contracts that can be planned with their part of the graph, and the others' faults by contract id.

    For callers that must not stop because of one bad line: plan the first two, report the third.
    """
    faults = {n: found for n, one in enumerate(contracts) if (found := _fault(graph, n, one)) is not None}
    kept = [n for n in range(len(contracts)) if n not in faults]
    cells = tuple(graph.cells[n] for n in kept)
    named = {contracts[n].id: found for n, found in faults.items()}
    return dataclasses.replace(graph, cells=cells), [contracts[n] for n in kept], named


def check(graph: Eligibility, contracts: Sequence[Contract]) -> None:
    """Raise ContractInvalid for the first contract that cannot be planned."""
    for n, contract in enumerate(contracts):
        if (found := _fault(graph, n, contract)) is not None:
            raise ContractInvalid(f"contract {contract.id}: {found}")


def _fault(graph: Eligibility, n: int, contract: Contract) -> str | None:
    if (found := fault(contract)) is not None:
        return found
    if not np.any(graph.capacity[graph.cells[n]] > 0):
        return "nobody matches: there are no requests for its targeting on its days; widen one of them"
    return None
