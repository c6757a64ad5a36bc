"""Small planning problems for tests: drawn at random, with inventory in cells that candidates share."""

import itertools

import numpy as np
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from makegood.engine.planner import Audience, Candidate, Estimate, Problem, Share, evaluate


class Cells:
    """Free contacts by cell and the cells of each candidate."""

    def __init__(self, capacity: list[int], cells: dict[str, tuple[int, ...]]) -> None:
        self.capacity, self.cells = capacity, cells

    def free(self, keys) -> float:
        return float(sum(self.capacity[cell] for cell in {cell for key in keys for cell in self.cells[key]}))

    def fits(self, uses: dict[str, float]) -> bool:
        """Whether a maximum flow places all of it: another way to say it than by sets."""
        names = list(uses)
        sink = 1 + len(names) + len(self.capacity)
        edges = [(0, 1 + n, round(uses[key])) for n, key in enumerate(names)]
        edges += [(1 + n, 1 + len(names) + cell, 10**9) for n, key in enumerate(names) for cell in self.cells[key]]
        edges += [(1 + len(names) + cell, sink, size) for cell, size in enumerate(self.capacity)]
        starts, ends, sizes = zip(*edges, strict=True)
        graph = csr_array((np.array(sizes, dtype=np.int32), (starts, ends)), shape=(sink + 1, sink + 1))
        return maximum_flow(graph.tocsr(), 0, sink).flow_value >= sum(round(one) for one in uses.values()) - len(names)


@st.composite
def problems(draw, most: int = 6, levels: int = 3, spread: bool = True) -> tuple[Problem, Cells]:
    """A problem whose candidates come in a few levels, and its cells."""
    number = draw(st.integers(2, most))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    capacity = rng.integers(50, 2000, 4).tolist()
    cells = {f"c{n}": tuple(sorted(rng.choice(4, rng.integers(1, 4), replace=False).tolist())) for n in range(number)}
    stock = Cells(capacity, cells)
    worths = rng.uniform(0.2, 1.0, number)
    homes = [f"a{rng.integers(2)}" for _ in range(number)]
    products = [f"p{n // 2 if draw(st.booleans()) else n}" for n in range(number)]
    candidates = []
    for n in range(number):
        free = stock.free([f"c{n}"])
        step = max(1.0, free // levels)
        candidates.append(
            Candidate(
                f"c{n}", products[n], homes[n], float(rng.uniform(0.5, 3)), free, step=step, least=step * int(rng.integers(1, 3)),
                spread=float(free * rng.choice([0.0, 0.1, 0.3])) if spread else 0.0, worth=Estimate(float(worths[n]), float(worths[n] * 0.2)),
                kept=Estimate(float(rng.uniform(0.8, 1.0)), 0.05), traits={homes[n]: 1.0, "early": float(rng.choice([0.0, 0.5, 1.0]))},
            )
        )  # fmt: skip
    audiences = tuple(
        Audience(
            key, 6000.0, float(rng.uniform(1, 30)), again=float(rng.choice([0.0, 0.5, 1.0])), frequency=int(rng.choice([1, 1, 2])),
            best=max((worths[n] for n in range(number) if homes[n] == key), default=1.0),
        )
        for key in ("a0", "a1")
    )  # fmt: skip
    shares = [Share("early", "a fifth is early", "early", low=0.2, weight=0.5)]
    if draw(st.booleans()):
        shares.append(Share("a0", "at most four fifths on a0", "a0", high=0.8))
    wanted = (products[0],) if draw(st.booleans()) else ()
    budget = float(rng.uniform(500, 6000))
    return Problem(budget, tuple(candidates), audiences, (), tuple(shares), wanted, draw(st.integers(1, 4)), scale=500.0), stock


def every_mix(problem: Problem):
    """All mixes of whole steps that a single line's bounds allow, the empty one left out."""
    choices = []
    for one in problem.candidates:
        steps = int(one.limit // one.step)
        choices.append([0.0, *(n * one.step for n in range(1, steps + 1) if n * one.step >= one.least)])
    for units in itertools.product(*choices):
        mix = {one.key: value for one, value in zip(problem.candidates, units, strict=True) if value}
        if mix:
            yield mix


def best(problem: Problem, stock: Cells) -> float | None:
    """The highest score of any mix that keeps every constraint to the letter, by looking at all of them; None when there is none."""
    sets = [some for size in range(1, len(problem.candidates) + 1) for some in itertools.combinations(stock.cells, size)]
    room = {some: stock.free(some) for some in sets}
    found = None
    for mix in every_mix(problem):
        if _kept(problem, mix, room):
            score = evaluate(problem, mix).score
            found = score if found is None else max(found, score)
    return found


def _kept(problem: Problem, mix, room) -> bool:
    known = problem.by_key()
    spend = {key: known[key].rate * units for key, units in mix.items()}
    whole = sum(spend.values())
    products = [known[key].product for key in mix]
    return (
        len(mix) <= problem.lines and whole <= problem.budget and len(set(products)) == len(products) and set(problem.wanted) <= set(products)
        and all(sum(mix.get(key, 0.0) for key in some) <= free for some, free in room.items())
        and all(
            one.low * whole - 1e-9 <= sum(money * known[key].traits.get(one.trait, 0.0) for key, money in spend.items()) <= one.high * whole + 1e-9
            for one in problem.shares if one.weight is None
        )
    )  # fmt: skip
