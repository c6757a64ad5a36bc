"""The three sample documents through their whole lives: every file opens, and all of them say the same figures."""

import datetime
import json
import pathlib
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook

from makegood.workflows import order_life
from makegood.workflows.demo import loading, samples

NOW = datetime.datetime(2026, 11, 23, 15, tzinfo=datetime.UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.nightly]


@pytest.mark.parametrize(("kind", "ending"), [("digital", "xlsx"), ("audio", "pdf"), ("retail", "csv")])
def test_every_paper_opens_and_says_the_same(kind: str, ending: str, tmp_path: pathlib.Path) -> None:
    loading.load(seed=1, now=NOW, password="makegood-demo", size=loading.STANDING)
    document = samples.write(tmp_path / "samples", NOW.date())[kind]
    assert document.suffix == f".{ending}"
    out = tmp_path / "out"
    order_life.run(document, out=out, now=NOW, accept_defaults=True, requests=40)
    summary = json.loads((out / "summary.json").read_text())
    order, report = summary["order"]["number"], summary["report"]
    counted, billed = f"{summary['figures']['net_impressions']:,}", Decimal(0)
    for invoice in summary["invoices"]:
        words, net = pdf(out / f"invoice-{invoice['number']}.pdf"), Decimal(invoice["net"])
        assert invoice["number"] in words and f"{net:,.2f}" in words and f"{Decimal(invoice['gross']):,.2f}" in words
        billed += net
    assert Decimal(summary["figures"]["billed_net_amount"]) == Decimal(report["billed_net"]) == billed > 0
    assert f"{Decimal(summary['order']['gross']):,.2f}" in pdf(out / f"order-{order}.pdf")
    assert counted in pdf(out / f"report-{order}.pdf")
    assert counted in deck(out / f"report-{order}.pptx")
    assert float(report["delivered"]) in cells(out / f"report-{order}.xlsx")
    assert (out / document.name).read_bytes() == document.read_bytes()
    assert {path.name for path in out.iterdir()} == {*summary["files"].values(), "summary.json"}


def pdf(path: pathlib.Path) -> str:
    """The words on all pages."""
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


def deck(path: pathlib.Path) -> str:
    """The words on all slides."""
    shapes = [shape for slide in Presentation(str(path)).slides for shape in slide.shapes]
    return " ".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)


def cells(path: pathlib.Path) -> set[Any]:
    """The values of all sheets."""
    book = CalamineWorkbook.from_path(path)
    return {cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row}
