"""The records of trafficking."""

from makegood.trafficking.models.assigning import Assignment, Rotation
from makegood.trafficking.models.publishing import Caller, LiveProof, Publication, QaRun

__all__ = ["Assignment", "Caller", "LiveProof", "Publication", "QaRun", "Rotation"]
