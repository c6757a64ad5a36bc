"""A contended supply graph as sellers have it: cells of placement x geography x device x audience, contracts targeting some of them.

Popularity is Zipfian in every dimension; narrow contracts on popular cells ask for most of what they target.
"""
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Sizes = tuple[int, ...]

SIZES = (200, 50, 3, 20)  # placements, places, devices, audiences
POPULARITY = (0.8, 0.9, 1.2, 0.7)  # Zipf's exponents
SITES, REGIONS = 20, 5
REQUESTS = 1e9
PENALTIES = (4.0, 6.0, 8.0, 12.0, 20.0)
NARROW, HOT = 0.6, 0.65  # share of contracts that are narrow, and how much of their supply the hottest of them want
SOLD_HOT = 0.6  # of what is sold, the most that narrow contracts have
LEAST, WIDEST = 5, 20  # cells of the narrowest contract; widest over mean


def generate(
    seed: int, contracts: int, cells: int, edges: int, sold: float
) -> tuple[Floats, Floats, Floats, Ints, Ints]:
    """(capacity, demand, penalty, ptr, cells): contract j is eligible for cells[ptr[j]:ptr[j + 1]], ascending.

    `edges` bounds the widest contract at 20 times edges / contracts; demands sum to about `sold` of the capacity.
    """
    chance = np.random.default_rng(seed)
    capacity, features = _supply(chance, cells)
    own: list[Ints] = []
    while len(own) < contracts:
        eligible = np.flatnonzero(_targeting(chance, features))
        if LEAST <= len(eligible) <= WIDEST * edges / contracts:
            own.append(eligible)
    ptr = np.concatenate(([0], np.cumsum([len(one) for one in own]))).astype(np.int64)
    joined = np.concatenate(own)
    demand = _demand(chance, np.add.reduceat(capacity[joined], ptr[:-1]), sold)
    return capacity, demand, chance.choice(PENALTIES, contracts), ptr, joined


def _supply(chance: np.random.Generator, cells: int) -> tuple[Floats, list[Ints]]:
    """Requests of distinct cells, the popular ones likelier to be there, and each cell's value of every dimension."""
    shares = [_zipf(size, exponent) for size, exponent in zip(SIZES, POPULARITY, strict=True)]
    weight = np.einsum("a,b,c,d->abcd", *shares).ravel()
    drawn = np.log(np.maximum(chance.random(weight.size), 1e-300)) / np.sqrt(weight)
    kept = np.sort(np.argpartition(-drawn, cells)[:cells])
    requests = weight[kept] * chance.lognormal(0.0, 0.7, cells)
    return requests / requests.sum() * REQUESTS, list(np.unravel_index(kept, SIZES))


def _targeting(chance: np.random.Generator, features: list[Ints]) -> npt.NDArray[np.bool_]:
    """Which cells one contract is eligible for: a site or some placements, a region or some places, a device, audiences."""
    placement, geo, device, audience = features
    kept = np.ones(len(placement), dtype=np.bool_)
    where = chance.random()
    if where >= 0.5:
        kept &= _some(chance, placement, 0, 8)
    elif where >= 0.1:
        kept &= placement % SITES == chance.integers(SITES)
    where = chance.random()
    if where >= 0.7:
        kept &= _some(chance, geo, 1, 3)
    elif where >= 0.4:
        kept &= geo % REGIONS == chance.integers(REGIONS)
    if chance.random() < 0.4:
        kept &= _some(chance, device, 2, 1)
    if chance.random() < 0.5:
        kept &= _some(chance, audience, 3, 5)
    return kept


def _some(chance: np.random.Generator, values: Ints, dimension: int, most: int) -> npt.NDArray[np.bool_]:
    """Cells with one of 1 to `most` values of a dimension, popular ones likelier."""
    size = SIZES[dimension]
    chosen = chance.choice(size, chance.integers(1, most + 1), replace=False, p=_zipf(size, POPULARITY[dimension]))
    table = np.zeros(size, dtype=np.bool_)
    table[chosen] = True
    return table[values]


def _demand(chance: np.random.Generator, supply: Floats, sold: float) -> Floats:
    """Demands: narrow contracts want much of their supply, the others share out the rest of what is sold."""
    narrow = supply < np.quantile(supply, NARROW)
    wanted = chance.beta(1.2, 4.0, len(supply)) * supply
    hot = chance.beta(2.0, 2.2, len(supply)) * HOT * supply
    hot *= min(1.0, SOLD_HOT * sold * REQUESTS / hot[narrow].sum())
    wanted *= (sold * REQUESTS - hot[narrow].sum()) / wanted[~narrow].sum()
    return np.minimum(np.where(narrow, hot, wanted), 0.98 * supply)


def _zipf(size: int, exponent: float) -> Floats:
    share = 1.0 / np.arange(1, size + 1) ** exponent
    return np.asarray(share / share.sum(), dtype=np.float64)
