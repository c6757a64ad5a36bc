"""Template filters: thin names over `web.formats`, and a few questions templates ask."""

from typing import Any

from makegood.interfaces.web import formats, links, toasts


def money(value: Any, currency: str = "") -> str:
    """Full minor units: $22,000.00."""
    return formats.money(value, currency)


def money0(value: Any, currency: str = "") -> str:
    """Whole units: $22,000."""
    return formats.money(value, currency, decimals=0)


def money_short(value: Any, currency: str = "") -> str:
    """Headlines: $1.94M."""
    return formats.money(value, currency, short=True)


def percent(value: Any, decimals: int = 1) -> str:
    """A share (0.65): 65.0 %."""
    return formats.percent(value, decimals)


def state_of(code: str) -> str:
    """The CSS class of a state under any of its names."""
    return {"on_track": "ok", "at_risk": "risk", "fail": "risk", "warn": "watch", "pass": "ok"}.get(code, code or "mu")


def initials(value: Any) -> str:
    """First letters of first and last name, of a person or of text."""
    words = str(value or "").split()
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper() if words else ""


def link_of(record: Any) -> str:
    """The page of a record, empty when it has none."""
    return links.record(record) if record else ""


FILTERS = {
    "money": money, "money0": money0, "money_short": money_short, "percent": percent, "integer": formats.integer,
    "number": formats.number, "compact": formats.compact, "signed": formats.signed, "day": formats.day,
    "long_day": formats.long_day, "clock": formats.clock, "moment": formats.moment, "due": formats.due,
    "state_of": state_of, "initials": initials, "toasts_of": toasts.waiting, "link_of": link_of,
}  # fmt: skip
