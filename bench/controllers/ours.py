"""Makegood's controller in the race, called as the product calls it."""
import numpy as np

from bench.pacing_world import WIN, Floats, Seen, Step, World
from makegood.engine import pacing


def ours(of: World) -> Step:
    """The course is the world's target; nothing but spend and requests up to the lag is told."""
    course = pacing.course(of.budget, of.forecast, gain=WIN, ahead=of.ahead)
    memory = pacing.begin(course)

    def step(seen: Seen) -> Floats:
        nonlocal memory
        report = pacing.Report(seen.known, seen.spent, seen.requests[:, memory.known :])
        chance, memory = pacing.step(course, memory, report)
        return np.asarray(chance)

    return step
