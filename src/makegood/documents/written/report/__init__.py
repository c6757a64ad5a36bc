"""The wrap-up report of a campaign: one ReportDocument to PDF, workbook and deck, with the same figures in each.

Totals are computed in `totals` and nowhere else.
"""

from makegood.documents.written.report.deck import pptx
from makegood.documents.written.report.document import (
    Bill,
    Cause,
    Day,
    MakeGood,
    Part,
    Proof,
    ReportDocument,
    ReportLine,
)
from makegood.documents.written.report.pages import pdf
from makegood.documents.written.report.totals import Totals
from makegood.documents.written.report.workbook import xlsx

__all__ = [
    "Bill", "Cause", "Day", "MakeGood", "Part", "Proof", "ReportDocument", "ReportLine", "Totals", "pdf", "pptx", "xlsx",
]  # fmt: skip
