"""The wrap-up report says the same in PDF, workbook and deck, to the cent and the impression."""

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook

from makegood.documents.charts import counting, figures
from makegood.documents.written import report
from makegood.documents.written.report import totals

from . import reading, reports, samples


def _book(doc: report.ReportDocument) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(report.xlsx(doc)))


def _rows(book: CalamineWorkbook, name: str) -> list[list[Any]]:
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _deck_words(data: bytes) -> str:
    words = []
    for slide in Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                words.append(shape.text_frame.text)
            if shape.has_table:
                words += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(words)


def test_three_outputs_one_set_of_figures() -> None:
    doc, sums = reports.REPORT, totals.of(reports.REPORT)
    page, deck, book = reading.words(report.pdf(doc)), _deck_words(report.pptx(doc)), _book(doc)
    for line in doc.lines:
        for figure in (figures.count(line.promised), figures.count(line.delivered), figures.amount(line.value, "USD")):
            assert figure in page and figure in deck
    for units in (sums.promised, sums.delivered, sums.gross, sums.clicks):
        assert figures.count(units) in page and figures.count(units) in deck
    for amount in (sums.value, sums.billed_gross, sums.billed_net):
        assert figures.amount(amount, "USD") in page and figures.amount(amount, "USD") in deck
    summary = {row[0]: row[1] for row in _rows(book, "Summary") if row[0]}
    assert summary["Delivered"] == sums.delivered == sum(day.delivered for day in doc.days)
    assert Decimal(str(summary["Value delivered"])) == sums.value
    assert Decimal(str(summary["Billed, net"])) == sums.billed_net == Decimal("42679.77")


def test_workbook_holds_numbers_days_and_its_sheets() -> None:
    book = _book(reports.REPORT)
    assert book.sheet_names == ["Summary", "Lines", "Days", "Creatives", "Placements", "Counting", "Notes"]
    days = [row for row in _rows(book, "Days") if not isinstance(row[0], str)]
    assert [(row[0], row[1]) for row in days] == [(day.on, day.delivered) for day in reports.DAYS]
    net = [row[-1] for row in _rows(book, "Counting") if row[1] in {"Run of site mobile", "Homepage billboard"}]
    assert sum(net) == totals.of(reports.REPORT).delivered
    assert ["Time zone", "America/New_York"] in _rows(book, "Notes")


def test_deck_has_editable_charts_with_the_delivered_units() -> None:
    show = Presentation(io.BytesIO(report.pptx(reports.REPORT)))
    charts = [shape.chart for slide in show.slides for shape in slide.shapes if shape.has_chart]
    assert 5 <= len(show.slides) <= 7 and len(charts) == 5
    assert list(charts[0].plots[0].series[0].values) == [day.delivered for day in reports.DAYS]
    assert not [shape for slide in show.slides for shape in slide.placeholders], "blank layouts only"
    assert show.slide_width * 9 == pytest.approx(show.slide_height * 16, rel=1e-3)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"days": reports.DAYS[:-1]}, "days sum to"),
        ({"creatives": reports.REPORT.creatives[:1]}, "creatives sum to"),
        ({"causes": reports.REPORT.causes[:1]}, "causes: 'Delivered' says"),
        ({"lines": (replace(reports.LINES[0], gross=1), *reports.LINES[1:])}, "line 1: gross − filtered"),
    ],
)
def test_no_report_that_contradicts_itself(change: dict[str, Any], says: str) -> None:
    for write in (report.pdf, report.xlsx, report.pptx):
        with pytest.raises(counting.FiguresDisagree, match=says):
            write(replace(reports.REPORT, **change))


def test_formulas_and_markup_stay_text_everywhere() -> None:
    evil = '=HYPERLINK("http://x")'
    lines = (replace(reports.LINES[0], name=evil, note="@SUM(A1)"), *reports.LINES[1:])
    doc = replace(reports.REPORT, lines=lines, campaign=samples.AWKWARD_SHORT)
    assert reading.squeezed(samples.AWKWARD_SHORT) in reading.squeezed(reading.words(report.pdf(doc)))
    assert samples.AWKWARD_SHORT in _deck_words(report.pptx(doc))
    assert _book(doc).get_sheet_by_name("Lines").to_python(skip_empty_area=False)[5][1] == evil
    assert reading.formulas(report.xlsx(doc)) == []


def test_sparse_report_needs_nothing_but_lines() -> None:
    doc = replace(
        reports.REPORT,
        days=(),
        creatives=(),
        placements=(),
        causes=(),
        make_goods=(),
        billing=(),
        notes=(),
        findings=(),
    )
    assert figures.count(totals.of(doc).delivered) in reading.words(report.pdf(doc))
    assert report.xlsx(doc) and len(Presentation(io.BytesIO(report.pptx(doc))).slides) == 3


def test_same_report_same_pdf() -> None:
    assert report.pdf(reports.REPORT) == report.pdf(replace(reports.REPORT))
