"""OpenRTB 2.6 for callers on servers: a bid request read, what was decided judged against it, the bids written.

Deciding is the same as for every other request (`makegood.adserver.offers`); a bid is served only once its win is reported.
Source: IAB Tech Lab, OpenRTB 2.6-202606 and Native Ads 1.2.
"""

from makegood.adserver.openrtb.asked import Auction, Imp, read
from makegood.adserver.openrtb.response import Outcome, answer

__all__ = ["Auction", "Imp", "Outcome", "answer", "read"]
