"""Documents that cannot be read: each is refused with reason, place and remedy before anything is taken from it."""
import pathlib
import zipfile

import pytest
from PIL import Image

from makegood.documents import orders
from makegood.documents.orders.pdf import scan
from tests.documents.orders import papers


def refusal(path: pathlib.Path) -> orders.UnreadableDocument:
    with pytest.raises(orders.UnreadableDocument) as caught:
        orders.read(path)
    assert caught.value.place.startswith(path.name) and caught.value.remedy
    return caught.value


def test_a_truncated_workbook(tmp_path: pathlib.Path) -> None:
    path = papers.workbook(tmp_path / "io.xlsx", [["Placement", "Start", "Cost"]])
    path.write_bytes(path.read_bytes()[:-700])
    assert refusal(path).reason == "the file is cut off or damaged"


def test_a_scan_without_text(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "scan.pdf"
    Image.new("L", (300, 400), 255).save(path)
    error = refusal(path)
    if scan.present():
        assert error.reason == "no text could be recognised on its pages"
    else:
        assert "pip install 'makegood[ocr]'" in error.remedy


def test_a_zip_bomb(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "io.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (40 * 1024 * 1024))
    assert "zip bomb" in refusal(path).reason


def test_too_large(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "io.pdf"
    with path.open("wb") as stream:
        stream.truncate(51 * 1024 * 1024)
    assert refusal(path).reason == "the file has 51 MB, more than 50 MB"


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00", b"\x00\x01\x02\x03", b""])
def test_other_types_by_content_not_by_name(tmp_path: pathlib.Path, content: bytes) -> None:
    path = tmp_path / "io.xlsx"
    path.write_bytes(content)
    refusal(path)


def test_a_zip_that_is_no_workbook(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "io.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert refusal(path).reason == "this archive is not a workbook"


def test_an_encrypted_workbook(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "io.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert refusal(path).reason == "the workbook is encrypted"


def test_a_damaged_pdf(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "io.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing more")
    assert refusal(path).reason == "the PDF is cut off or damaged"


def test_a_page_that_is_not_there(tmp_path: pathlib.Path) -> None:
    path = papers.pdf(tmp_path / "io.pdf", "Advertiser")
    with pytest.raises(orders.UnreadableDocument):
        orders.page_image(path, 2, width_px=200)
    assert orders.page_image(path, 1, width_px=200).startswith(b"\x89PNG")
