"""The campaigns of the demo: what was sold to whom and what goes wrong with it. Data only."""

from makegood.workflows.demo.campaigns.earlier import earlier
from makegood.workflows.demo.campaigns.named import NAMED
from makegood.workflows.demo.campaigns.spec import Campaign, Part

__all__ = ["NAMED", "Campaign", "Part", "earlier"]
