"""What a file is, told from its first bytes and never from its name.
Names what it recognises but does not take, with what to send instead.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from makegood.documents.creatives.refusals import UnreadableCreative

HEAD_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Kind:
    """``format`` is the kind of creative, ``encoding`` the reader to use, ``content_type`` the media type."""

    format: str
    encoding: str
    content_type: str
    extensions: tuple[str, ...]


PNG = Kind("image", "PNG", "image/png", ("png", "apng"))
JPEG = Kind("image", "JPEG", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif"))
GIF = Kind("image", "GIF", "image/gif", ("gif",))
WEBP = Kind("image", "WEBP", "image/webp", ("webp",))
ZIP = Kind("html5", "zip", "application/zip", ("zip", "adz"))
WAV = Kind("audio", "wav", "audio/wav", ("wav", "wave"))
MP3 = Kind("audio", "mp3", "audio/mpeg", ("mp3",))
OGG = Kind("audio", "ogg", "audio/ogg", ("ogg", "oga", "opus"))
FLAC = Kind("audio", "flac", "audio/flac", ("flac",))
AAC = Kind("audio", "aac", "audio/aac", ("aac",))
MP4 = Kind("video", "mp4", "video/mp4", ("mp4", "m4v", "m4a", "mov"))
MOV = Kind("video", "mov", "video/quicktime", ("mov", "mp4"))
WEBM = Kind("video", "matroska", "video/webm", ("webm", "mkv"))
AVI = Kind("video", "avi", "video/x-msvideo", ("avi",))
MXF = Kind("video", "mxf", "application/mxf", ("mxf",))
VAST = Kind("vast", "xml", "application/xml", ("xml", "vast"))
JSON = Kind("native", "json", "application/json", ("json",))
TEXT = Kind("native", "text", "text/plain", ("txt", "text"))

SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"GIF87a", GIF), (b"GIF89a", GIF),
    (b"PK\x03\x04", ZIP), (b"PK\x05\x06", ZIP), (b"ID3", MP3), (b"OggS", OGG), (b"fLaC", FLAC),
    (b"\x1a\x45\xdf\xa3", WEBM), (b"\x06\x0e\x2b\x34\x02\x05\x01\x01", MXF),
)  # fmt: skip

UNTAKEN: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF document", "Export the artwork as PNG, JPEG or an HTML5 zip."),
    (b"8BPS", "a Photoshop file", "Export it as PNG or JPEG."),
    (b"%!PS", "a PostScript file", "Export it as PNG or JPEG."),
    (b"BM", "a Windows bitmap", "Save it as PNG or JPEG."),
    (b"II*\x00", "a TIFF picture", "Save it as PNG or JPEG."),
    (b"MM\x00*", "a TIFF picture", "Save it as PNG or JPEG."),
    (b"Rar!", "a RAR archive", "Pack the bundle as an ordinary ZIP."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Pack the bundle as an ordinary ZIP."),
    (b"\x1f\x8b", "a gzip file", "Pack the bundle as an ordinary ZIP."),
    (b"\x7fELF", "a program", "Send the advertisement itself, not a program."),
    (b"MZ", "a program", "Send the advertisement itself, not a program."),
    (b"FWS", "a Flash file", "Flash no longer plays anywhere: rebuild it as HTML5."),
    (b"CWS", "a Flash file", "Flash no longer plays anywhere: rebuild it as HTML5."),
    (b"FLV", "a Flash video", "Export it as MP4 (H.264, AAC)."),
    (b"\x30\x26\xb2\x75", "a Windows Media file", "Export sound as MP3 or WAV, video as MP4."),
)
BY_BYTES = (PNG, JPEG, GIF, WEBP, ZIP, WAV, MP3, OGG, FLAC, AAC, MP4, MOV, WEBM, AVI, MXF)
RIFF = {b"WAVE": WAV, b"WEBP": WEBP, b"AVI ": AVI}
STILL_BRANDS = (b"avif", b"avis", b"heic", b"heix", b"mif1")


def recognise(head: bytes, *, where: str) -> Kind:
    """The kind of file that begins with ``head``. Raises UnreadableCreative, named, for anything not taken."""
    if not head:
        raise UnreadableCreative("The file is empty.", where, "Upload it again.", rule="file.empty")
    if head[:4] == b"RIFF" and head[8:12] in RIFF:
        return RIFF[head[8:12]]
    if head[4:8] in (b"ftyp", b"moov", b"wide", b"mdat"):
        return _iso(head, where)
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            return kind
    if head[0] == 0xFF and not head.startswith(codecs.BOM_UTF16_LE) and len(head) > 1 and head[1] & 0xE0 == 0xE0:
        return AAC if head[1] & 0x06 == 0 else MP3
    for signature, what, remedy in UNTAKEN:
        if head.startswith(signature):
            raise _untaken(what, where, remedy)
    return _text(head, where)


def _iso(head: bytes, where: str) -> Kind:
    if head[8:12] in STILL_BRANDS:
        raise _untaken("an AVIF or HEIC picture", where, "Save it as PNG or JPEG.")
    return MOV if head[4:8] != b"ftyp" or head[8:12] == b"qt  " else MP4


def _text(head: bytes, where: str) -> Kind:
    wide = head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    text = head.decode("utf-16" if wide else "utf-8-sig", "ignore").lstrip()
    lowered = text.lower()
    if lowered.startswith("<"):
        return _markup(lowered, where)
    if (b"\x00" in head and not wide) or _control_share(text) > 0.02 or not text:
        raise UnreadableCreative(
            "The file is of no kind we know.", where,
            "Send an image (PNG, JPEG, GIF, WebP), an HTML5 zip, audio, video, a VAST tag or text.",
            rule="file.unknown_type",
        )  # fmt: skip
    ending = where.rpartition(".")[2].lower()
    if any(ending in kind.extensions for kind in BY_BYTES):  # text has no mark of its own, so its name is asked
        raise UnreadableCreative(
            f"The file is named .{ending} but holds only text.", where,
            "Export it again, or send text as .txt.", rule="file.unknown_type",
        )  # fmt: skip
    return JSON if text[0] in "{[" else TEXT


def _markup(lowered: str, where: str) -> Kind:
    if "<svg" in lowered:
        raise UnreadableCreative(
            "An SVG picture can carry script.", where, "Export it as PNG at the booked size.", rule="file.svg"
        )
    if "<html" in lowered or lowered.startswith(("<!doctype html", "<script", "<iframe", "<div", "<a ", "<ins")):
        raise UnreadableCreative(
            "This is a lone HTML page or tag.", where,
            "Zip the page with all its files and upload the zip.", rule="file.lone_html",
        )  # fmt: skip
    return VAST


def _control_share(text: str) -> float:
    odd = sum(1 for c in text if (c < " " and c not in "\t\r\n") or c == "\ufffd")
    return odd / max(1, len(text))


def _untaken(what: str, where: str, remedy: str) -> UnreadableCreative:
    return UnreadableCreative(f"This is {what}.", where, remedy, rule="file.not_taken")
