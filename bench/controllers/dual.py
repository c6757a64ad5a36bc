"""Dual mirror descent in its throttling form (Balseiro, Lu, Mirrokni, The Best of Many Worlds, 2020)."""
import numpy as np

from bench.pacing_world import Floats, Seen, Step, World

RATE, START = 0.2, 2.0


def dual_mirror_descent(of: World) -> Step:
    """One dual per flight, chance 1 / (1 + dual); each minute it moves by the difference from the minute's due spend."""
    dual, before = np.full(len(of.budget), START), np.zeros(len(of.budget))
    minutes = of.target.shape[1]

    def step(seen: Seen) -> Floats:
        if seen.known:
            due = of.target[:, seen.known - 1] - (of.target[:, seen.known - 2] if seen.known > 1 else 0)
            used = (seen.spent - before) / of.budget
            before[:] = seen.spent
            dual[:] = np.maximum(dual - RATE * (due - used) * minutes, 0)
        return 1 / (1 + dual)

    return step
