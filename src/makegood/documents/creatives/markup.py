"""XML from strangers made safe before lxml sees it: size, encoding, DTD and depth are settled by a flat scan.
No entities, no network, no recursion; nothing here knows VAST.
"""

from __future__ import annotations

import re

from lxml import etree

from makegood.documents.creatives.caps import Caps
from makegood.documents.creatives.refusals import UnreadableCreative

DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
DECLARATION = re.compile(r"^\s*<\?xml.{0,300}?\?>", re.DOTALL)
ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1", "windows-1252", "utf-16"}
MARK = re.compile(r"<(!--|!\[CDATA\[|!DOCTYPE|!ENTITY|!ELEMENT|!ATTLIST|!|\?|/|(?=[A-Za-z_:]))", re.IGNORECASE)
CLOSERS = {"!--": "-->", "![cdata[": "]]>", "?": "?>"}
TAG_END = re.compile(r"""(?:[^"'<>]++|"[^"<]*"|'[^'<]*')*+>""")


def parse(data: bytes, name: str, caps: Caps) -> etree._Element:
    """The root element. Raises UnreadableCreative, named, with the line."""
    text = _decode(data, name)
    _scan(text, name, caps)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        recover=False, remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        return etree.fromstring(DECLARATION.sub("", text, count=1).encode(), parser)
    except etree.XMLSyntaxError as wrong:
        raise UnreadableCreative(
            f"The XML is not well formed ({wrong.msg}).", f"{name}, line {wrong.lineno}", "Correct it at that line.",
            rule="xml.malformed",
        ) from wrong  # fmt: skip


def _decode(data: bytes, name: str) -> str:
    found = DECLARED.match(data)
    encoding = found[1].decode().lower() if found else "utf-8"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    if encoding not in ENCODINGS:
        raise UnreadableCreative(
            f"The tag declares the encoding {encoding}.", f"{name}, line 1", "Save it as UTF-8.", rule="xml.encoding"
        )
    try:
        text = data.decode("utf-8-sig" if encoding in ("utf-8", "utf8") else encoding)
    except (UnicodeDecodeError, LookupError) as odd:
        raise UnreadableCreative(
            f"The tag's bytes are not the {encoding} it declares.", name, "Save it as UTF-8.", rule="xml.encoding"
        ) from odd
    return text.lstrip()


def _scan(text: str, name: str, caps: Caps) -> None:
    depth = elements = place = 0
    while found := MARK.search(text, place):
        mark = found[1].lower()
        if mark in CLOSERS:
            end = text.find(CLOSERS[mark], found.end())
            place = end + len(CLOSERS[mark])
        elif mark.startswith("!"):
            raise UnreadableCreative(
                "The tag declares a document type or entities.", _line(text, found.start(), name),
                "Remove the <!DOCTYPE …> part: VAST has none.", rule="xml.dtd",
            )  # fmt: skip
        else:
            closing = TAG_END.match(text, found.end())
            end = closing.end() if closing else -1
            if mark == "/":
                depth -= 1
            elif closing and text[end - 2] != "/":
                depth += 1
            elements, place = elements + (mark != "/"), end
        if end < 0:
            raise UnreadableCreative(
                "The tag breaks off in the middle.", _line(text, found.start(), name),
                "It was cut short on the way: copy it again in full.", rule="xml.truncated",
            )  # fmt: skip
        if depth > caps.xml_depth or elements > caps.xml_elements:
            raise UnreadableCreative(
                f"The tag is nested deeper than {caps.xml_depth} levels or has over {caps.xml_elements:,} elements.",
                _line(text, found.start(), name), "Send the tag your ad server exports.", rule="xml.too_deep",
            )  # fmt: skip


def _line(text: str, place: int, name: str) -> str:
    return f"{name}, line {text.count(chr(10), 0, place) + 1}"
