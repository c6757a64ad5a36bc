"""A candidate's text into the kind of value its label takes; None where it cannot be one.

Each kind is one small function of (text, chunk, manner).
"""
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from makegood.documents.orders.leaf import Chunk
from makegood.documents.orders.values import dates, numbers, words


@dataclass(frozen=True, slots=True)
class Manner:
    """How this document writes: its dates, its decimals, and whether its amounts carry a currency sign."""

    dates: dates.Habit
    comma_decimals: bool | None
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """First and last day together, each with the words it was read from; None for an impossible date."""

    start: dates.Reading
    end: dates.Reading


TERMS = re.compile(r"\d+\s*(?:days?|tage|jours|días|d\b)|\bnet\b|\bcia\b|prepa|advance|receipt|upon|cash|immediate|sofort|eom|credit",
                   re.IGNORECASE)
COMPANY = re.compile(r"\b(?:Inc|Co|Corp|Ltd|L\.?L\.?C|Assn|Bros|[A-Z])\.$", re.IGNORECASE)  # a name may end so; a sentence hardly does
Read = tuple[object, float] | None  # the value and how well the text suits the kind


def code(text: str, chunk: Chunk, manner: Manner) -> Read:
    if isinstance(chunk.native, Decimal):
        return (format(chunk.native.normalize(), "f"), 1.0) if chunk.native == chunk.native.to_integral_value() else None
    if dates.readings(text, manner.dates) and len(text) < 24:
        return None
    found = words.code(text)
    if found is None:
        return None
    return found, 1.0 if len(found) >= 0.6 * len(text.strip()) else 0.85


def reference(text: str, chunk: Chunk, manner: Manner) -> Read:
    if isinstance(chunk.native, Decimal):
        return format(chunk.native.normalize(), "f"), 1.0
    text = text.strip(words.EDGES)
    return (text, 1.0) if 0 < len(text) <= 40 else None


def serial(text: str, chunk: Chunk, manner: Manner) -> Read:
    """A number of somebody else's: figures in it, not the box of an address."""
    found = reference(text, chunk, manner)
    if found is None or not any(letter.isdigit() for letter in str(found[0])) or re.match(r"box\b", text.strip(), re.IGNORECASE):
        return None
    return found


def name(text: str, chunk: Chunk, manner: Manner) -> Read:
    if chunk.native is not None or numbers.amounts(text, manner.comma_decimals):
        return None
    found = words.name(text)
    if found is None or (dates.readings(found, manner.dates) and len(found) < 24):
        return None
    prose = len(found.split()) > 3 and (found[0].islower() or (found.endswith(".") and not COMPANY.search(found)))
    return found, 0.4 if prose else 1.0


def day(text: str, chunk: Chunk, manner: Manner) -> Read:
    if isinstance(chunk.native, date):
        return dates.Reading(chunk.native, text, 0, len(text)), 1.0
    found = dates.readings(text, manner.dates)
    return (found[0], 1.0 if len(found) == 1 else 0.85) if found else None


def span(text: str, chunk: Chunk, manner: Manner) -> Read:
    found = dates.readings(text, manner.dates)
    if len(found) < 2:
        return None
    if None not in (found[0].value, found[1].value) and found[0].value > found[1].value:  # type: ignore[operator]
        return Range(found[0], found[1]), 0.6
    between = text[found[0].end:found[1].start]
    return Range(found[0], found[1]), 1.0 if len(between) <= 9 else 0.7


def money(text: str, chunk: Chunk, manner: Manner) -> Read:
    if isinstance(chunk.native, Decimal):
        return chunk.native, 1.0
    found = numbers.amounts(text, manner.comma_decimals)
    if found:
        value, words_read = max(found)
        signed = any(not (letter.isdigit() or letter in ".,() -'") for letter in words_read)
        return value, (1.0 if signed else 0.85) if value else 0.3
    bare = numbers.number(text, manner.comma_decimals)
    return (bare, 0.3 if manner.signed else 0.7) if bare is not None and "%" not in text else None


def percent(text: str, chunk: Chunk, manner: Manner) -> Read:
    if isinstance(chunk.native, Decimal):
        value = chunk.native * 100 if chunk.native < 1 else chunk.native
        return (value, 0.9) if 0 < value <= 50 else None
    found = re.search(r"(?<![\d.,$])(\d{1,2}(?:[.,]\d+)?)\s?(%?)", text)
    if found is None or "$" in text:
        return None
    value = numbers.plain_digits(found[1])
    return (value, 1.0 if found[2] else 0.7) if 0 < value <= 50 else None


def count(text: str, chunk: Chunk, manner: Manner) -> Read:
    found = re.fullmatch(r"\D{0,3}(\d{1,3})", text.strip())
    return (int(found[1]), 1.0) if found else None


def calendar(text: str, chunk: Chunk, manner: Manner) -> Read:
    folded = words.folded(text)
    if "broadcast" in folded:
        return "broadcast", 1.0
    if "calendar" in folded or folded in {"eom", "monthly"}:
        return "calendar", 1.0
    return None


def currency(text: str, chunk: Chunk, manner: Manner) -> Read:
    found = re.match(r"\W*([A-Za-z]{3})\b", text)
    if found:
        return found[1].upper(), 1.0
    return next(((code, 0.8) for sign, code in numbers.SIGNS.items() if sign in text), None)


def terms(text: str, chunk: Chunk, manner: Manner) -> Read:
    text = text.strip(words.EDGES)
    return (text, 1.0) if 2 < len(text) <= 60 and TERMS.search(text) and not text[0].islower() else None


def email(text: str, chunk: Chunk, manner: Manner) -> Read:
    found = words.EMAIL.search(text)
    return (found[0], 1.0) if found else None


KINDS: dict[str, Callable[[str, Chunk, Manner], Read]] = {
    "code": code, "reference": reference, "serial": serial, "name": name, "date": day, "range": span, "money": money, "percent": percent,
    "count": count, "calendar": calendar, "currency": currency, "terms": terms, "email": email,
    "block": name,
}
