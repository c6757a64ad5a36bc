"""How a fact is written so that three sources of it can be compared: one spelling for each kind of value."""

import datetime
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from makegood.engine import targeting
from makegood.trafficking.plan import terms


def day(value: datetime.date | str) -> str:
    """ISO date."""
    return str(value)[:10]


def units(value: int | str | None) -> str:
    """1,234,567."""
    return "" if value is None else f"{int(value):,}"


def money(value: Decimal | str | float | None) -> str:
    """Without needless zeros, so that 12.5000 is 12.5."""
    return "" if value in (None, "") else f"{Decimal(str(value)).normalize():f}"


def tier(value: str) -> str:
    """The priority as the ad server knows it."""
    return terms.priority(value)


def aim(value: Mapping[str, Any] | None) -> str:
    """Targeting in its canonical JSON; what cannot be read stands as it is."""
    try:
        return json.dumps(targeting.to_json(targeting.from_json(value or {})), sort_keys=True) if value else "everyone"
    except targeting.TargetingInvalid:
        return json.dumps(value, sort_keys=True)


def cap(count: int | None, hours: float | None) -> str:
    """3 in 24 h."""
    return f"{count} in {hours:g} h" if count and hours else "none"


def listed(values: Iterable[Any]) -> str:
    """Sorted, by commas."""
    return ", ".join(sorted({str(value) for value in values}))


def parted(value: str | None) -> list[str]:
    """`listed` taken apart."""
    return value.split(", ") if value else []


def host(url: str | None) -> str:
    """The host a URL leads to."""
    return (urlsplit(url or "").hostname or "").removeprefix("www.")


def brief(sha256: str | None) -> str:
    """A hash as people compare it."""
    return f"{sha256[:8]}…{sha256[-4:]}" if sha256 else ""
