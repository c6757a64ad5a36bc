"""The leadership status: one page, one slide, the same figures."""

import io
from dataclasses import replace

import pdfplumber
from pptx import Presentation

from makegood.documents.written import leadership

from . import reading, statuses


def test_one_page_and_one_slide_with_the_same_revenue() -> None:
    data = leadership.pdf(statuses.STATUS)
    with pdfplumber.open(io.BytesIO(data)) as book:
        assert len(book.pages) == 1
    words = reading.words(data)
    for said in ("$11.63M", "93.8 % of 12.40", "$7,900", "Ruth Delgado", "−$310,000", "−0.80"):
        assert said in words
    show = Presentation(io.BytesIO(leadership.pptx(statuses.STATUS)))
    assert len(show.slides) == 1
    (chart,) = [shape.chart for shape in show.slides[0].shapes if shape.has_chart]
    assert {series.name: series.values[-1] for series in chart.plots[0].series} == {
        "recognised": 5.18,
        "pacing": 3.62,
        "committed": 1.87,
        "pipeline": 0.96,
        "gap": 0.77,
    }


def test_a_full_status_still_fits_one_page() -> None:
    wordy = [replace(row, client=row.client * 5, cause=row.cause * 5) for row in statuses.STATUS.at_risk]
    rows, paper = (*wordy, *wordy), replace(statuses.STATUS.seller, paper="a4")
    blocks = [replace(one, title=one.title * 4, detail=one.detail * 4) for one in statuses.STATUS.roadblocks]
    crowded = replace(
        statuses.STATUS, at_risk=rows, seller=paper, roadblocks=(*blocks, *blocks), wins=statuses.STATUS.wins * 3
    )
    with pdfplumber.open(io.BytesIO(leadership.pdf(crowded))) as book:
        assert len(book.pages) == 1
        assert "and 4 more" in book.pages[0].extract_text()


def test_an_empty_status_says_so() -> None:
    empty = replace(statuses.STATUS, at_risk=(), roadblocks=(), wins=(), months=(), short=(), stats=())
    assert "No promise is at risk." in reading.words(leadership.pdf(empty))
    assert leadership.pptx(empty)
