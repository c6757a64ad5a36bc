"""A scan with another machine's text under it: known as such, and read again from its picture where the first reading leaves a doubt."""
import ctypes
import dataclasses
import pathlib

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from makegood.documents import orders
from makegood.documents.orders import assemble, second
from makegood.documents.orders.leaf import Leaf
from makegood.documents.orders.pdf import document, layers, scan
from tests.documents.orders import test_scans
from tests.documents.orders.family import layouts, test_family

NAME = "wideorbit_invoice"


def layout() -> layouts.Layout:
    return next(one for one in layouts.layouts() if one.name == NAME)


def changed(leaves: tuple[Leaf, ...], *changes: tuple[str, str]) -> tuple[Leaf, ...]:
    """The pages with some texts written otherwise, as a bad recogniser has them."""
    def said(text: str) -> str:
        for old, new in changes:
            text = text.replace(old, new)
        return text

    return tuple(dataclasses.replace(leaf, rows=tuple(tuple(dataclasses.replace(chunk, text=said(chunk.text)) for chunk in row) for row in leaf.rows)) for leaf in leaves)


def twice(*changes: tuple[str, str]) -> tuple[assemble.Content, assemble.Content]:
    """(the first reading of a damaged text layer, the same put beside a reading of the picture)."""
    whole = test_family.leaves(layout())
    first = assemble.content(changed(whole, *changes))
    return first, second.agreed(first, assemble.content(tuple(dataclasses.replace(leaf, recognised=True) for leaf in whole)))


def test_what_only_the_picture_says_is_taken_and_wants_a_look() -> None:
    first, both = twice(("Advertiser", "|"), ("POL/Prairie Action PAC", "|"))
    assert second.doubted(first) and "advertiser" not in first.fields and "missing" in {problem.code for problem in first.problems}
    assert both.fields["advertiser"].value == "POL/Prairie Action PAC" and not orders.passes(both.fields["advertiser"].confidence)
    assert "missing" not in {problem.code for problem in both.problems}
    assert both.lines == first.lines


def test_two_readings_that_differ_are_both_named() -> None:
    first, both = twice(("2334221-3", "2334227 |"))
    if second.passes(first.fields["contract_number"]):
        pytest.fail("a number beside a rival must not pass")
    assert both.fields["contract_number"].value in {"2334221-3", "2334227", "2334221"}
    assert [problem.field for problem in both.problems if problem.code == "two_readings"] == ["contract_number"]
    assert not second.passes(both.fields["contract_number"])


def test_what_passes_is_left_alone() -> None:
    first, both = twice()
    assert {name: field.value for name, field in both.fields.items()} == {name: field.value for name, field in first.fields.items()}
    assert [field for name, field in both.fields.items() if second.passes(first.fields[name])] == [field for field in first.fields.values() if second.passes(field)]


def test_lines_that_only_the_picture_sums_are_taken_from_it() -> None:
    _, both = twice(("$725.00", "$72S."))
    other = assemble.content(test_family.leaves(layout()))
    assert not second.summed(both, both) and second.summed(other, both)
    taken = second.with_lines(both, other)
    assert taken.lines == other.lines
    assert "total" not in {problem.code for problem in taken.problems}
    assert second.with_lines(other, both) is other


def layered(path: pathlib.Path, words: str, mode: int) -> pathlib.Path:
    """A scan of the layout with words under its picture, drawn in the given way."""
    made = pypdfium2.PdfDocument.new()
    picture = test_scans.drawn(path.with_name("drawn.pdf"), NAME, 150)[0]
    width, height = picture.width * 72 / 150, picture.height * 72 / 150
    page = made.new_page(width, height)
    image = pypdfium2.PdfImage.new(made)
    image.set_bitmap(pypdfium2.PdfBitmap.from_pil(picture.convert("RGB")))
    image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    page.insert_obj(image)
    for at, line in enumerate(words.splitlines()):
        text = pdfium.FPDFPageObj_NewTextObj(made.raw, b"Helvetica", 7.0)
        letters = (line + "\0").encode("utf-16-le")
        pdfium.FPDFText_SetText(text, ctypes.cast(ctypes.create_string_buffer(letters), ctypes.POINTER(ctypes.c_ushort)))
        pdfium.FPDFTextObj_SetTextRenderMode(text, mode)
        pdfium.FPDFPageObj_Transform(text, 1, 0, 0, 1, 40, height - 40 - 12 * at)
        pdfium.FPDFPage_InsertObject(page.raw, text)
    page.gen_content()
    made.save(path)
    return path


def test_a_text_layer_of_a_scan_is_known_by_being_hidden(tmp_path: pathlib.Path) -> None:
    for name, mode, is_scan in (("hidden.pdf", layers.HIDDEN, True), ("shown.pdf", 0, False)):
        with document.opened(layered(tmp_path / name, "INVOICE\nInvoice # 2334221", mode)) as opened:
            assert layers.is_recognised(opened[0]) is is_scan
    with document.opened(layouts.pdf(tmp_path / "drawn.pdf", layout())) as opened:
        assert not layers.is_recognised(opened[0])


@pytest.mark.nightly
@pytest.mark.skipif(not scan.present(), reason="the extra makegood[ocr] is not installed")
def test_a_scan_with_a_useless_text_layer_is_read_from_its_picture(tmp_path: pathlib.Path) -> None:
    path = layered(tmp_path / "scan.pdf", "INV0ICE\nlnvo1ce # 233422\nAdvert~ser | |\nGr0ss ~ $1,45O", layers.HIDDEN)
    assert test_family.wrong(layout(), orders.read(path, twice=False).fields) != {}
    assert test_family.wrong(layout(), orders.read(path).fields) == {}
