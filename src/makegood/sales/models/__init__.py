"""The records of sales."""

from makegood.sales.models.briefs import Brief
from makegood.sales.models.holds import Challenge, Hold, HoldPolicy
from makegood.sales.models.plans import Plan, PlanLine

__all__ = ["Brief", "Challenge", "Hold", "HoldPolicy", "Plan", "PlanLine"]
