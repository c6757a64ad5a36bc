"""Billing: from terms and counts to bill lines, each with the sentence that explains it.

Source × schedule × cap × calendar as data; documents, ledgers and statuses live upstream.
"""

from makegood.engine.billing.bill import BillLine, alternates, bill, total_gross
from makegood.engine.billing.quantities import CountsInvalid, PeriodCount
from makegood.engine.billing.terms import Cap, LineTerms, Schedule, Source, Terms, TermsInvalid

__all__ = [
    "BillLine",
    "Cap",
    "CountsInvalid",
    "LineTerms",
    "PeriodCount",
    "Schedule",
    "Source",
    "Terms",
    "TermsInvalid",
    "alternates",
    "bill",
    "total_gross",
]
