"""Elements of VAST by name; addresses as CDATA. Nothing here knows which element belongs where."""

from __future__ import annotations

from lxml import etree

NAMESPACE = "http://www.iab.com/VAST"


def root() -> etree._Element:
    """Return an empty VAST 4.2 document."""
    return etree.Element("VAST", {"version": "4.2"}, nsmap={None: NAMESPACE})


def add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    """Append an element with text."""
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
    element.text = text
    return element


def add_url(parent: etree._Element, name: str, url: str, **attributes: str) -> etree._Element:
    """Append an element whose content is an address."""
    element = add(parent, name, None, **attributes)
    element.text = etree.CDATA(url)
    return element


def clock(seconds: float) -> str:
    """Return HH:MM:SS.mmm."""
    whole = round(seconds * 1000)
    return f"{whole // 3600000:02d}:{whole // 60000 % 60:02d}:{whole // 1000 % 60:02d}.{whole % 1000:03d}"
