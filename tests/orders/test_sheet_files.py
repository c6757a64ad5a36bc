"""A sheet out as a workbook and in again: unchanged it changes nothing; others are read by their headings."""

import datetime
import io

import pytest
import xlsxwriter

from makegood.core.errors import Invalid
from makegood.core.models import Activity
from makegood.orders.sheet import checking, saved, workbooks
from tests.factories import catalog, orders
from tests.factories.accounts import NOW
from tests.orders.sheets import save, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(account_manager):
    """A draft of five lines of every kind."""
    catalog.run_of_site(), catalog.takeover()
    order = orders.order(by=account_manager)
    rows = [
        typed(rate="9.1234", flighting="60/40 by week"), typed(gross="1234.56", targeting="geo: US-CA; not device: mobile", cap="3/day"), typed(added="yes", notes="=1+1"),
        typed(product="Homepage takeover", start="2026-12-09", end="2026-12-09", quantity="1"), typed(flighting="2026-12-07..2026-12-10=40000; 2026-12-12..2026-12-20=60000"),
    ]  # fmt: skip
    save(order, rows, by=account_manager)
    return order


def put(tmp_path, rows, name="plan.xlsx"):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    book.close()
    path = tmp_path / name
    path.write_bytes(out.getvalue())
    return path


def test_an_export_sent_back_changes_nothing(order, account_manager, tmp_path):
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(workbooks.written(order, checking.check(order, saved.rows(order), at=NOW), at=NOW))
    rows, logged = workbooks.read(path, order), Activity.objects.count()
    assert [row.line_id for row in rows] == list(order.lines.order_by("number").values_list("pk", flat=True))
    reply = save(order, rows, by=account_manager)
    assert (reply["added"], reply["changed"], reply["removed"], Activity.objects.count()) == (0, 0, 0, logged)


def test_an_agencys_plan_is_read_by_its_headings_wherever_they_stand(order, tmp_path):
    path = put(tmp_path, [
        ["Media plan"], [], ["No", "Placement", "From", "To", "Impressions", "CPM", "Total cost", "Colour"],
        [1, "Run of site", datetime.date(2026, 12, 7), datetime.date(2026, 12, 20), 250000, 10.125, 2531.25, "red"], ["", "", "", "Total", 250000, "", 2531.25],
    ])  # fmt: skip
    (row,) = workbooks.read(path, order)
    assert [row.text(column) for column in ("product", "start", "end", "quantity", "rate", "gross")] == [
        "Run of site", "2026-12-07", "2026-12-20", "250000", "10.1250", "2531.25",
    ]  # fmt: skip
    (answer,) = checking.check(order, [row], at=NOW).answers
    assert (str(answer.read.amount), answer.read.problems) == ("2531.25", ())


def test_another_orders_line_is_a_new_row_here(order, account_manager, tmp_path):
    other = orders.order("Another", by=account_manager)
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(workbooks.written(order, checking.check(order, saved.rows(order), at=NOW), at=NOW))
    assert {row.line_id for row in workbooks.read(path, other)} == {None}


@pytest.mark.parametrize(("content", "says"), [(b"%PDF-1.7 nothing", "PDF"), (b"PK\x03\x04broken", "damaged"), (b"a,b\n1,2\n", "headings")])
def test_what_is_no_sheet_is_refused_with_a_remedy(order, tmp_path, content, says):
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(Invalid) as refused:
        workbooks.read(path, order)
    assert says in refused.value.message and refused.value.remedy
