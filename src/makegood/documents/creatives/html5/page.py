"""What a page of a bundle asks for and declares: references, ad.size, inline scripts and styles.
Reads with the standard parser, which does not recurse; runs nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

REFERENCES = {
    "script": ("src",), "link": ("href",), "img": ("src", "srcset"), "source": ("src", "srcset"), "video": ("src", "poster"),
    "audio": ("src",), "iframe": ("src",), "embed": ("src",), "object": ("data",), "input": ("src",), "image": ("href",),
    "use": ("href",), "track": ("src",),
}  # fmt: skip
SIZE = re.compile(r"\s*width\s*=\s*(\d{1,5})\s*[,;]\s*height\s*=\s*(\d{1,5})\s*", re.IGNORECASE)


@dataclass(slots=True)
class Page:
    """What one page holds; each text is paired with the line it begins on."""

    size: tuple[int, int] | None = None
    references: list[tuple[str, int]] = field(default_factory=list)
    links: list[tuple[str, int]] = field(default_factory=list)
    scripts: list[tuple[str, int]] = field(default_factory=list)
    styles: list[tuple[str, int]] = field(default_factory=list)
    sounding: list[tuple[str, int]] = field(default_factory=list)


def read(text: str) -> Page:
    """The page's references and declarations."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect one element's references."""
        line, _ = self.getpos()
        values = {key.removeprefix("xlink:"): value or "" for key, value in attrs}
        self._inside = tag if tag in ("script", "style") else ""
        if tag == "meta" and values.get("name", "").lower() == "ad.size" and self.page.size is None:
            found = SIZE.fullmatch(values.get("content", ""))
            self.page.size = (int(found[1]), int(found[2])) if found else None
        for key in REFERENCES.get(tag, ()):
            if key not in values or (tag == "link" and values.get("rel", "").lower() in ("canonical", "license")):
                continue
            options = values[key].split(",") if key == "srcset" else [values[key]]
            self.page.references += [(option.split()[0], line) for option in options if option.split()]
        if tag in ("a", "area") and values.get("href"):
            self.page.links.append((values["href"], line))
        if tag in ("video", "audio") and "autoplay" in values and "muted" not in values:
            self.page.sounding.append((f"<{tag} autoplay>", line))
        if "style" in values:
            self.page.styles.append((f"*{{{values['style']}}}", line))
        self.page.scripts += [(value, line) for key, value in values.items() if key.startswith("on") and value]

    def handle_endtag(self, tag: str) -> None:
        """Leave a script or style."""
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """Keep the text of scripts and styles."""
        line, _ = self.getpos()
        if self._inside == "script" and data.strip():
            self.page.scripts.append((data, line))
        elif self._inside == "style" and data.strip():
            self.page.styles.append((data, line))
