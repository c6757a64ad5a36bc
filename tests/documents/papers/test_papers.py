"""The order confirmation: terms, flights and signatures as agreed."""

from dataclasses import replace

import pytest

from makegood.documents import papers
from makegood.documents.charts import counting
from tests.documents.written import reading, samples


def test_terms_lines_and_signatures_stand_on_the_page() -> None:
    text = reading.words(papers.pdf(samples.ORDER))
    for figure in ("NL-20377, revision 2", "34,000.00", "600,000", "Iris Kaplan", "15 Sep 2026, 14:02 UTC", "5f" * 16):
        assert figure in text


def test_flights_must_sum_to_the_line() -> None:
    first = samples.ORDER.lines[0]
    short = replace(first, flights=first.flights[:1])
    with pytest.raises(counting.FiguresDisagree, match="line 1: flights sum to 600,000"):
        papers.pdf(replace(samples.ORDER, lines=(short, *samples.ORDER.lines[1:])))


def test_markup_in_names_stays_text() -> None:
    doc = replace(samples.ORDER, campaign=samples.AWKWARD_SHORT, conditions=(samples.AWKWARD,))
    found = reading.squeezed(reading.words(papers.pdf(doc)))
    assert found.count(samples.AWKWARD_SHORT) == 1
    assert found.count(reading.squeezed(samples.AWKWARD)) == 1
