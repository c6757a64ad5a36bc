"""Dates as people write them, and the decision between day/month and month/day on the whole document's evidence.

Pure text to dates; an impossible date is told apart from something that is no date.
"""
import calendar
import dataclasses
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from makegood.documents.orders.values import shared

MONTHS = {name: number for number, names in enumerate((
    "jan january januar janvier enero gennaio januari", "feb february februar février fevrier febrero febbraio",
    "mar march märz maerz mars marzo maart", "apr april avril abril aprile", "may mai mayo maggio mei maj",
    "jun june juni juin junio giugno", "jul july juli juillet julio luglio", "aug august août aout agosto augustus",
    "sep sept september septembre septiembre settembre", "oct october oktober okt octobre octubre ottobre",
    "nov november novembre noviembre", "dec december dezember dez décembre decembre diciembre dicembre",
), start=1) for name in names.split()}
NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
END = r"(?!\d|(?P=mark)\d)"
PATTERN = re.compile(
    rf"(?<![\d/.])(?:(?P<iso>(?P<y1>\d{{4}})[-/.](?P<m1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}})(?!\d))"
    rf"|(?P<plain>(?P<a>\d{{1,2}})(?P<mark>[/.-])(?P<b>\d{{1,2}})(?P=mark)(?P<y2>\d{{4}}|\d{{2}}){END})"
    rf"|(?P<dayfirst>(?P<d3>\d{{1,2}})(?:st|nd|rd|th|er|[.º°])?[ -](?:de )?(?P<m3>{NAMES})\b\.?(?:,?[ '-]+(?:de )?(?P<y3>\d{{4}}|\d\d(?![\d:])))?))"
    rf"|\b(?P<slashed>(?P<m6>{NAMES})\.?[ -]?(?P<d6>\d{{1,2}})/(?P<y6>\d{{4}}|\d{{2}}))(?![\d/])"
    rf"|\b(?P<monthfirst>(?P<m4>{NAMES})\.?(?P<s4>[ -])(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\b(?:(?:,?[ ']{{1,2}}|-(?=\d{{4}})|(?P=s4))(?P<y4>\d{{4}}|'?\d\d(?![\d:])))?)"
    rf"|(?<![\d/.,$-])(?P<short>(?P<a5>\d{{1,2}})/(?P<b5>\d{{1,2}}))(?![\d/.,%])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Habit:
    """How this document writes dates: month first or not, whether that was shown or assumed, and its usual year."""

    month_first: bool
    shown: bool
    year: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A date in a text. `value` is None for an impossible one such as 31 Nov; `suggestion` is then the nearest real day."""

    value: date | None
    text: str
    start: int
    end: int
    doubtful: bool = False
    suggestion: date | None = None


def habit(text: str, american: bool, certain: bool = False) -> Habit:
    """The document's habit: decided by dates that can be read in one way only, else by `american`.

    `certain` says that the document leaves no doubt where it is from, so that its dates are not doubted either.
    """
    month_first = day_first = 0
    years: list[int] = []
    every = list(PATTERN.finditer(text))
    for found in every:
        if year := year_of(found):
            years.append(full_year(year))
        if found["plain"]:
            first, second = int(found["a"]), int(found["b"])
            month_first += second > 12 >= first
            day_first += first > 12 >= second
    if month_first == day_first:
        month_first, day_first = in_order(text, every, True), in_order(text, every, False)
    likely = max(set(years), key=years.count) if years else None
    if month_first != day_first:
        return Habit(month_first > day_first, True, likely)
    return Habit(american, certain and american, likely)


def in_order(text: str, every: Sequence[re.Match[str]], month_first: bool) -> int:
    """How many ranges of two of the text's dates run forwards when the dates are read this way."""
    count = 0
    for one, other in itertools.pairwise(every):
        if one["plain"] and other["plain"] and re.fullmatch(r"\s*(?:-|–|to|thru|through)\s*", text[one.end():other.start()]):
            first, last = (reading(match, Habit(month_first, True, None)) for match in (one, other))
            count += bool(first and last and first.value and last.value and first.value <= last.value)
    return count


def full_year(year: str) -> int:
    """A year of two digits is of this century; 69 and later of the last."""
    number = int(year.lstrip("'"))
    return number if number > 99 else number + (2000 if number < 69 else 1900)


def readings(text: str, how: Habit) -> list[Reading]:
    """Every date in the text, in order. Dates without a year take that of the other end of their range, else the document's usual

    year; a day that leaves its month to the other end is a date too.
    """
    every = list(PATTERN.finditer(text))
    spans = [found.span() for found in every]
    result: list[Reading] = []
    for index, found in enumerate(every):
        year = year_behind(text, every, spans, index, how)
        if (read := reading(found, how if year is None else dataclasses.replace(how, year=year))) is not None:
            result += completed(text, found, read)
    return result


def year_behind(text: str, every: Sequence[re.Match[str]], spans: Sequence[tuple[int, int]], index: int, how: Habit) -> int | None:
    """The year a date without one takes from the end of its range, None where it has one or ends none."""
    found = every[index]
    if year_of(found) is not None:
        return None
    behind = shared.day_behind(text, found.end()) if found["monthfirst"] else None
    if behind is not None:
        return behind[1]
    if not shared.joins(text, spans, index) or year_of(every[index + 1]) is None:
        return None
    last, first = reading(every[index + 1], how), reading(found, dataclasses.replace(how, year=2000))
    if last is None or last.value is None or first is None or first.value is None:
        return None
    return shared.year_before((first.value.month, first.value.day), last.value)


def completed(text: str, found: re.Match[str], read: Reading) -> list[Reading]:
    """The date, with the day before or behind it that shares its month."""
    if read.value is None:
        return [read]
    before = shared.day_before(text, read.start) if found["dayfirst"] else None
    if before is not None and 1 <= before[0] <= read.value.day:
        return [dataclasses.replace(read, value=read.value.replace(day=before[0]), text=text[before[1]:read.end], start=before[1], end=before[1] + 1), read]
    behind = shared.day_behind(text, read.end) if found["monthfirst"] and not year_of(found) else None
    if behind is not None and read.value.day <= behind[0] <= calendar.monthrange(read.value.year, read.value.month)[1]:
        return [read, dataclasses.replace(read, value=read.value.replace(day=behind[0]), text=text[read.start:behind[2]], start=read.end, end=behind[2])]
    return [read]


def year_of(found: re.Match[str]) -> str | None:
    """The year as the date says it."""
    return found["y1"] or found["y2"] or found["y3"] or found["y4"] or found["y6"]


def reading(found: re.Match[str], how: Habit) -> Reading | None:
    """One match as a date, None when it cannot be meant as one."""
    year_text, doubtful = year_of(found), False
    if year_text is None and how.year is None:
        return None
    year = full_year(year_text) if year_text else how.year or 0
    if found["iso"]:
        month, day = int(found["m1"]), int(found["d1"])
    elif found["plain"] or found["short"]:
        first, second = (int(found["a"]), int(found["b"])) if found["plain"] else (int(found["a5"]), int(found["b5"]))
        month, day = (first, second) if how.month_first else (second, first)
        if month > 12 >= day:
            month, day = day, month
        doubtful = not how.shown and first <= 12 and second <= 12 and first != second
    else:
        month = MONTHS[(found["m3"] or found["m4"] or found["m6"]).lower()]
        day = int(found["d3"] or found["d4"] or found["d6"])
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1990 <= year <= 2100):
        return None
    last = calendar.monthrange(year, month)[1]
    if day > last:
        return Reading(None, found[0], *found.span(), suggestion=date(year, month, last))
    return Reading(date(year, month, day), found[0], *found.span(), doubtful=doubtful)
