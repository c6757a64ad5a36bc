"""The planner: a mix of products for a brief's money, why it is that one, and what else there is. See docs/engine/planner.md.

Pure arithmetic: candidates with rates, avails and worth in; mixes, figures and reasons out. HiGHS solves, by scipy.
"""

from makegood.engine.planner.alternatives import Alternative, alternatives, distance
from makegood.engine.planner.curves import contacts_for
from makegood.engine.planner.evaluate import Broken, Evaluation, Line, evaluate, missed
from makegood.engine.planner.form import from_json, to_json
from makegood.engine.planner.history import Past, estimate
from makegood.engine.planner.inventory import Stock
from makegood.engine.planner.people import together, universe
from makegood.engine.planner.reasons import LeftOut, Reason, adds, left_out, reasons
from makegood.engine.planner.records import (  # fmt: skip
    Audience,
    Candidate,
    Estimate,
    Infeasible,
    Pool,
    Problem,
    Share,
    with_candidates,
)
from makegood.engine.planner.relaxing import Relaxed, binding, ways_out
from makegood.engine.planner.solve import Solution, scaled, solve

__all__ = [
    "Alternative", "Audience", "Broken", "Candidate", "Estimate", "Evaluation", "Infeasible", "LeftOut", "Line", "Past", "Pool", "Problem",
    "Reason", "Relaxed", "Share", "Solution", "Stock", "adds", "alternatives", "binding", "contacts_for", "distance", "estimate", "evaluate",
    "from_json", "left_out", "missed", "reasons", "scaled", "solve", "to_json", "together", "universe", "ways_out", "with_candidates",
]  # fmt: skip
