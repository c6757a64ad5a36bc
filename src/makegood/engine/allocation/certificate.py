"""How far from the best a plan is, at most: the one reading of its two bounds.

The bounds themselves are found in `optimum` and added up in `plan`.
"""

from __future__ import annotations


def gap(primal: float, dual: float) -> float:
    """(primal − dual) / primal, at least 0: 0 is optimal, 1 says nothing. A plan that costs nothing is optimal."""
    return max(0.0, primal - dual) / primal if primal > 0 else 0.0
