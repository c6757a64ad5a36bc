"""Flighting in a cell: 'even by week', '50/30/20 by month without 2026-12-21', or the flights themselves. Text to slices and back."""

import re
from collections.abc import Sequence
from decimal import Decimal

from makegood.engine import apportion, flighting
from makegood.engine.flighting import Curve, Every, Flighting, FlightingInvalid, Slice
from makegood.engine.periods import Period
from makegood.orders.sheet.values import Habits, Unreadable, day, whole

ONE = "one flight"
SPOKEN = re.compile(
    r"(?:(?P<curve>even|front-?loaded|back-?loaded)|(?P<shares>[\d.]+%?(?:\s*/\s*[\d.]+%?)+))?\s*"
    r"(?:by\s+|per\s+)?(?P<every>day|broadcast week|week|month|line)?s?\s*(?:without\s+(?P<hiatus>.+))?",
    re.IGNORECASE,
)
FLIGHT = re.compile(r"\s*(\S+?)\s*(?:\.\.|to|–)\s*(\S+?)\s*[=:]\s*([\d,.]+)\s*")
HOW = "Write even by week, 50/30/20 by month or 2026-12-01..2026-12-14=300000."


def slices(text: str, quantity: int, line: Period, habits: Habits) -> tuple[Slice, ...]:
    """The flights a cell means for a quantity on the line's days, summing to it. Raises Unreadable."""
    if "=" in text or ".." in text:
        return _given(text, quantity, line, habits)
    try:
        return tuple(flighting.lay_out(quantity, line, read(text, habits)))
    except FlightingInvalid as error:
        raise Unreadable(f"{error}.") from error


def read(text: str, habits: Habits) -> Flighting:
    """The flighting in words. Raises Unreadable."""
    plain = " ".join(text.split())
    if plain.casefold() in ("", ONE):
        return Flighting()
    found = SPOKEN.fullmatch(plain.removeprefix(ONE).strip())
    if found is None or not any(found.groups()):
        raise Unreadable(f"“{text}” is no flighting. {HOW}")
    every = Every((found["every"] or ("line" if found["hiatus"] and not found["curve"] and not found["shares"] else "month")).casefold())
    curve = Curve((found["curve"] or "even").casefold().replace("tl", "t-l").replace("kl", "k-l"))
    shares = tuple(Decimal(part.strip(" %")) for part in found["shares"].split("/")) if found["shares"] else ()
    return Flighting(every, curve, shares, frozenset(day(one.strip(), habits) for one in re.split(r"[,;]", found["hiatus"] or "") if one.strip()))


def written(how: Flighting) -> str:
    """The canonical words; empty for one flight."""
    if how == Flighting():
        return ""
    lean = "/".join(f"{share:f}" for share in how.shares) or how.curve.value
    words = f"{lean} by {how.every.value}" if how.every is not Every.LINE else ONE
    return words + (f" without {', '.join(day.isoformat() for day in sorted(how.hiatus))}" if how.hiatus else "")


def spelt(found: Sequence[Slice]) -> str:
    """The flights themselves as text."""
    return "; ".join(f"{start}..{end}={goal}" for start, end, goal in found)


def rescaled(text: str, quantity: int, habits: Habits) -> str:
    """Flights given one by one with their goals in the same proportion, summing to `quantity`; empty where that cannot be."""
    try:
        found = _flights(text, habits)
        goals = apportion.largest_remainder(quantity, [goal for _, _, goal in found])
    except ValueError:  # Unreadable is one too: no flights, or nothing to go by
        return ""
    return spelt([(start, end, goal) for (start, end, _), goal in zip(found, goals, strict=True)]) if min(goals) > 0 else ""


def canonical(text: str, habits: Habits) -> str:
    """A cell's text in the form it is kept. Raises Unreadable."""
    return spelt(_flights(text, habits)) if "=" in text or ".." in text else written(read(text, habits))


def _given(text: str, quantity: int, line: Period, habits: Habits) -> tuple[Slice, ...]:
    found = _flights(text, habits)
    for start, end, goal in found:
        if not line.start <= start <= end <= line.end:
            raise Unreadable(f"{start} to {end} is outside {line.start} to {line.end}.")
        if goal <= 0:
            raise Unreadable(f"the flight from {start} has no goal.")
    total = sum(goal for _, _, goal in found)
    if total != quantity:
        raise Unreadable(f"the flights sum to {total:,}, the line sells {quantity:,}.")
    return tuple(found)


def _flights(text: str, habits: Habits) -> list[Slice]:
    found: list[Slice] = []
    for part in re.split(r"[;\n]", text):
        if not part.strip():
            continue
        read = FLIGHT.fullmatch(part)
        if read is None:
            raise Unreadable(f"“{part.strip()}” is no flight. {HOW}")
        found.append((day(read[1], habits), day(read[2], habits), whole(read[3], habits)))
    return sorted(found)
