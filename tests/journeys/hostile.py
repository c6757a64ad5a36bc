"""Files and values that must be refused at every entry, each with what the refusal has to say."""

import pathlib
import zipfile

from PIL import Image

from tests.documents.creatives import making
from tests.documents.orders import papers

ROWS = [
    ["Insertion order"], ["IO number", "IO-771"], ["Advertiser", "Oatfield Foods"], ["Campaign", "Spring"], ["Currency", "USD"], [],
    ["Placement", "Start", "End", "Impressions", "CPM", "Cost"], ["Run of site", "07/12/2026", "20/12/2026", 500000, 12, 6000],
    ["Total", "", "", "", "", 6000],
]  # fmt: skip


def order(path: pathlib.Path, **changed: object) -> pathlib.Path:
    """A sound order document; `changed` are cells like B5="XQZ"."""
    rows = [list(row) for row in ROWS]
    for cell, value in changed.items():
        rows[int(cell[1:]) - 1]["ABCDEFGH".index(cell[0])] = value
    return papers.workbook(path, rows)


def cut_workbook(folder: pathlib.Path) -> pathlib.Path:
    path = order(folder / "cut.xlsx")
    path.write_bytes(path.read_bytes()[:-700])
    return path


def scan(folder: pathlib.Path) -> pathlib.Path:
    path = folder / "scan.pdf"
    Image.new("L", (300, 400), 255).save(path)
    return path


def bomb(folder: pathlib.Path) -> pathlib.Path:
    path = folder / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (40 << 20))
    return path


def huge(folder: pathlib.Path) -> pathlib.Path:
    """A gigabyte that takes no room on the disk."""
    path = folder / "huge.pdf"
    with path.open("wb") as stream:
        stream.truncate(1 << 30)
    return path


def vast_with_dtd(folder: pathlib.Path) -> pathlib.Path:
    path = folder / "tag.xml"
    path.write_bytes(making.vast(head='<!DOCTYPE VAST SYSTEM "file:///etc/passwd">'))
    return path


def bundle_bomb(folder: pathlib.Path) -> pathlib.Path:
    return making.zipped(folder / "ad.zip", {"index.html": making.PAGE, "a.png": b"\0" * (300 << 20)})


def cut_picture(folder: pathlib.Path) -> pathlib.Path:
    path = folder / "cut.png"
    path.write_bytes(making.png()[:-60])
    return path


def document_as_creative(folder: pathlib.Path) -> pathlib.Path:
    path = folder / "art.png"
    path.write_bytes(b"%PDF-1.7\n")
    return path


DOCUMENTS = {cut_workbook: "cut off or damaged", scan: "no text", bomb: "zip bomb", huge: "more than 50 MB"}
CREATIVES = {
    vast_with_dtd: "declares a document type", bundle_bomb: "would exceed 50 MB", cut_picture: "cannot be read to its end",
    document_as_creative: "PDF document",
}  # fmt: skip
WRONG = {"B8": ("31/02/2026", "line:1:start"), "B5": ("XQZ", "field:currency")}  # cell: its value, the key of its place
