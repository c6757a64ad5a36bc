"""The records of sales."""

from makegood.sales.models.briefs import Brief
from makegood.sales.models.holds import Hold
from makegood.sales.models.plans import Plan, PlanLine

__all__ = ["Brief", "Hold", "Plan", "PlanLine"]
