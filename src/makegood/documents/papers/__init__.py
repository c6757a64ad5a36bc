"""Papers a client agrees to: insertion orders, proposals and redlines. One tree of blocks, written as PDF and as Word.

Frozen data in, bytes out. Where clauses and orders come from, and who may sign, is none of this package's business.
"""

from makegood.documents.papers.agreed import (
    Clause,
    Flight,
    Happening,
    Month,
    OrderDocument,
    OrderLine,
    Signature,
    check,
)
from makegood.documents.papers.placeholders import PLACEHOLDERS, Misplaced, filled, named
from makegood.documents.papers.redline import Edit, LineEdit, Redline
from makegood.documents.papers.writing import pdf, redline_pdf, word

__all__ = [
    "PLACEHOLDERS", "Clause", "Edit", "Flight", "Happening", "LineEdit", "Misplaced", "Month", "OrderDocument", "OrderLine", "Redline", "Signature",
    "check", "filled", "named", "pdf", "redline_pdf", "word",
]  # fmt: skip
