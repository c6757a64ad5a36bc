"""What a script names: addresses, click tags, and browser functions an ad has no business calling.
Text patterns, not a run: a determined hider is caught by the sandbox, an honest mistake is caught here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

ADDRESS = re.compile(r"""["'`(]\s*((?:https?:)?//[\w.-]+\.[a-z]{2,}[^\s"'`)<>\\]{0,300})""", re.IGNORECASE)
CLICK = re.compile(
    r"\b(clickTAG|clickTag|clicktag|ClickTag|CLICKTAG)\d?\b|\b(Enabler\.exit\w*|ExitApi\.exit|mraid\.open)\s*\("
    r"|\b(dhtml\.getVar)\s*\(\s*[\"']clickTAG",
)
HARD_CLICK = re.compile(
    r"""(?:window\.open\s*\(\s*|location(?:\.href)?\s*=\s*)["'`]((?:https?:)?//[^"'`]{1,300})""", re.IGNORECASE
)
CLICK_VALUE = re.compile(r"""\bclickTAG\d?\s*[=:]\s*["'`]((?:https?:)?//[^"'`]{0,300})["'`]""", re.IGNORECASE)
NOT_FETCHED = ("http://www.w3.org/", "https://www.w3.org/")

APIS: dict[str, re.Pattern[str]] = {
    "document.cookie": re.compile(r"\bdocument\s*\.\s*cookie\b"),
    "localStorage": re.compile(r"\blocalStorage\b"),
    "sessionStorage": re.compile(r"\bsessionStorage\b"),
    "indexedDB": re.compile(r"\bindexedDB\b"),
    "document.write": re.compile(r"\bdocument\s*\.\s*write(?:ln)?\s*\("),
    "eval": re.compile(r"(?<![\w.])eval\s*\(|\bnew\s+Function\s*\("),
    "alert": re.compile(r"(?<![\w.])(?:window\.)?(?:alert|confirm|prompt)\s*\("),
    "top window": re.compile(r"\b(?:window\.)?(?:top|parent)\s*\.\s*(?:location|document)\b"),
    "geolocation": re.compile(r"\bnavigator\s*\.\s*geolocation\b"),
    "camera or microphone": re.compile(r"\bgetUserMedia\b"),
    "service worker": re.compile(r"\bnavigator\s*\.\s*serviceWorker\b"),
    "notification": re.compile(r"\bNotification\s*\.\s*requestPermission\b"),
    "network call": re.compile(
        r"\bXMLHttpRequest\b|\bfetch\s*\(|\bsendBeacon\s*\(|\bnew\s+(?:WebSocket|EventSource)\b"
    ),
}


def clicks(text: str) -> Iterator[tuple[str, int]]:
    """Click tags used, with their line within ``text``."""
    for found in CLICK.finditer(text):
        yield next(group for group in found.groups() if group), line_of(text, found.start())


def hard_clicks(text: str) -> Iterator[tuple[str, int]]:
    """Landing addresses opened without a click tag."""
    for found in HARD_CLICK.finditer(text):
        yield found[1], line_of(text, found.start())


def addresses(text: str) -> Iterator[tuple[str, int]]:
    """Addresses in strings, without click tag defaults, landing pages and names that are never fetched."""
    passed = {m.start(1) for pattern in (CLICK_VALUE, HARD_CLICK) for m in pattern.finditer(text)}
    for found in ADDRESS.finditer(text):
        if found.start(1) not in passed and not found[1].startswith(NOT_FETCHED):
            yield found[1], line_of(text, found.start())


def apis(text: str) -> Iterator[tuple[str, int]]:
    """Browser functions named in `APIS`, each once, with its first line."""
    for name, pattern in APIS.items():
        found = pattern.search(text)
        if found:
            yield name, line_of(text, found.start())


def line_of(text: str, place: int) -> int:
    """The line, from 1, on which the character at ``place`` stands."""
    return text.count("\n", 0, place) + 1
