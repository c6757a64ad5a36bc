"""Smart Pacing, one layer (Xu et al., Smart Pacing for Effective Online Ad Campaign Optimization, KDD 2015)."""
import numpy as np

from bench.pacing_world import Floats, Seen, Step, World

SLOT, START, LEAST = 15, 0.2, 0.002


def smart_pacing(of: World) -> Step:
    """At each slot of 15 minutes the rate is scaled by what the slot ahead should spend over what the last one spent."""
    chance, before = np.full(len(of.budget), START), np.zeros(len(of.budget))

    def step(seen: Seen) -> Floats:
        if seen.now % SLOT == 0 and seen.known >= SLOT:
            used = seen.spent - before
            before[:] = seen.spent
            wanted = (of.budget - seen.spent) * ahead(of, seen.now)
            moved = np.where(used > 0, chance * wanted / np.maximum(used, 1e-9), np.minimum(chance * 2, 1))
            chance[:] = np.clip(moved, LEAST, 1)
        return chance

    return step


def ahead(of: World, now: int) -> Floats:
    """The part of what is left that the slot ahead should spend."""
    end, done = of.target[:, min(now + SLOT, of.target.shape[1]) - 1], of.target[:, now - 1]
    return (end - done) / np.maximum(1 - done, 1e-9)
