"""The records of creatives."""

from makegood.creatives.models.creatives import AssetBrief, Creative, Version
from makegood.creatives.models.deciding import Decision, Evidence, ExceptionRequest, Opinion, Pin

__all__ = ["AssetBrief", "Creative", "Decision", "Evidence", "ExceptionRequest", "Opinion", "Pin", "Version"]
