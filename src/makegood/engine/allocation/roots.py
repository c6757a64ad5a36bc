"""The root both halves of a SHALE sweep need: Σ clip(o + r·z, 0, most) = target, rising and piecewise linear in z.

Compiled. Newton inside a bracket; where nothing is clipped from above the function is convex and every step is Newton's.
"""

from __future__ import annotations

from makegood.engine.allocation.arrays import Floats
from makegood.engine.kernels import compiled, fast

PASSES, PATIENT, CURIOUS = 70, 6, 20  # from CURIOUS passes on bisection, so that it ends whatever the numbers are
EXACT = 1e-13
OFFSET, RISE, MOST = 0, 1, 2  # rows of `lines`


@fast
def _filled(lines: Floats, count: int, z: float) -> tuple[float, float]:
    """Value and slope at z of the sum of the first `count` lines."""
    value, slope = 0.0, 0.0
    for k in range(count):
        x, rise, most = lines[0, k] + lines[1, k] * z, lines[1, k], lines[2, k]
        value += min(max(x, 0.0), most)
        slope += rise if (x > 0.0) & (x < most) else 0.0
    return value, slope


@compiled
def _next(z: float, missing: float, slope: float, low: float, high: float, done: int) -> float:
    """Newton's step, kept inside the bracket; halves it when Newton's steps keep leaving it."""
    aim = z + missing / slope if slope > 0.0 else (high if missing > 0.0 else low)
    if done >= CURIOUS or (done >= PATIENT and not low < aim < high):
        return 0.5 * (low + high)
    return min(max(aim, low), high)


@compiled
def root(lines: Floats, count: int, target: float, start: float, low: float, high: float) -> tuple[float, float]:
    """z in [low, high] at which the sum is `target`, or the nearer end when it is not reached inside; and the sum there."""
    z, least, most = min(max(start, low), high), low, high
    value = 0.0
    for done in range(PASSES):
        value, slope = _filled(lines, count, z)
        missing = target - value
        if abs(missing) <= EXACT * target or (missing > 0.0 and z >= most) or (missing < 0.0 and z <= least):
            return z, value
        if missing > 0.0:
            low = z
        else:
            high = z
        z = _next(z, missing, slope, low, high, done)
    return z, _filled(lines, count, z)[0]
