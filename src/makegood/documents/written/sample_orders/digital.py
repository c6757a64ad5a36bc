"""A digital insertion order as a media agency's workbook: letter block, merged cells, table, totals, commission."""

import io
from datetime import datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from makegood.documents.written import sheets
from makegood.documents.written.sample_orders.order import SampleOrder

HEADINGS = (
    "Site / Placement", "Ad size", "Start date", "End date", "Cost method", "Booked units", "Unit cost", "Total gross cost",
)  # fmt: skip
WIDTHS = (44, 16, 12, 12, 13, 15, 12, 18)


def xlsx(order: SampleOrder) -> bytes:
    """The order as XLSX, one sheet named "IO"."""
    order.check()
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"Insertion Order {order.number}", "created": datetime.combine(order.dated, time())})
    sheet = book.add_worksheet("IO")
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    looks = {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "bg_color": "#d9e2f3"}),
        "bold": book.add_format({"bold": True}),
        "day": book.add_format({"num_format": "dd-mmm-yyyy", "align": "left"}),
        "head": book.add_format({"bold": True, "bg_color": "#1f3864", "font_color": "#ffffff", "border": 1, "text_wrap": True}),
        "cell": book.add_format({"border": 1}),
        "cell_day": book.add_format({"num_format": "dd-mmm-yyyy", "border": 1}),
        "cell_units": book.add_format({"num_format": "#,##0", "border": 1}),
        "cell_money": book.add_format({"num_format": "#,##0.00##", "border": 1}),
        "sum_label": book.add_format({"bold": True, "align": "right", "border": 1}),
        "sum": book.add_format({"bold": True, "num_format": "#,##0.00", "border": 1}),
    }  # fmt: skip
    row = _table(sheet, order, looks, _letter(sheet, order, looks))
    _sums(sheet, order, looks, row)
    book.close()
    return out.getvalue()


def _letter(sheet: Worksheet, order: SampleOrder, looks: dict[str, Any]) -> int:
    """The block above the table; returns the row the table starts in."""
    sheet.merge_range(0, 0, 1, 7, sheets.clean(f"{order.agency} - INSERTION ORDER"), looks["title"])
    first, last = order.runs
    left: list[tuple[str, object]] = [
        ("Advertiser:", order.advertiser), ("Campaign:", order.campaign), ("Agency:", order.agency), ("Publisher:", order.seller),
        ("Campaign start:", first), ("Campaign end:", last),
    ]  # fmt: skip
    right: list[tuple[str, object]] = [
        ("IO number:", order.number), ("Revision:", order.revision), ("IO date:", order.dated),
        ("PO number:", order.po_number), ("Currency:", order.currency), ("Buyer:", order.buyer),
    ]  # fmt: skip
    for column, facts in ((0, left), (5, right)):
        for at, (label, value) in enumerate(facts, 3):
            sheet.write_string(at, column, label, looks["bold"])
            _fact(sheet, at, column + 1, value, looks)
    for at, words in enumerate(order.agency_address, 10):
        sheet.merge_range(at, 0, at, 3, sheets.clean(words), None)
    return 11 + len(order.agency_address)


def _fact(sheet: Worksheet, row: int, column: int, value: object, looks: dict[str, Any]) -> None:
    if isinstance(value, str):
        sheet.merge_range(row, column, row, column + 2 if column == 1 else column + 1, sheets.clean(value), None)
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    else:
        sheet.write_datetime(row, column, value, looks["day"])


def _table(sheet: Worksheet, order: SampleOrder, looks: dict[str, Any], top: int) -> int:
    for at, name in enumerate(HEADINGS):
        sheet.write_string(top, at, name, looks["head"])
    row = top
    for row, line in enumerate(order.lines, top + 1):
        sheet.write_string(row, 0, sheets.clean(line.placement), looks["cell"])
        sheet.write_string(row, 1, sheets.clean(line.size), looks["cell"])
        sheet.write_datetime(row, 2, line.starts_on, looks["cell_day"])
        sheet.write_datetime(row, 3, line.ends_on, looks["cell_day"])
        sheet.write_string(row, 4, sheets.clean(line.rate_unit), looks["cell"])
        sheet.write_number(row, 5, line.units, looks["cell_units"])
        sheet.write_number(row, 6, float(line.rate), looks["cell_money"])
        sheet.write_number(row, 7, float(line.amount), looks["cell_money"])
    return row + 1


def _sums(sheet: Worksheet, order: SampleOrder, looks: dict[str, Any], row: int) -> None:
    share = f"{order.commission_rate * 100:f}".rstrip("0").rstrip(".")
    sums = [("Total gross", order.gross)]
    if order.commission_rate:
        sums += [(f"Less agency commission {share}%", -order.commission), ("Total net", order.net)]
    for at, (label, value) in enumerate(sums, row):
        sheet.merge_range(at, 0, at, 6, label, looks["sum_label"])
        sheet.write_number(at, 7, float(value), looks["sum"])
    row += len(sums) + 1
    sheet.write_string(row, 0, "Terms and conditions", looks["bold"])
    for at, words in enumerate(order.terms, row + 1):
        sheet.merge_range(at, 0, at, 7, sheets.clean(words), None)
