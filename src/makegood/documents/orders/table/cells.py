"""The text of one cell as its column's kind, None where it cannot be one.

Lengths in seconds, counts whole, money Decimal.
"""
import re
from datetime import date
from decimal import Decimal

from makegood.documents.orders.fields.typed import Manner
from makegood.documents.orders.leaf import Chunk
from makegood.documents.orders.values import dates, numbers

FREE = re.compile(r"bonus|bonif\w*|added[ -]value|a\.?v\.?|free(?: of charge)?|foc|n/?c|no charge|kostenlos|kostenfrei|gratis|gratuit|offert|inkl(?:usive)?\.?"
                  r"|incl(?:uded|us)?\.?|naturalrabatt|sin (?:coste|cargo)|zonder kosten|–|-", re.IGNORECASE)  # what a price of nothing is called
LENGTH = re.compile(r"\W*(?:(?P<m>\d{0,2}):(?P<s>\d{2})|(?P<n>\d{1,3})\s*(?:\"|''|s|sec|secs|seconds|sek)?)\W*", re.IGNORECASE)


def read(chunk: Chunk, kind: str, manner: Manner) -> object | None:
    """The value: Reading or pair of readings for dates, Decimal for money and counts, str for texts."""
    text = chunk.text.strip(" |]}[_,;")
    if kind in {"date", "range"}:
        return read_dates(chunk, text, kind, manner)
    if isinstance(chunk.native, Decimal):
        return chunk.native if kind in {"money", "count", "ordinal", "length", "mark"} else text
    if kind == "money" and FREE.fullmatch(text):
        return Decimal()
    if kind == "money":
        return numbers.money(text, manner.comma_decimals)
    if kind == "count":
        value = numbers.number(text, manner.comma_decimals)
        return value if value is not None and not re.search(r"[%$€£]|\.\d\d$", text) else None
    if kind == "ordinal":
        found = re.match(r"(?:[A-Z]\s?)?(\d{1,4})(?:\.\d{1,2})?\b", text)
        return Decimal(found[1]) if found and len(found[0]) >= len(text) - 2 else None
    if kind == "length":
        return length(text)
    if kind == "mark":
        return text if re.fullmatch(r"[xX✓•]|\d{1,3}|-", text) else None
    return text or None


def read_dates(chunk: Chunk, text: str, kind: str, manner: Manner) -> object | None:
    """A date, or first and last day of a range; a single date in a range column is both."""
    if isinstance(chunk.native, date):
        day = dates.Reading(chunk.native, text, 0, len(text))
        return day if kind == "date" else (day, day)
    found = dates.readings(text, manner.dates)
    if not found:
        return None
    if kind == "date":
        return found[0] if len(found) == 1 and len(found[0].text) >= len(text) - 7 else None
    return (found[0], found[-1])


def length(text: str) -> Decimal | None:
    """Seconds of ':30', '1:00', '00:30', '30"', '30 sec'."""
    found = LENGTH.fullmatch(text)
    if found is None:
        return None
    if found["n"]:
        return Decimal(found["n"])
    return Decimal(int(found["m"] or 0) * 60 + int(found["s"]))
