"""LinkedIn's pass-through rate (Agarwal et al., Budget Pacing for Targeted Online Advertisements, KDD 2014)."""
import numpy as np

from bench.pacing_world import Floats, Seen, Step, World

RATE, START = 0.10, 0.10


def linkedin(of: World) -> Step:
    """Each minute the rate is lowered by 10 % when spend is above its curve and raised by 10 % when not."""
    chance = np.full(len(of.budget), START)

    def step(seen: Seen) -> Floats:
        due = of.target[:, seen.known - 1] * of.budget if seen.known else np.zeros_like(of.budget)
        chance[:] = np.where(seen.spent > due, chance * (1 - RATE), np.minimum(chance * (1 + RATE), 1))
        return chance

    return step
