"""What kind of file a document is, by its content, and whether it may be opened at all.

Every refusal here happens before anything is unpacked into memory.
"""
import hashlib
import pathlib
import zipfile
import zlib

from makegood.documents.orders.messages import UnreadableDocument

LARGEST = 50 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
HIGHEST_RATIO = 150          # a workbook packs about 1:10 to 1:40
RATIO_MATTERS_ABOVE = 16 * 1024 * 1024
STEP = 1024 * 1024
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"
CSV = "text/csv"
JSON = "application/json"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KNOWN = "send it as PDF, XLSX, XLS, CSV or JSON of a standard"


def sha256(path: pathlib.Path) -> str:
    """Hash of the file's bytes as hex."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(STEP):
            digest.update(block)
    return digest.hexdigest()


def media_type(path: pathlib.Path) -> str:
    """The media type by content. Raises UnreadableDocument for too large, empty, encrypted, unknown or harmful files."""
    size = path.stat().st_size
    if size > LARGEST:
        raise UnreadableDocument(f"the file has {size // 2**20} MB, more than {LARGEST // 2**20} MB", path.name,
                                 "send the order without attachments")
    if size == 0:
        raise UnreadableDocument("the file is empty", path.name, "send it again")
    with path.open("rb") as stream:
        head = stream.read(4096)
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK"):
        return zipped(path)
    if head.startswith(OLE):
        return compound(path)
    if is_text(head):
        return JSON if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[") else CSV
    raise UnreadableDocument("this is no document type that can be read", path.name, KNOWN)


def zipped(path: pathlib.Path) -> str:
    """Whether a zip is a workbook. Sizes are checked as declared, then by unpacking in steps that are thrown away."""
    broken = UnreadableDocument("the file is cut off or damaged", path.name, "ask for it again, it did not arrive whole")
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            refuse_bomb(path, sum(member.file_size for member in members))
            names = {member.filename for member in members}
            if "xl/workbook.xml" not in names and "xl/workbook.bin" not in names:
                raise UnreadableDocument("this archive is not a workbook", path.name, KNOWN)
            if any(member.flag_bits & 1 for member in members):
                raise UnreadableDocument("the workbook is encrypted", path.name, "send it without a password")
            unpacked = 0
            for member in members:
                with archive.open(member) as stream:
                    while block := stream.read(STEP):
                        unpacked += len(block)
                        refuse_bomb(path, unpacked)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, zlib.error) as error:
        raise broken from error
    return XLSX


def refuse_bomb(path: pathlib.Path, unpacked: int) -> None:
    """Raises when the unpacked size is beyond any real order."""
    ratio = unpacked / max(1, path.stat().st_size)
    if unpacked > LARGEST_UNPACKED or (unpacked > RATIO_MATTERS_ABOVE and ratio > HIGHEST_RATIO):
        raise UnreadableDocument(f"the file unpacks to {unpacked // 2**20} MB ({ratio:.0f} times its size), as a zip bomb does",
                                 path.name, "send a plain workbook")


def compound(path: pathlib.Path) -> str:
    """An old XLS workbook, or an encrypted new one in the same container."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableDocument("the workbook is encrypted", path.name, "send it without a password")
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return XLS
    raise UnreadableDocument("this is no document type that can be read", path.name, KNOWN)


def is_text(head: bytes) -> bool:
    """Whether the bytes can be a text file in one of the usual encodings."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\x00" not in head and sum(byte < 9 or 13 < byte < 32 for byte in head) == 0 and b"<html" not in head.lower()
