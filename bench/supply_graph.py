"""Contended supply graphs from a seed: popular placements wanted by many contracts, most of the supply sold.

Cells are combinations of placement, geography, device and audience with Zipf shares; contracts target them as people do.
"""
from dataclasses import dataclass

import numpy as np

DEVICES, AUDIENCES, GEOS, REGIONS, SITES = 3, 20, 50, 5, 20
REQUESTS = 1e9
PENALTIES = (4.0, 6.0, 8.0, 12.0, 20.0)
LEAST_CELLS, GREEDY, GREEDY_PART = 5, 0.65, 0.8
FASHION = 0.5  # spread of log(demand / supply) over the values of a dimension
WIDER = 2.6  # targetings end below their bound by about this much


@dataclass(frozen=True, slots=True, eq=False)
class SupplyGraph:
    """Arguments of `allocation.problem`: capacities, cells of each contract, demands, penalties."""

    capacity: np.ndarray
    cells: list[np.ndarray]
    demand: np.ndarray
    penalty: np.ndarray

    @property
    def edges(self) -> int:
        """Pairs of a contract and a cell it may have."""
        return sum(map(len, self.cells))

    @property
    def sold(self) -> float:
        """The part of all requests that is owed."""
        return float(self.demand.sum() / self.capacity.sum())

    def missed(self, delivered: np.ndarray) -> float:
        """Penalties of what these deliveries leave undone."""
        return float(self.penalty @ np.maximum(self.demand - delivered, 0.0))


@dataclass(frozen=True, slots=True, eq=False)
class Dimension:
    """Each cell's value, how sought each value is, and the cells of each value."""

    values: np.ndarray
    sought: np.ndarray
    cells: list[np.ndarray]

    @classmethod
    def of(cls, values: np.ndarray, sought: np.ndarray) -> "Dimension":
        """Sorted once by value."""
        order = np.argsort(values, kind="stable")
        return cls(values, sought, np.split(order, np.searchsorted(values[order], np.arange(1, len(sought)))))

    def matched(self, wanted: np.ndarray, own: np.ndarray | None) -> np.ndarray:
        """Those of the cells `own`, None for all, that have a wanted value; ascending."""
        if own is None:
            return np.sort(np.concatenate([self.cells[value] for value in wanted]))
        return own[np.isin(self.values[own], wanted)]


def contended(seed: int, contracts: int, cells: int, edges: int, sold: float, *, dear: float = 1.0) -> SupplyGraph:
    """A graph of about these sizes; penalties of PENALTIES times `dear`, with weights of 1 the p/V of the problem."""
    rng = np.random.default_rng([seed, contracts, cells])
    capacity, labels = _cells(rng, cells)
    size = WIDER * edges / contracts
    lists = [_targeted(rng, labels, size * rng.lognormal(-0.5, 1.0)) for _ in range(contracts)]
    supply = np.array([capacity[own].sum() for own in lists])
    return SupplyGraph(capacity, lists, _owed(rng, supply, sold), rng.choice(PENALTIES, contracts) * dear)


def _zipf(count: int, power: float) -> np.ndarray:
    shares = 1 / np.arange(1, count + 1) ** power
    return shares / shares.sum()


def _cells(rng: np.random.Generator, count: int) -> tuple[np.ndarray, dict[str, Dimension]]:
    """Capacities of distinct combinations drawn by their share, and their dimensions."""
    shares = {"placement": _zipf(max(200, count // 500), 0.8), "geo": _zipf(GEOS, 0.9),
              "device": np.array([0.6, 0.3, 0.1]), "audience": _zipf(AUDIENCES, 0.7)}
    weight = np.ones(1)
    for own in shares.values():
        weight = np.multiply.outer(weight, own).ravel()
    key = np.log(np.maximum(rng.random(len(weight)), 1e-300)) / np.sqrt(weight)
    chosen = np.argpartition(-key, count)[:count]
    values = np.unravel_index(chosen, [len(own) for own in shares.values()])
    capacity = weight[chosen] * rng.lognormal(0, 0.7, count)
    labels = {name: Dimension.of(value, _sought(rng, own)) for (name, own), value in zip(shares.items(), values, strict=True)}
    return capacity / capacity.sum() * REQUESTS, labels


def _sought(rng: np.random.Generator, shares: np.ndarray) -> np.ndarray:
    """How often each value is targeted: as it is large, and some are in fashion beyond their supply."""
    found = shares * rng.lognormal(0, FASHION, len(shares))
    return found / found.sum()


def _targeted(rng: np.random.Generator, labels: dict[str, Dimension], bound: float) -> np.ndarray:
    """Cells of one contract: predicates in a random order until no more than `bound` match, or all are used."""
    while True:
        own, count = None, len(labels["geo"].values)
        for name in rng.permutation(list(labels)):
            if count > max(bound, 4 * LEAST_CELLS):
                own = labels[name].matched(_wanted(rng, name, labels[name].sought), own)
                count = len(own)
        if count >= LEAST_CELLS:
            return np.arange(count) if own is None else own


def _wanted(rng: np.random.Generator, name: str, sought: np.ndarray) -> np.ndarray:
    """The values one predicate takes: a site, a region, or a few values, sought ones more often."""
    groups = {"placement": SITES, "geo": REGIONS}.get(name)
    if groups and rng.random() < 0.4:
        return np.arange(rng.integers(groups), len(sought), groups)
    most = {"placement": 9, "geo": 4, "device": 2, "audience": 6}[name]
    return rng.choice(len(sought), rng.integers(1, most), replace=False, p=sought)


def _owed(rng: np.random.Generator, supply: np.ndarray, sold: float) -> np.ndarray:
    """Demands: the narrowest contracts want much of what they match, the others bring the whole to `sold`."""
    wanted, whole = supply * rng.beta(2, 2.2, len(supply)) * GREEDY, sold * REQUESTS
    narrowest = np.argsort(supply, kind="stable")
    greedy = np.zeros(len(supply), dtype=bool)
    greedy[narrowest] = np.cumsum(wanted[narrowest]) <= GREEDY_PART * whole
    broad = supply * rng.beta(1.2, 4, len(supply)) * ~greedy
    demand = np.where(greedy, wanted, broad * (whole - wanted[greedy].sum()) / max(broad.sum(), 1.0))
    return np.clip(demand, 1.0, 0.98 * supply)
