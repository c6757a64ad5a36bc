"""The text of a document of terms: a PDF's text layer, a Word document's paragraphs and tables, or plain text. A line a paragraph."""

import pathlib
import re
import zipfile

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table

from makegood.documents.orders import sniff
from makegood.documents.orders.messages import UnreadableDocument
from makegood.documents.orders.pdf import document

LARGEST = 20 * 1024 * 1024
LARGEST_XML = 60 * 1024 * 1024
FEWEST_WORDS = 20
KNOWN = "send it as PDF, DOCX or plain text"


def read(path: pathlib.Path) -> str:
    """The document's text. Raises UnreadableDocument, naming the remedy, for scans, damage, other kinds and what is no prose."""
    if path.stat().st_size > LARGEST:
        raise UnreadableDocument(f"the file has more than {LARGEST // 2**20} MB", path.name, "send the terms alone")
    with path.open("rb") as stream:
        head = stream.read(4096)
    if b"%PDF-" in head[:1024]:
        text = "\n".join(leaf.text for leaf in document.leaves(path))
    elif head.startswith(b"PK"):
        text = _word(path)
    elif head and sniff.is_text(head):
        text = _plain(path.read_bytes())
    else:
        raise UnreadableDocument("this is no document of terms that can be read", path.name, KNOWN)
    if len(re.findall(r"[^\W\d_]{2,}", text)) < FEWEST_WORDS:
        raise UnreadableDocument("there is hardly a word in it", path.name, KNOWN)
    return text


def _plain(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _word(path: pathlib.Path) -> str:
    """Paragraphs and table cells in their order. Sizes are checked before anything is unpacked."""
    broken = UnreadableDocument("the Word document is cut off or damaged", path.name, "ask for it again")
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if "word/document.xml" not in {one.filename for one in members}:
                raise UnreadableDocument("this archive is no Word document", path.name, KNOWN)
            if sum(one.file_size for one in members) > LARGEST_XML:
                raise UnreadableDocument("it unpacks to more than any terms have", path.name, "send the terms alone")
        return "\n".join(_blocks(docx.Document(str(path))))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, OSError) as error:
        raise broken from error


def _blocks(found: Document) -> list[str]:
    lines: list[str] = []
    for block in found.iter_inner_content():
        if isinstance(block, Table):
            lines += [" ".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in block.rows]
        else:
            lines += [block.text, ""]
    return lines
