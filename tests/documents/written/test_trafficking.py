"""The trafficking sheet: one row per creative in a flight, tags and URLs as text."""

import io
from datetime import UTC, date, datetime

from python_calamine import CalamineWorkbook

from makegood.documents.written import trafficking

from . import reading

ROW = trafficking.TraffickingRow(
    line_number=2,
    line="Run of site mobile",
    flight="Flight 1",
    starts_on=date(2026, 10, 5),
    ends_on=date(2026, 11, 1),
    creative="+Breakfast hero",
    version=3,
    format="HTML5",
    size="300x250",
    weight=50,
    goal=600_000,
    placement="Article",
    tag='<script src="https://ads.example/t.js?l=2"></script>',
    click_url="https://oatfield.example/?utm=a&b=c",
    sha256="5f" * 32,
)
SHEET = trafficking.TraffickingSheet(
    order_number="NL-20377",
    revision=2,
    advertiser="Oatfield Foods",
    campaign="Autumn Breakfast",
    as_of=datetime(2026, 10, 1, 9, 0, tzinfo=UTC),
    zone="America/New_York",
    rows=(ROW,),
)


def test_rows_read_back_as_they_were_given() -> None:
    data = trafficking.xlsx(SHEET)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert rows[-1] == [getattr(ROW, column.key) for column in trafficking.COLUMNS]
    assert reading.formulas(data) == []
