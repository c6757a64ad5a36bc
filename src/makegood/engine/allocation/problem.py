"""The allocation problem as arrays: contracts, cells, and the edges between them in both orders.

Built once per solve; zero capacities and contracts without supply are left out of the edges.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from makegood.engine.eligibility import Eligibility, Scope

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


LEAST_DEMAND = 1e-6  # less than a millionth of an impression is nothing, and V/theta would overflow


class ContractInvalid(ValueError):
    """A contract's demand, penalty or weight is not a number that makes sense; the message names the contract."""


@dataclass(frozen=True, slots=True)
class Contract:
    """`demand` impressions still owed on `scope`; `penalty` per impression missed; `weight` V of representativeness.

    With V = 1 the cost of an unrepresentative impression is about one, so penalties from 2 to 100 order contracts.
    """

    id: int
    scope: Scope
    demand: float
    penalty: float = 10.0
    weight: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Edges sorted by contract: `cell`, `contract`, `first` edge of each contract; `by_cell` reorders them by cell.

    `s` cell capacities, `d` demands, `supply` eligible supply S, `theta` d/S, `v` weights, `p` penalties.
    """

    s: Floats
    d: Floats
    supply: Floats
    theta: Floats
    v: Floats
    p: Floats
    cell: Ints
    contract: Ints
    first: Ints
    by_cell: Ints
    first_of_cell: Ints
    live: Ints


def check(contracts: Sequence[Contract]) -> None:
    """Raise ContractInvalid for the first contract that cannot be allocated."""
    for contract in contracts:
        for name, value, least in (
            ("demand", contract.demand, 0.0),
            ("penalty", contract.penalty, 0.0),
            ("weight", contract.weight, math.ulp(0.0)),
        ):
            if not math.isfinite(value) or value < least:
                raise ContractInvalid(
                    f"contract {contract.id}: {name} {value} must be {'above' if least else 'at least'} zero"
                )


def problem(graph: Eligibility, contracts: Sequence[Contract]) -> Problem:
    """Arrays of the contracts that have both demand and supply (`live` holds their positions)."""
    cells = [own[graph.capacity[own] > 0] for own in graph.cells]
    live = np.array(
        [n for n, own in enumerate(cells) if len(own) and contracts[n].demand >= LEAST_DEMAND], dtype=np.int64
    )
    kept = [cells[n] for n in live]
    lengths = np.array([len(own) for own in kept], dtype=np.int64)
    used, cell = np.unique(np.concatenate(kept) if kept else np.zeros(0, np.int64), return_inverse=True)
    contract = np.repeat(np.arange(len(live)), lengths)
    s = graph.capacity[used]
    first = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64) if len(live) else np.zeros(0, np.int64)
    supply = np.add.reduceat(s[cell], first) if len(live) else np.zeros(0)
    d, v, p = (
        np.array([getattr(contracts[n], name) for n in live], dtype=np.float64)
        for name in ("demand", "weight", "penalty")
    )
    by_cell = np.argsort(cell, kind="stable")
    first_of_cell = np.searchsorted(cell[by_cell], np.arange(len(used)))
    return Problem(s, d, supply, d / supply, v, p, cell, contract, first, by_cell, first_of_cell, live)
