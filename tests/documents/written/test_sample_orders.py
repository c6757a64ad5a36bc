"""Sample orders carry their truth: lines, gross, commission and net as read back by independent readers."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from makegood.documents.charts import counting
from makegood.documents.written import sample_orders

from . import reading
from .sold import SOLD


def test_digital_workbook() -> None:
    data = sample_orders.xlsx(SOLD)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("IO").to_python(skip_empty_area=False)
    top = next(at for at, row in enumerate(rows) if row[0] == "Site / Placement")
    lines = [(row[0], row[2], row[5], Decimal(str(row[7]))) for row in rows[top + 1 : top + 4]]
    assert lines == [(line.placement, line.starts_on, line.units, line.amount) for line in SOLD.lines]
    sums = {row[0]: Decimal(f"{row[7]:.2f}") for row in rows[top + 4 : top + 7]}
    assert sums == {
        "Total gross": Decimal("63630.83"),
        "Less agency commission 15%": Decimal("-9544.62"),
        "Total net": Decimal("54086.21"),
    }
    assert reading.formulas(data) == []


def test_audio_pdf() -> None:
    words = reading.words(sample_orders.pdf(SOLD))
    for said in (
        "PM-2026-0441",
        "10/05/2026 - 11/29/2026",
        "$63,630.83",
        "-$9,544.62",
        "$54,086.21",
        "=Listen, weekend",
    ):
        assert said in words


def test_retail_csv() -> None:
    rows = list(csv.reader(io.StringIO(sample_orders.csv_bytes(SOLD).decode("utf-8-sig"))))
    top = next(at for at, row in enumerate(rows) if row and row[0] == "Product placement")
    assert [Decimal(row[7]) for row in rows[top + 1 : top + 7]] == [
        *(line.amount for line in SOLD.lines),
        SOLD.gross,
        -SOLD.commission,
        SOLD.net,
    ]
    assert ["Campaign", "Autumn *Breakfast*"] in rows


def test_an_order_that_does_not_multiply_is_refused() -> None:
    wrong = replace(SOLD, lines=(replace(SOLD.lines[0], units=1), *SOLD.lines[1:]))
    for write in (sample_orders.xlsx, sample_orders.pdf, sample_orders.csv_bytes):
        with pytest.raises(counting.FiguresDisagree, match="PM-2026-0441, line 1: units at rate give"):
            write(wrong)
