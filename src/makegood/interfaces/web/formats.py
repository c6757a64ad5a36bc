"""Figures, money and times as people read them. Pure text; the template filters of the same names call these."""

import datetime
import zoneinfo
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.utils import timezone

from makegood.engine import currencies
from makegood.engine.money import Money

MINUS = "\u2212"
SPACE = "\u00a0"
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
SCALES = ((Decimal(10**9), "B"), (Decimal(10**6), "M"), (Decimal(10**3), "K"))


def _decimal(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def number(value: Any, decimals: int = 0) -> str:
    """1,234.50 with the true minus sign; empty for None."""
    if value is None or value == "":
        return ""
    text = f"{_decimal(value):,.{decimals}f}"
    return text.replace("-", MINUS) if float(text.replace(",", "")) else text.lstrip("-")


def integer(value: Any) -> str:
    """1,234,567."""
    return number(value, 0)


def signed(value: Any, decimals: int = 0) -> str:
    """+95,000 or −214,000; nothing stands before a zero."""
    text = number(value, decimals)
    return f"+{text}" if text and _decimal(value) > 0 else text


def compact(value: Any) -> str:
    """1.23M, 112.3K, 940: two decimals from a million on, one in thousands, none below."""
    if value is None or value == "":
        return ""
    amount = _decimal(value)
    for size, letter in SCALES:
        if abs(amount) >= size * Decimal("0.99995"):
            digits = 1 if letter == "K" else 2
            text = number(amount / size, digits)
            return (text.removesuffix(".0") if letter == "K" else text) + letter
    return number(amount, 0)


def percent(share: Any, decimals: int = 1) -> str:
    """A share (0.65) as "65.0 %"."""
    return "" if share is None or share == "" else f"{number(_decimal(share) * 100, decimals)}{SPACE}%"


def money(value: Any, currency: str = "", *, decimals: int | None = None, short: bool = False) -> str:
    """Money, or a decimal with its currency: $22,000.00, CHF 1,200.50; `short` gives $1.94M."""
    if value is None or value == "":
        return ""
    amount, currency = (value.amount, value.currency) if isinstance(value, Money) else (_decimal(value), currency)
    mark = SYMBOLS.get(currency, f"{currency}{SPACE}" if currency else "")
    sign = MINUS if amount < 0 else ""
    if short:
        return f"{sign}{mark}{compact(abs(amount))}"
    places = currencies.MINOR_UNITS.get(currency, 2) if decimals is None else decimals
    figure = abs(amount).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    return f"{sign if figure else ''}{mark}{figure:,.{places}f}"


def local(at: datetime.datetime, zone: str = "") -> datetime.datetime:
    """The same instant on the clock of `zone`, or of the person looking."""
    return at.astimezone(zoneinfo.ZoneInfo(zone)) if zone else timezone.localtime(at)


def day(value: datetime.date | datetime.datetime | None, zone: str = "") -> str:
    """18 Nov; with the year when it is not this one."""
    if value is None or value == "":
        return ""
    date = local(value, zone).date() if isinstance(value, datetime.datetime) else value
    return f"{date.day} {date:%b}" if date.year == timezone.localtime().year else f"{date.day} {date:%b} {date.year}"


def long_day(value: datetime.date | datetime.datetime, zone: str = "") -> str:
    """Wednesday 18 November."""
    date = local(value, zone) if isinstance(value, datetime.datetime) else value
    return f"{date:%A} {date.day} {date:%B}"


def clock(value: datetime.datetime | None, zone: str = "") -> str:
    """10:42."""
    return "" if value is None else f"{local(value, zone):%H:%M}"


def moment(value: datetime.datetime | None, zone: str = "") -> str:
    """Time alone today, weekday and time within a week, else day and time."""
    if value is None or value == "":
        return ""
    here, now = local(value, zone), local(timezone.now(), zone)
    if here.date() == now.date():
        return f"{here:%H:%M}"
    if abs((here.date() - now.date()).days) < 7:
        return f"{here:%a %H:%M}"
    return f"{day(value, zone)} {here:%H:%M}"


def due(value: datetime.datetime | datetime.date | None, now: datetime.datetime | None = None) -> str:
    """in 18 min, in 1 h 18, in 3 days, 17 h late."""
    if value is None or value == "":
        return ""
    now = now or timezone.now()
    if not isinstance(value, datetime.datetime):
        days = (value - timezone.localtime(now).date()).days
        return "today" if days == 0 else _span(datetime.timedelta(days=days))
    return _span(value - now)


def _span(left: datetime.timedelta) -> str:
    minutes = int(abs(left).total_seconds() // 60)
    hours, days = minutes // 60, minutes // 1440
    if minutes < 60:
        text = f"{minutes} min"
    elif hours < 3:
        text = f"{hours} h" + (f" {minutes % 60}" if minutes % 60 else "")
    elif hours < 48:
        text = f"{hours} h"
    else:
        text = f"{days} days"
    return f"{text} late" if left < datetime.timedelta(0) else f"in {text}"
