"""Orders that are pictures of pages: the same facts as from the text, all to be looked at. Slow, and only where the extra is installed."""
import io
import pathlib
import random
from collections.abc import Callable

import pypdfium2
import pytest
from PIL import Image

from makegood.documents import orders
from makegood.documents.orders.pdf import scan
from tests.documents.orders.family import layouts, test_family

DPI = 200


def layout_of(name: str) -> layouts.Layout:
    return next(one for one in layouts.layouts() if one.name == name)


def drawn(path: pathlib.Path, name: str, dpi: int = DPI) -> list[Image.Image]:
    """The pages of a layout as grey pictures."""
    with pypdfium2.PdfDocument(layouts.pdf(path, layout_of(name))) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]


def scanned(path: pathlib.Path, pages: list[Image.Image], dpi: int = DPI) -> pathlib.Path:
    """Pictures as a PDF without any text."""
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=dpi)
    return path


def leaning(degrees: float) -> Callable[[Image.Image], Image.Image]:
    return lambda page: page.rotate(degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def specked(page: Image.Image) -> Image.Image:
    """One dot in three hundred black or white, on a grey ground."""
    chance, found = random.Random(5), page.point(lambda grey: min(235, grey))
    for _ in range(page.width * page.height // 300):
        found.putpixel((chance.randrange(page.width), chance.randrange(page.height)), chance.choice((0, 255)))
    return found


def packed(page: Image.Image) -> Image.Image:
    """Saved as a coarse JPEG."""
    stream = io.BytesIO()
    page.save(stream, format="JPEG", quality=22)
    return Image.open(stream).convert("L")


WORSE = {"leaning left": leaning(2), "leaning right": leaning(-2), "specked": specked, "packed": packed}


def check(name: str, path: pathlib.Path) -> None:
    """Every fact of the layout is read, none passes unseen, and places lie on the page."""
    document = orders.read(path)
    assert test_family.wrong(layout_of(name), document.fields) == {}
    assert document.recognised == document.pages
    assert not any(orders.passes(field.confidence) for field in document.fields.values())
    place = document.fields["advertiser"].place
    assert place is not None and place.box is not None and 0 < place.box[0] < place.box[2] < (place.page_width or 0)


@pytest.mark.nightly
@pytest.mark.skipif(not scan.present(), reason="the extra makegood[ocr] is not installed")
@pytest.mark.parametrize("name", ["osi_confirmation", "marketron_radio_contract", "wideorbit_order_2013"])
def test_a_scanned_order(name: str, tmp_path: pathlib.Path) -> None:
    check(name, scanned(tmp_path / "scan.pdf", drawn(tmp_path / "order.pdf", name)))


@pytest.mark.nightly
@pytest.mark.skipif(not scan.present(), reason="the extra makegood[ocr] is not installed")
@pytest.mark.parametrize("way", list(WORSE))
def test_a_scan_that_leans_or_is_dirty(way: str, tmp_path: pathlib.Path) -> None:
    pages = [WORSE[way](page) for page in drawn(tmp_path / "order.pdf", "osi_confirmation", 150)]
    check("osi_confirmation", scanned(tmp_path / "scan.pdf", pages, 150))


def test_a_recognised_text_is_cut_into_words() -> None:
    words = scan.cut("Order / Rev", (10.0, 5.0, 120.0, 15.0), 3)
    assert [(word.text, round(word.x0), round(word.x1), word.run) for word in words] == [("Order", 10, 60, 3), ("/", 70, 80, 3), ("Rev", 90, 120, 3)]


def test_noughts_in_words_are_letters_and_in_numbers_are_not() -> None:
    assert [scan.lettered(text) for text in ("0rtega for G0vernor", "PO B0x 20", "HO20030011", "0127/ECR26800352", "R0B-20")] == [
        "Ortega for Governor", "PO Box 20", "HO20030011", "0127/ECR26800352", "R0B-20"]
