"""A textbook proportional-integral controller on the logarithm of the rate (Åström and Hägglund)."""
import numpy as np

from bench.pacing_world import Floats, Seen, Step, World

PROPORTIONAL, INTEGRAL, START, WINDUP = 40.0, 0.5, 0.3, 20.0


def proportional_integral(of: World) -> Step:
    """Error is the part of the goal behind the curve; its sum is clamped."""
    summed = np.zeros(len(of.budget))

    def step(seen: Seen) -> Floats:
        due = of.target[:, seen.known - 1] if seen.known else np.zeros_like(of.budget)
        error = due - seen.spent / of.budget
        summed[:] = np.clip(summed + error, -WINDUP, WINDUP)
        return np.clip(START * np.exp(PROPORTIONAL * error + INTEGRAL * summed), 0.001, 1)

    return step
