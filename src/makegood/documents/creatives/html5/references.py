"""Follows a bundle's references from its entry page: what loads at once, what is missing, what points outside.
Works on texts in memory; nothing is fetched.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from makegood.documents.creatives.html5 import page as pages
from makegood.documents.creatives.html5 import script as scripts
from makegood.documents.creatives.html5 import style as styles
from makegood.engine.specs.facts import Spot

TEXTS = (".html", ".htm", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".txt")
INERT = re.compile(r"^(?:data|blob|about|mailto|tel):|^#|^$", re.IGNORECASE)
OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
ENDLESS_SCRIPT = re.compile(r"\brepeat\s*:\s*-1\b|\bloop\s*:\s*true\b")


@dataclass(slots=True)
class Trail:
    """What the walk found; ``initial`` are files the first load pulls in, in order."""

    files: dict[str, bytes]
    size: tuple[int, int] | None = None
    initial: list[str] = field(default_factory=list)
    mentioned: set[str] = field(default_factory=set)
    outside: dict[tuple[str, str], None] = field(default_factory=dict)
    missing: list[Spot] = field(default_factory=list)
    clicks: list[Spot] = field(default_factory=list)
    hard_clicks: list[Spot] = field(default_factory=list)
    apis: list[Spot] = field(default_factory=list)
    endless: list[Spot] = field(default_factory=list)
    sounding: list[Spot] = field(default_factory=list)
    animation_s: float = 0.0

    def spots_outside(self) -> tuple[Spot, ...]:
        """Outside addresses, each with its place."""
        return tuple(Spot(url, where) for url, where in self.outside)


def follow(files: dict[str, bytes], entry: str) -> Trail:
    """Walk from ``entry`` through every page, sheet and script it names."""
    trail = Trail(files)
    waiting = [entry]
    while waiting:
        inside = waiting.pop(0)
        if inside in trail.initial:
            continue
        trail.initial.append(inside)
        waiting += [known for known in _read(inside, trail) if known not in trail.initial]
    for inside in files:
        # A script may build the address of a file: naming it is taken as using it.
        if inside.endswith((".js", ".mjs", ".html", ".htm", ".json")):
            text = text_of(files[inside])
            trail.mentioned |= {other for other in files if posixpath.basename(other) in text}
    return trail


def text_of(data: bytes) -> str:
    """Bytes as text, whatever they are."""
    return data.decode("utf-8-sig", "replace")


def _read(inside: str, trail: Trail) -> list[str]:
    lowered = inside.lower()
    if lowered.endswith((".html", ".htm")):
        return _page(inside, trail)
    if lowered.endswith(".css"):
        return _style(text_of(trail.files[inside]), inside, 1, trail)
    if lowered.endswith((".js", ".mjs")):
        _script(text_of(trail.files[inside]), inside, 1, trail)
    return []


def _page(inside: str, trail: Trail) -> list[str]:
    page = pages.read(text_of(trail.files[inside]))
    if len(trail.initial) == 1:  # only the entry's own size counts, not that of a page it frames
        trail.size = page.size
    found = _resolve(page.references, inside, trail)
    for text, line in page.styles:
        found += _style(text, inside, line, trail)
    for text, line in page.scripts:
        _script(text, inside, line, trail)
    for href, line in page.links:
        if href.lower().startswith("javascript:"):
            _script(href, inside, line, trail)
        elif OUTSIDE.match(href):
            trail.hard_clicks.append(Spot(href, f"{inside}:{line}"))
    trail.sounding += [Spot(what, f"{inside}:{line}") for what, line in page.sounding]
    return found


def _style(text: str, inside: str, first_line: int, trail: Trail) -> list[str]:
    style = styles.read(text, first_line)
    trail.animation_s = max(trail.animation_s, style.animation_s)
    trail.endless += [Spot(what, f"{inside}:{line}") for what, line in style.endless]
    return _resolve(style.references, inside, trail)


def _script(text: str, inside: str, first_line: int, trail: Trail) -> None:
    def spots(found: list[tuple[str, int]]) -> list[Spot]:
        return [Spot(what, f"{inside}:{first_line + line - 1}") for what, line in found]

    trail.clicks += spots(list(scripts.clicks(text)))
    trail.hard_clicks += spots(list(scripts.hard_clicks(text)))
    trail.apis += spots(list(scripts.apis(text)))
    trail.outside.update({(spot.what, spot.where): None for spot in spots(list(scripts.addresses(text)))})
    trail.endless += spots([(m[0], scripts.line_of(text, m.start())) for m in ENDLESS_SCRIPT.finditer(text)])


def _resolve(references: list[tuple[str, int]], inside: str, trail: Trail) -> list[str]:
    found = []
    for written, line in references:
        where = f"{inside}:{line}"
        if INERT.match(written):
            continue
        if OUTSIDE.match(written):
            trail.outside[(written, where)] = None
            continue
        path = unquote(re.split(r"[?#]", written, maxsplit=1)[0])
        place = posixpath.normpath(posixpath.join(posixpath.dirname(inside), path))
        if place in trail.files:
            found.append(place)
        else:
            trail.missing.append(Spot(written, where))
    return found
