"""Insertion orders as agencies send them, made from passed data: a workbook, an audio PDF and a retail CSV.

They exist so that reading can be shown and tested on documents with a known truth.
"""

from makegood.documents.written.sample_orders.audio import pdf
from makegood.documents.written.sample_orders.digital import xlsx
from makegood.documents.written.sample_orders.order import SampleLine, SampleOrder
from makegood.documents.written.sample_orders.retail import csv_bytes

__all__ = ["SampleLine", "SampleOrder", "csv_bytes", "pdf", "xlsx"]
