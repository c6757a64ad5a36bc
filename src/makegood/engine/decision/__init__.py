"""The decision: which flight and creative answers a request, from the compiled plan in memory.

Deterministic for a passed random number; one request, one page, or many alike in bulk.
"""

from makegood.engine.decision.decider import Considered, Decider
from makegood.engine.decision.draws import Decision
from makegood.engine.decision.page import decide_page
from makegood.engine.decision.placement import fits
from makegood.engine.decision.volume import Served, serve

__all__ = ["Considered", "Decider", "Decision", "Served", "decide_page", "fits", "serve"]
