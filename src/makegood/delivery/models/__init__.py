"""The records of delivery."""

from makegood.delivery.models.actions import MakeGood, Recommendation
from makegood.delivery.models.counting import CountingRules, CountingTotal, Recount
from makegood.delivery.models.discrepancy import Discrepancy
from makegood.delivery.models.events import Apart, SeenEvent, SegmentOffset
from makegood.delivery.models.facts import Fact, Filtered, ThirdPartyCount
from makegood.delivery.models.pacing import Pace
from makegood.delivery.models.people import Reach
from makegood.delivery.models.third_party import CountLoad, PlacementRule, VendorLayout

__all__ = [
    "Apart", "CountLoad", "CountingRules", "CountingTotal", "Discrepancy", "Fact", "Filtered", "MakeGood", "Pace", "PlacementRule", "Reach", "Recommendation", "Recount", "SeenEvent", "SegmentOffset",
    "ThirdPartyCount", "VendorLayout",
]  # fmt: skip
