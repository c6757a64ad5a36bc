"""The outlook: forecast requests per group and day, shared out over the rows of the supply sample, with their error.

Counts for any targeting and dates come from here; who competes for them is eligibility.
"""

from makegood.engine.outlook.count import Count, count
from makegood.engine.outlook.spread import Spread, from_bounds
from makegood.engine.outlook.totals import Outlook, OutlookInvalid, steady

__all__ = ["Count", "Outlook", "OutlookInvalid", "Spread", "count", "from_bounds", "steady"]
