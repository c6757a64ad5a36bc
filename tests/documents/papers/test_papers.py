"""Papers as PDF and Word: what was agreed stands on them, long ones paginate, no name breaks them."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import docx
import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.documents import papers
from makegood.documents.charts import counting
from makegood.documents.papers import comparing
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


def many(lines: int) -> papers.OrderDocument:
    """An order of so many lines, each worth 80."""
    first = samples.ORDER.lines[0]
    made = tuple(replace(first, number=at, name=f"Line {at} of many", amount=Decimal(80)) for at in range(1, lines + 1))
    gross = Decimal(80 * lines)
    return replace(samples.ORDER, lines=made, gross=gross, commission=Decimal(0), commission_rate=Decimal(0), net=gross)


@pytest.mark.parametrize("lines", [60, pytest.param(500, marks=pytest.mark.nightly)])
def test_a_long_order_repeats_its_header_on_every_page_and_loses_no_line(lines):
    with pdfplumber.open(io.BytesIO(papers.pdf(many(lines)))) as book:
        pages = [page.extract_text() for page in book.pages]
    holding = [page for page in pages if "of many" in page]
    assert len(holding) > 3 and all("Gross, USD" in page for page in holding)
    assert [int(one) for page in pages for one in re.findall(r"Line (\d+) of many", page)] == list(range(1, lines + 1))
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


def test_months_stand_under_the_lines_and_must_sum_to_the_gross():
    months = tuple(
        papers.Month(name=name, starts_on=date(2026, month, 1), ends_on=date(2026, month, 28), amount=Decimal(amount))
        for name, month, amount in (("September 2026", 9, 10_000), ("October 2026", 10, 30_000))
    )
    assert "September 2026" in reading.words(papers.pdf(replace(samples.ORDER, months=months)))
    with pytest.raises(counting.FiguresDisagree, match="months sum to 10000"):
        papers.pdf(replace(samples.ORDER, months=months[:1]))


NAMES = {
    "huge": "Donaudampfschifffahrtsgesellschaft" * 30, "no break": "x" * 3000, "Arabic": "حملة الشتاء لعام 2026", "Hebrew": "קמפיין חורף", "Japanese": "日本電信電話株式会社",
    "emoji": "Party 😀 \u200d\u2764", "controls": "a\x0bb\x1fc\x00d", "markup": "#let x = 1 $x^2$ <w:t> &amp; ]]> {{ net }}", "lone surrogate": "a\ud800b",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_no_name_breaks_a_paper(name):
    line = replace(samples.ORDER.lines[0], name=name)
    doc = replace(samples.ORDER, campaign=name, lines=(line, *samples.ORDER.lines[1:]), clauses=(papers.Clause(title=name, text=name),))
    assert papers.pdf(doc)[:5] == b"%PDF-"
    assert "34,000.00" in word_text(papers.word(doc))


def test_what_no_font_draws_stands_as_its_code_point():
    assert "[U+65E5][U+672C]" in reading.squeezed(reading.words(papers.pdf(replace(samples.ORDER, campaign="日本"))))


def test_word_has_the_same_words_repeated_headers_and_the_same_bytes_each_time():
    doc = replace(samples.ORDER, clauses=(papers.Clause(title="Payment", text="In 30 days.\n\nOr sooner."),))
    made = papers.word(doc)
    text = word_text(made)
    for told in ("Insertion order", "NL-20377, revision 2", "Homepage billboard", "34,000.00", "1. Payment", "Or sooner.", "Iris Kaplan", "w:tblHeader", "NUMPAGES"):
        assert told in text
    assert papers.word(doc) == made
    opened = docx.Document(io.BytesIO(made))
    assert len(opened.tables) == 3 and [one.text for one in opened.paragraphs if one.style.name == "Heading 2"] == ["Terms", "Clauses", "Conditions", "Signatures"]
    assert [one.tag.rpartition("}")[2] for one in opened.settings.element][:3] == ["zoom", "proofState", "trackRevisions"]


def test_a_proposal_in_german_is_written_as_germans_write():
    doc = replace(samples.ORDER, kind="proposal", language="de", valid_until=date(2026, 10, 3), signatures=())
    words = reading.words(papers.pdf(doc))
    for told in ("Angebot", "34.000,00", "28. Sept. bis 25. Okt. 2026", "Annahme möglich bis", "3. Okt. 2026", "Seite 1 von 1"):
        assert told in words
    with pytest.raises(ValueError, match="not written in 'fr'"):
        papers.pdf(replace(doc, language="fr"))


@given(st.lists(st.sampled_from(["in", "thirty", "days", ".", "the", "invoice", "is", "due"]), max_size=30), st.lists(st.sampled_from(["in", "sixty", "days", ",", "invoice", "due"]), max_size=30))
def test_what_was_kept_and_cut_is_the_old_text_and_what_was_kept_and_is_new_the_new(old, new):
    before, after = " ".join(old), " ".join(new)
    runs = comparing.changed(before, after)
    for text, styles in ((before, ("", "cut")), (after, ("", "new"))):
        assert before == after or "".join(words for style, words in runs if style in styles).split() == text.split()


def word_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(parts.read(name).decode() for name in ("word/document.xml", "word/footer1.xml"))
