"""Writing a signature into a PDF of ours: as an incremental update (ISO 32000-1, 7.5.6 and 12.8), so that every byte before stays."""

import datetime
import hashlib
import re

from makegood.documents.seals import cms
from makegood.documents.seals.identity import Identity

ROOM = 4096
"""Bytes kept for the signature; it takes about 1,200."""
TRAILER = re.compile(rb"trailer\s*<<(?P<body>.*?)>>\s*startxref\s+(?P<at>\d+)\s+%%EOF\s*\Z", re.DOTALL)


def seal(pdf: bytes, identity: Identity, *, name: str, reason: str, at: datetime.datetime) -> bytes:
    """`pdf` with a signature over all of it. Raises ValueError for a PDF that is not one of ours, or sealed already."""
    ends = TRAILER.search(pdf)
    if ends is None or b"/AcroForm" in pdf:
        raise ValueError("it is no unsealed paper of this system; seal what `documents.papers` wrote")
    trailer = ends["body"]
    size, root = _number(trailer, rb"/Size (\d+)"), _number(trailer, rb"/Root (\d+) 0 R")
    page = _number(_object(pdf, _number(_object(pdf, root), rb"/Pages (\d+) 0 R")), rb"/Kids\s*\[\s*(\d+) 0 R")
    signature, field = size, size + 1
    objects = {
        root: _with(_object(pdf, root), b"/AcroForm<</Fields[%d 0 R]/SigFlags 3>>" % field), page: _annotated(_object(pdf, page), field),
        signature: _signature(name, reason, at),
        field: b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Seal)/V %d 0 R/P %d 0 R/Rect[0 0 0 0]/F 132>>" % (signature, page),
    }  # fmt: skip
    draft = _updated(pdf, objects, trailer, int(ends["at"]), size + 2)
    start = draft.index(b"/Contents<", len(pdf)) + len(b"/Contents")
    end = start + 2 * ROOM + 2
    span = b"[0 %010d %010d %010d]" % (start, end, len(draft) - end)
    draft = draft.replace(b"[0 %010d %010d %010d]" % (0, 0, 0), span, 1)
    digest = hashlib.sha256(draft[:start] + draft[end:]).digest()
    signed = cms.written(cms.Parts(identity.certificate, identity.sign(cms.attributes(identity.certificate, digest))), digest)
    return draft[: start + 1] + signed.hex().encode().ljust(2 * ROOM, b"0") + draft[end - 1 :]


def _signature(name: str, reason: str, at: datetime.datetime) -> bytes:
    when = at.astimezone(datetime.UTC).strftime("D:%Y%m%d%H%M%SZ").encode()
    span = b"[0 %010d %010d %010d]" % (0, 0, 0)
    return b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange%s/Contents<%s>/M(%s)/Name%s/Reason%s>>" % (
        span, b"0" * (2 * ROOM), when, _text(name), _text(reason),
    )  # fmt: skip


def _updated(pdf: bytes, objects: dict[int, bytes], trailer: bytes, before: int, size: int) -> bytes:
    """The file with `objects` written anew after its end, and the table that says where."""
    out, places = bytearray(pdf if pdf.endswith(b"\n") else pdf + b"\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    rows = b"".join(b"%d 1\n%010d 00000 n\r\n" % (number, places[number]) for number in sorted(places))
    kept = re.sub(rb"/Size \d+", b"/Size %d" % size, trailer)
    return bytes(out) + b"xref\n%strailer\n<<%s/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (rows, kept, before, table)


def _object(pdf: bytes, number: int) -> bytes:
    """The dictionary of a numbered object."""
    found = re.search(rb"(?:^|[\r\n])%d 0 obj\s*(<<.*?>>)\s*endobj" % number, pdf, re.DOTALL)
    if found is None:
        raise ValueError(f"it has no object {number}")
    return found[1]


def _with(dictionary: bytes, entry: bytes) -> bytes:
    return dictionary[:-2] + entry + b">>"


def _annotated(page: bytes, field: int) -> bytes:
    """The page with the signature's field among its annotations."""
    if b"/Annots" not in page:
        return _with(page, b"/Annots[%d 0 R]" % field)
    return re.sub(rb"/Annots\s*\[", b"/Annots[%d 0 R " % field, page, count=1)


def _number(text: bytes, pattern: bytes) -> int:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f"it lacks {pattern.decode()}")
    return int(found[1])


def _text(words: str) -> bytes:
    """A text string: UTF-16 in hexadecimal, whatever it holds."""
    return b"<FEFF%s>" % words.encode("utf-16-be", "replace").hex().upper().encode()
