"""The decision: which flight and creative answers a request, from the compiled plan in memory.

Deterministic for a passed random number; one request, one page, or many alike in bulk.
"""

from makegood.engine.decision.decider import UNSEEN, Considered, Decider
from makegood.engine.decision.each import Cells
from makegood.engine.decision.page import decide_page
from makegood.engine.decision.placement import fits
from makegood.engine.decision.tables import Decision
from makegood.engine.decision.volume import Served, serve

__all__ = ["Cells", "Considered", "Decider", "Decision", "Served", "UNSEEN", "decide_page", "fits", "serve"]
