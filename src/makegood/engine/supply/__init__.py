"""Supply: a weighted sample of ad requests, and how it is drawn from a stream of them.

What there is to sell; what it will be on a day to come is the outlook.
"""

from makegood.engine.supply.reservoir import Reservoir, thinned
from makegood.engine.supply.sample import Column, Supply, SupplyInvalid, encode, from_requests

__all__ = ["Column", "Reservoir", "Supply", "SupplyInvalid", "encode", "from_requests", "thinned"]
