"""A retail media order as the CSV a brand's buying tool exports: facts repeated in rows, then totals."""

import csv
import io

from makegood.documents.written import grid
from makegood.documents.written.sample_orders.order import SampleOrder

HEADINGS = (
    "Product placement", "Format", "Flight start", "Flight end", "Quantity", "Buying type", "Rate", "Budget",
)  # fmt: skip


def csv_bytes(order: SampleOrder) -> bytes:
    """The order as CSV, UTF-8 with byte order mark: a block of facts, an empty row, the lines, the totals."""
    order.check()
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    first, last = order.runs
    facts = [
        ("Order number", order.number), ("Version", str(order.revision)), ("Date", order.dated.isoformat()),
        ("Advertiser", order.advertiser), ("Agency", order.agency), ("Brand", order.product), ("Retailer", order.seller), ("Campaign", order.campaign),
        ("PO", order.po_number), ("Currency", order.currency), ("Start", first.isoformat()), ("End", last.isoformat()),
    ]  # fmt: skip
    sheet.writerows([label, grid.neutral(value)] for label, value in facts if value)
    sheet.writerow([])
    sheet.writerow(HEADINGS)
    for line in order.lines:
        sheet.writerow([
            grid.neutral(line.placement), grid.neutral(line.size), line.starts_on.isoformat(), line.ends_on.isoformat(),
            line.units, line.rate_unit, f"{line.rate:f}", f"{line.amount:f}",
        ])  # fmt: skip
    share = f"{order.commission_rate * 100:f}".rstrip("0").rstrip(".")
    blank = [""] * (len(HEADINGS) - 2)
    sheet.writerow(["Total gross", *blank, f"{order.gross:f}"])
    if order.commission_rate:
        sheet.writerow([f"Agency commission {share}%", *blank, f"{-order.commission:f}"])
        sheet.writerow(["Total net", *blank, f"{order.net:f}"])
    sheet.writerow([])
    sheet.writerows([grid.neutral(words)] for words in order.terms)
    return out.getvalue().encode("utf-8-sig")
