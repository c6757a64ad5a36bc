"""The invoice: figures as given, the same bytes twice, and no document that does not add up."""

from dataclasses import replace
from decimal import Decimal

import pytest

from makegood.documents.charts import counting
from makegood.documents.written import credit_note, invoice

from . import reading, samples


def test_every_figure_stands_on_the_page() -> None:
    text = reading.words(invoice.pdf(samples.INVOICE))
    for figure in ("92,388.46", "−13,858.27", "78,530.19", "28,769.58", "2,134,030", "Page 1 of 2", "PM-88121"):
        assert figure in text
    assert "2,184,560" in text and "−134,030" in text, "the appendix shows how line 2 was computed"


def test_same_document_same_bytes() -> None:
    assert invoice.pdf(samples.INVOICE) == invoice.pdf(replace(samples.INVOICE))
    other = replace(samples.INVOICE, po_number="PM-88122")
    assert invoice.pdf(samples.INVOICE) != invoice.pdf(other)


def test_markup_in_names_stays_text() -> None:
    party = replace(samples.AGENCY, name=samples.AWKWARD_SHORT)
    line = replace(samples.LINES[4], description=samples.AWKWARD_SHORT, detail="")
    doc = replace(samples.INVOICE, bill_to=party, lines=(*samples.LINES[:4], line), notes=(samples.AWKWARD,))
    found = reading.squeezed(reading.words(invoice.pdf(doc)))
    assert found.count(samples.AWKWARD_SHORT) == 2
    assert found.count(reading.squeezed(samples.AWKWARD)) == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"gross": Decimal("92388.45")}, "lines sum to 92388.46"),
        ({"net_due": Decimal("78530.20")}, "net due says 78530.20"),
        ({"lines": (*samples.LINES[:4], replace(samples.LINES[4], billable=3))}, "line 5: 3 at 3000"),
    ],
)
def test_no_document_that_does_not_add_up(change: dict[str, object], says: str) -> None:
    with pytest.raises(counting.FiguresDisagree, match=says):
        invoice.pdf(replace(samples.INVOICE, **change))


def test_counts_that_skip_units_are_refused() -> None:
    first = samples.LINES[0]
    steps = (*first.counts[:1], *first.counts[2:])
    doc = replace(samples.INVOICE, lines=(replace(first, counts=steps), *samples.LINES[1:]))
    with pytest.raises(counting.FiguresDisagree, match="2026-1187, line 1: 'Net' says 1,598,310"):
        invoice.pdf(doc)


def test_credit_note_names_the_invoice_it_corrects() -> None:
    text = reading.words(credit_note.pdf(samples.CREDIT))
    assert "Credit note" in text and "10,200.00" in text and "test list only" in text
    assert "Corrects invoice 2026-1187" in text
    assert "Casco Bay Trust" not in text, "nothing is payable on a credit note"
