"""How figures are written in documents: amounts, counts, shares, days. Strings out; no arithmetic on money.

Minus is a minus sign, units stand after the figure, and a missing value is an en dash, never a zero.
"""

from datetime import date, datetime
from decimal import Decimal

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "CA$", "AUD": "A$", "JPY": "¥"}
WHOLE_CURRENCIES = frozenset({"JPY", "KRW", "CLP", "ISK", "HUF"})
MISSING = "–"
MINUS = "−"


def places(currency: str) -> int:
    """Decimal places that `currency` is paid in."""
    return 0 if currency in WHOLE_CURRENCIES else 2


def number(value: Decimal | float, decimals: int = 0) -> str:
    """1234.5 becomes 1,234.50 with two decimals; negative values carry a minus sign."""
    text = f"{abs(value):,.{decimals}f}"
    return f"{MINUS}{text}" if value < 0 else text


def count(value: int | None) -> str:
    """Whole units with thousands separated; a dash where nothing was counted."""
    return MISSING if value is None else number(value)


def amount(value: Decimal, currency: str) -> str:
    """An amount without its sign of currency, to the cent: 22,000.00."""
    return number(value, places(currency))


def money(value: Decimal, currency: str, decimals: int | None = None) -> str:
    """An amount with its currency: $22,000.00, or CHF 22,000.00 where no sign is customary."""
    sign = SYMBOLS.get(currency, f"{currency} ")
    text = number(abs(value), places(currency) if decimals is None else decimals)
    return f"{MINUS}{sign}{text}" if value < 0 else f"{sign}{text}"


def rate(value: Decimal, currency: str) -> str:
    """A price: at least the currency's places, more where the contract has more (0.0125)."""
    exponent = value.normalize().as_tuple().exponent
    written = -exponent if isinstance(exponent, int) else 0
    return money(value, currency, max(places(currency), written))


def signed(value: int) -> str:
    """A change in units: +95,000 or −214,000."""
    return number(value) if value <= 0 else f"+{number(value)}"


def share(part: Decimal | float, whole: Decimal | float, decimals: int = 1) -> str:
    """`part` of `whole` as a percentage (93.0 %); a dash where there is no whole."""
    return percent(float(part) / float(whole), decimals) if whole else MISSING


def percent(ratio: float | Decimal | None, decimals: int = 1) -> str:
    """A ratio as a percentage: 0.938 becomes 93.8 %."""
    return MISSING if ratio is None else f"{number(float(ratio) * 100, decimals)} %"


def day(value: date | None) -> str:
    """19 Oct 2026."""
    return MISSING if value is None else f"{value.day} {value:%b %Y}"


def span(first: date, last: date) -> str:
    """28 Sep to 25 Oct 2026; the year stands twice only where it changes."""
    return f"{first.day} {first:%b} to {day(last)}" if first.year == last.year else f"{day(first)} to {day(last)}"


def moment(value: datetime) -> str:
    """19 Oct 2026, 10:42 UTC: a time always says its zone."""
    return f"{day(value.date())}, {value:%H:%M %Z}".rstrip()


def short(words: str, letters: int) -> str:
    """`words` in at most `letters` letters; an ellipsis shows that something was left out."""
    return words if len(words) <= letters else f"{words[: letters - 1].rstrip()}…"
