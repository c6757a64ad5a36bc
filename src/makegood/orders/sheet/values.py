"""Cells as people type them and in their canonical text: days, whole numbers, rates, per cents, caps. parse(format(x)) = x."""

import dataclasses
import datetime
import re
from collections.abc import Iterable
from decimal import Decimal

from makegood.documents.orders.values import dates, numbers

CAP = re.compile(r"(\d+)\s*(?:x|×|/|per|in|every)\s*(?:(\d+)\s*)?(h|hours?|hrs?|d|days?|w|weeks?)", re.IGNORECASE)
HOURS = {"h": 1, "d": 24, "w": 168}
YES = {"yes", "y", "x", "1", "true", "added value", "added-value", "bonus", "av", "free", "✓"}
NO = {"", "no", "n", "0", "false", "sold", "–", "-"}


class Unreadable(ValueError):
    """The text is not what the column holds; the message says what would be."""


@dataclasses.dataclass(frozen=True)
class Habits:
    """How the sheet writes days and decimals, decided on all of its cells together."""

    days: dates.Habit
    comma_decimals: bool | None

    @classmethod
    def of(cls, days: Iterable[str], figures: Iterable[str], *, american: bool, year: int) -> "Habits":
        """By what can be read one way only; else as Americans write when `american`, else day first. A day without a year is of `year`."""
        read = dates.habit("\n".join(days), american, certain=True)
        shown = numbers.habit("\n".join(figures))
        return cls(dates.Habit(read.month_first, read.shown, read.year or year), False if shown is None and american else shown)


def day(text: str, habits: Habits) -> datetime.date:
    """A day. Raises Unreadable, with the nearest day when it names an impossible one."""
    found = dates.PATTERN.fullmatch(text.strip())
    read = dates.reading(found, habits.days) if found else None
    if read is None:
        raise Unreadable(f"“{text}” is no day. Write 2026-12-31.")
    if read.value is None:
        raise Unreadable(f"there is no {text}. The month ends on {read.suggestion}.")
    return read.value


def figure(text: str, habits: Habits) -> Decimal:
    """A number in the sheet's own way of writing, with a currency sign or not. Raises Unreadable."""
    found = numbers.money(text, habits.comma_decimals)
    if found is None:
        raise Unreadable(f"“{text}” is no number.")
    return found


def whole(text: str, habits: Habits) -> int:
    """A whole number; 1.5m is 1,500,000. Raises Unreadable."""
    grouped = None if re.search(r"[.,]\d{3}(?!\d)", text) and not re.search(r"[kKmM]", text) else habits.comma_decimals
    found = figure(text, Habits(habits.days, grouped))
    if found != found.to_integral_value():
        raise Unreadable(f"“{text}” is no whole number.")
    return int(found)


def written(value: Decimal) -> str:
    """A number as no reader takes for another: two decimals or as many as it has, never three."""
    text = f"{value.normalize():f}"
    decimals = len(text.partition(".")[2])
    return text if decimals in (0, 2) or decimals > 3 else f"{value:.{2 if decimals < 2 else 4}f}"


def cap(text: str) -> tuple[int, int] | None:
    """(impressions, hours) of a frequency cap such as '3 per 24 h' or '2/week'. Raises Unreadable."""
    if not text:
        return None
    found = CAP.fullmatch(text.strip())
    if found is None or not int(found[1]):
        raise Unreadable(f"“{text}” is no cap. Write 3 per 24 h.")
    hours = int(found[2] or 1) * HOURS[found[3][0].lower()]
    if not hours or int(found[1]) > 32_767 or hours > 32_767:
        raise Unreadable(f"“{text}” is no cap that can be kept. Write 3 per 24 h.")
    return int(found[1]), hours


def cap_text(value: tuple[int, int] | None) -> str:
    """'3 per 24 h'; empty without one."""
    return f"{value[0]} per {value[1]} h" if value else ""


def added(text: str) -> bool:
    """Whether a line is added value, given at no charge. Raises Unreadable."""
    said = " ".join(text.casefold().split())
    if said in YES or said in NO:
        return said in YES
    raise Unreadable(f"“{text}” is neither yes nor no.")
