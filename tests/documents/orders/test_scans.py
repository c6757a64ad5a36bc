"""Orders that are pictures of pages: the same facts as from the text, all to be looked at. Slow, and only where the extra is installed."""
import pathlib

import pypdfium2
import pytest

from makegood.documents import orders
from makegood.documents.orders.pdf import scan
from tests.documents.orders.family import layouts, test_family

NAMES = ("osi_confirmation",)


def pictures(path: pathlib.Path) -> pathlib.Path:
    """The PDF as a PDF of pictures, without any text."""
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.render(scale=200 / 72).to_pil().convert("L") for page in document]
    found = path.with_name("scan.pdf")
    pages[0].save(found, save_all=True, append_images=pages[1:], resolution=200)
    return found


@pytest.mark.nightly
@pytest.mark.skipif(not scan.present(), reason="the extra makegood[ocr] is not installed")
@pytest.mark.parametrize("name", NAMES)
def test_a_scanned_order(name: str, tmp_path: pathlib.Path) -> None:
    layout = next(one for one in layouts.layouts() if one.name == name)
    document = orders.read(pictures(layouts.pdf(tmp_path / "order.pdf", layout)))
    assert test_family.wrong(layout, document.fields) == {}
    assert not any(orders.passes(field.confidence) for field in document.fields.values())
    place = document.fields["advertiser"].place
    assert place is not None and place.box is not None and 0 < place.box[0] < place.box[2] < (place.page_width or 0)


def test_a_recognised_text_is_cut_into_words() -> None:
    words = scan.cut("Order / Rev", (10.0, 5.0, 120.0, 15.0), 3)
    assert [(word.text, round(word.x0), round(word.x1), word.run) for word in words] == [("Order", 10, 60, 3), ("/", 70, 80, 3), ("Rev", 90, 120, 3)]
