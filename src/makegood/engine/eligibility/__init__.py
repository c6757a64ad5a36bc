"""The eligibility graph: supply cells on one side, what wants them on the other. Shared by avails and allocation.

Targetings are compiled to words, words to lists of row groups, and only the edges between the two are ever stored.
"""

from makegood.engine.eligibility.graph import Eligibility, Scope, graph
from makegood.engine.eligibility.matching import Matches, match
from makegood.engine.eligibility.popular import popular_groups

__all__ = ["Eligibility", "Matches", "Scope", "graph", "match", "popular_groups"]
