"""The records of delivery."""

from makegood.delivery.models.actions import MakeGood, Recommendation
from makegood.delivery.models.events import SeenEvent, SegmentOffset
from makegood.delivery.models.facts import Fact, Filtered, ThirdPartyCount
from makegood.delivery.models.pacing import Pace

__all__ = ["Fact", "Filtered", "MakeGood", "Pace", "Recommendation", "SeenEvent", "SegmentOffset", "ThirdPartyCount"]
