"""The wrap-up report: its figures are the counts, the invoice and each other."""

import io
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from makegood.core.errors import NotAllowed
from makegood.documents.written.report import totals
from makegood.insight import campaign
from makegood.insight.actions import reporting
from makegood.insight.models import Report
from tests import personas
from tests.factories import billing, orders
from tests.factories.accounts import NOW
from tests.factories.billing import END, START


def test_counts_report_and_invoice_agree(finance):
    order = billing.ran(filtered={"known_bot": 700}, bill_schedule="end", bill_cap="none")
    invoice = billing.issued(order, finance, START)
    found = totals.of(campaign.document(order, at=NOW))
    assert (found.promised, found.gross, found.delivered, found.filtered) == (300_000, 322_100, 320_000, (("known robots", 2_100),))
    assert (found.booked, found.value) == (Decimal("3000.00"), Decimal("3000.00"))  # never worth more than was contracted
    assert (found.billed_gross, found.billed_net) == (invoice.gross, invoice.net) == (Decimal("3200.00"), Decimal("2720.00"))
    assert invoice.lines.get().counted == found.delivered


def test_before_its_end_it_is_not_final(db):
    order = billing.ran()
    at = NOW.replace(year=2026, month=8, day=END.day)
    assert [campaign.document(order, at=when).final for when in (at, NOW)] == [False, True]


def test_three_files_are_stored_with_the_frozen_figures(finance):
    order = billing.ran((100_000, 50_000, 60_000))
    made = reporting.make(order, by=finance, at=NOW)
    assert made.data == {
        "headline": "Delivered 210,000 of 300,000 impressions, 70.0 % of the promise", "promised": 300_000, "delivered": 210_000,
        "booked": "3000.00", "value": "2100.00", "billed_net": "0", "final": True,
    }  # fmt: skip
    kinds = {one.name.rpartition(".")[2]: one.path.read_bytes() for one in made.files.all()}
    assert {name: content[:4] for name, content in kinds.items()} == {"pdf": b"%PDF", "xlsx": b"PK\x03\x04", "pptx": b"PK\x03\x04"}
    book = CalamineWorkbook.from_filelike(io.BytesIO(kinds["xlsx"]))
    assert any(cell == 210_000 for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row)


def test_clients_make_no_reports(db):
    order = billing.ran()
    client = personas.client_of(order.advertiser.party, "Lena Ortiz")
    with pytest.raises(NotAllowed):
        reporting.make(order, by=client, at=NOW)
    assert not Report.objects.exists()


def test_an_order_that_never_ran_still_gives_a_report(finance):
    order = orders.booked()
    assert reporting.make(order, by=finance, at=NOW).data["delivered"] == 0
