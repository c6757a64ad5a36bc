"""The records of sales."""

from makegood.sales.models.briefs import Brief
from makegood.sales.models.holds import Challenge, Hold, HoldPolicy

__all__ = ["Brief", "Challenge", "Hold", "HoldPolicy"]
