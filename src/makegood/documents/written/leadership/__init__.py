"""The one-page leadership status: one LeadershipDocument to a printed page and to one slide."""

from makegood.documents.written.leadership.document import (
    LeadershipDocument,
    Month,
    RiskRow,
    Roadblock,
    Short,
    Stat,
    Win,
)
from makegood.documents.written.leadership.pages import pdf
from makegood.documents.written.leadership.slide import pptx

__all__ = ["LeadershipDocument", "Month", "RiskRow", "Roadblock", "Short", "Stat", "Win", "pdf", "pptx"]
