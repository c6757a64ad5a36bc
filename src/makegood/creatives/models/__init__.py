"""The records of creatives."""

from makegood.creatives.models.creatives import AssetBrief, Creative, Version
from makegood.creatives.models.deciding import Decision, Evidence, ExceptionRequest, Opinion, Pin
from makegood.creatives.models.uploads import Upload

__all__ = ["AssetBrief", "Creative", "Decision", "Evidence", "ExceptionRequest", "Opinion", "Pin", "Upload", "Version"]
