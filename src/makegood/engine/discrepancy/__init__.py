"""Two counts of the same delivery: how far apart they are, whether that matters, and which cause fits the days best."""

from makegood.engine.discrepancy.causes import CAUSES, Cause, Counts, Finding, explain
from makegood.engine.discrepancy.tiers import LEAST, Tier, share, tier

__all__ = ["CAUSES", "LEAST", "Cause", "Counts", "Finding", "Tier", "explain", "share", "tier"]
