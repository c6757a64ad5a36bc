"""Delivery files as other ad servers and verification vendors send them: csv or a workbook into counts by placement and day.

Every value keeps its place; what is wrong is told with sheet, row and column. Nothing here knows whose placement is whose.
"""

from makegood.documents.counts.messages import CountFile, CountRow, Problem, Total
from makegood.documents.counts.reading import read

__all__ = ["CountFile", "CountRow", "Problem", "Total", "read"]
