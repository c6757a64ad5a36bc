"""Any list as workbook and CSV: real numbers, ISO dates, and no text that becomes a formula."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from makegood.documents.written import grid
from makegood.documents.written.grid import Column, GridExport

from . import reading

AT = datetime(2026, 11, 18, 15, 42, 7, tzinfo=UTC)
GRID = GridExport(
    title="Orders: due [this] week/all",
    filters="Owner: my team",
    as_of=AT,
    zone="America/New_York",
    columns=(
        Column(name="Order", key="order"),
        Column(name="Units", key="units", kind="int"),
        Column(name="Gross", key="gross", kind="money", unit="USD"),
        Column(name="OSI", key="osi", kind="percent"),
        Column(name="Ends", key="ends", kind="date"),
        Column(name="Booked", key="booked", kind="datetime"),
    ),
    rows=(
        {
            "order": "=1+1",
            "units": 4_800_000,
            "gross": Decimal("-13858.27"),
            "osi": 0.93,
            "ends": date(2026, 11, 29),
            "booked": AT,
        },
        {"order": "Ærø – Ōtomo", "units": None, "gross": Decimal("0.0125"), "osi": None, "ends": None, "booked": None},
    ),
)


def _read_csv(export: GridExport) -> list[list[str]]:
    data = grid.csv_bytes(export)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_is_iso_and_neutral() -> None:
    assert _read_csv(GRID) == [
        ["Order", "Units", "Gross, USD", "OSI", "Ends", "Booked"],
        ["'=1+1", "4800000", "-13858.27", "0.93", "2026-11-29", "2026-11-18T10:42:07-05:00"],
        ["Ærø – Ōtomo", "", "0.0125", "", "", ""],
    ]


def test_workbook_has_real_numbers_in_the_zone_it_names() -> None:
    data = grid.xlsx(GRID)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["Orders  due  this  week all"]
    rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert rows[0][0] == GRID.title and rows[1][0] == "Owner: my team"
    assert rows[2][0] == "As of 18 Nov 2026, 10:42 EST. Times in America/New_York."
    assert rows[5] == ["=1+1", 4_800_000, -13858.27, 0.93, date(2026, 11, 29), datetime(2026, 11, 18, 10, 42, 7)]
    assert reading.formulas(data) == []
    assert grid.xlsx(GRID) == data


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "  =", "＝"])
def test_every_formula_start_is_neutral_in_csv(start: str) -> None:
    assert grid.neutral(f"{start}cmd") == f"'{start}cmd"


def test_ordinary_text_is_left_alone() -> None:
    assert grid.neutral("Oatfield = Foods, 300x250 @ home") == "Oatfield = Foods, 300x250 @ home"


@given(st.text(max_size=60))
def test_any_text_survives_csv_and_workbook(text: str) -> None:
    export = GridExport(title="T", columns=GRID.columns[:1], rows=({"order": text},), filters="", as_of=AT)
    (_, *rest), neutral = _read_csv(export), grid.neutral(text)
    assert rest[0] == ([neutral] if neutral else [""]) or "\x00" in text or not text
    assert reading.formulas(grid.xlsx(export)) == []
