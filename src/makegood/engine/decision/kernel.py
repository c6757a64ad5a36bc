"""Kernels of the decision: the chances of a request's eligible flights, tier by tier, and the draw among them.

SHALE's serving rule (Bharadwaj et al., KDD 2012): the dual is rebuilt from the eligible flights alone. Checks nothing.
"""

from __future__ import annotations

from makegood.engine.decision.terms import Floats, Ints, Terms
from makegood.engine.kernels import compiled, fast

PASSES, EXACT = 60, 1e-12
NOBODY = -1


@compiled
def decide_each(cells: Ints, us: Floats, first: Ints, terms: Terms, chance: Floats, won: Ints) -> None:
    """Request q is of cell `cells[q]`, whose eligible flights are rows `first[cell]` to `first[cell + 1]` of `terms`.

    `won[q]` becomes the row drawn by `us[q]`, NOBODY for none. `chance` has a place a row.
    """
    tier, level, fall, throttle = terms  # columns out of their tuple once: each look-up costs a reference count
    for q in range(len(us)):
        begin, end = first[cells[q]], first[cells[q] + 1]
        fill(begin, end, tier, level, fall, throttle, chance)
        won[q], bound = NOBODY, 0.0
        for n in range(begin, end):
            bound += chance[n]
            if us[q] < bound:
                won[q] = n
                break


@compiled
def fill(begin: int, end: int, tier: Ints, level: Floats, fall: Floats, throttle: Floats, chance: Floats) -> None:
    """`chance` of the eligible flights in rows `begin` to `end`, which are in the order of `terms.order`; their sum is at most 1.

    Each tier divides what the one above leaves. Rows are bounds, not slices: a slice costs reference counts.
    """
    left, one = 1.0, begin
    while one < end:
        own, past = tier[one], end
        while tier[past - 1] != own:
            past -= 1
        if own == 1:
            dual = dual_in_order(one, past, level, fall)
            for n in range(one, past):
                chance[n] = left * share(1, dual, level[n], fall[n], throttle[n])
        else:
            base = base_of(own, one, past, level, fall)
            for n in range(one, past):
                chance[n] = left * share(own, base, level[n], fall[n], throttle[n])
        if past < end:
            for n in range(one, past):
                left -= chance[n]
            left = left if left > EXACT else 0.0
        one = past


@compiled
def dual_in_order(begin: int, end: int, level: Floats, fall: Floats) -> float:
    """What `dual` finds, in one pass: lines come in the order in which they reach zero, the last to do so first.

    Each line still above zero at the dual of those before it raises the dual; the first that is not ends it.
    """
    taken, slope = -1.0, 0.0
    for n in range(begin, end):
        if level[n] * slope <= fall[n] * taken:
            break
        taken += level[n]
        slope += fall[n]
    return taken / slope if taken > 0 else 0.0


@compiled
def base_of(tier: int, begin: int, end: int, level: Floats, fall: Floats) -> float:
    """What a tier's levels are set against: the dual of guaranteed, else the sum of shares or weights."""
    if tier == 1:
        return dual(begin, end, level, fall)
    whole = 0.0
    for n in range(begin, end):
        whole += level[n]
    return max(1.0, whole) if tier == 0 else whole


@compiled
def dual(begin: int, end: int, level: Floats, fall: Floats) -> float:
    """Where the sum of the positive parts of the lines is 1, by Newton from the left; 0 when it never is more."""
    found = 0.0
    for _ in range(PASSES):
        taken, slope = _taken(begin, end, level, fall, found)
        if taken - 1.0 <= EXACT or slope == 0.0:
            break
        found += (taken - 1.0) / slope
    return found


@fast
def _taken(begin: int, end: int, level: Floats, fall: Floats, dual: float) -> tuple[float, float]:
    """Sum of x at this dual, and how fast it falls."""
    taken, slope = 0.0, 0.0
    for n in range(begin, end):
        x = level[n] - fall[n] * dual
        on = 1.0 if x > 0 else 0.0
        taken += on * x
        slope += on * fall[n]
    return taken, slope


@compiled
def share(tier: int, base: float, level: float, fall: float, throttle: float) -> float:
    """A flight's chance of what its tier is left with: guaranteed by the dual, shares of voice as sold, others by weight."""
    if tier == 1:
        return max(0.0, level - fall * base) * throttle
    if tier == 0:
        return level / base
    return level / base * throttle if base > 0 else 0.0
