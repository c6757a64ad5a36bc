"""In which time zone a file's days lie, as its preamble says."""

import re
import zoneinfo
from collections.abc import Iterable, Sequence

SAYS = re.compile(r"time ?zone|zeitzone|fuseau horaire", re.IGNORECASE)
IANA = re.compile(r"\b[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?")
OFFSET = re.compile(r"\b(?:UTC|GMT)\s?([+-])\s?(\d{1,2})(?::?(\d\d))?", re.IGNORECASE)
NAMES = {
    "eastern": "America/New_York", "central european": "Europe/Berlin", "central": "America/Chicago", "mountain": "America/Denver",
    "pacific": "America/Los_Angeles", "est": "America/New_York", "edt": "America/New_York", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "cet": "Europe/Berlin", "cest": "Europe/Berlin", "gmt": "UTC", "utc": "UTC", "london": "Europe/London",
}  # fmt: skip


def said(preamble: Iterable[Sequence[str]]) -> str:
    """An IANA name (a whole-hour offset as Etc/GMT), "" when the preamble says nothing that is understood."""
    for row in preamble:
        text = " ".join(row)
        if SAYS.search(text) and (found := _named(SAYS.sub("", text))):
            return found
    return ""


def _named(text: str) -> str:
    """Words before offsets: they know of summer time, offsets do not."""
    for match in IANA.findall(text):
        if match in zoneinfo.available_timezones():
            return str(match)
    words = next((zone for name, zone in NAMES.items() if re.search(rf"\b{name}\b", text, re.IGNORECASE) and name not in ("gmt", "utc")), "")
    if words:
        return words
    if (found := OFFSET.search(text)) and not int(found[3] or 0):
        hours = int(found[2])
        return "UTC" if not hours else f"Etc/GMT{'-' if found[1] == '+' else '+'}{hours}"
    return "UTC" if re.search(r"\b(?:gmt|utc)\b", text, re.IGNORECASE) else ""
