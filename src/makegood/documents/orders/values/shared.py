"""Days that leave their month or year to the other end of a range: '2 - 29 March 2026', 'Oct 5-18, 2026', '12/28-01/03/27'.

Pure text; single dates are read in `dates`.
"""
import re
from collections.abc import Sequence
from datetime import date

DASH = r"\s?(?:-|–|—|to|bis|au|al|t/m|thru|through)\s?"
DAY_BEFORE = re.compile(rf"(?:^|[(:;,]\s?|\b(?:from|vom|von|du|del|van)\s)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?{DASH}$", re.IGNORECASE)
DAY_BEHIND = re.compile(rf"{DASH}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<year>\d{{4}}))?(?![\d/.:a-z])", re.IGNORECASE)
BETWEEN = re.compile(DASH, re.IGNORECASE)


def day_before(text: str, at: int) -> tuple[int, int] | None:
    """(day, where it begins) of a bare day that a range sets before the date at `at`: the 2 of '2 - 29 March 2026'."""
    found = DAY_BEFORE.search(text, 0, at)
    return None if found is None else (int(found["day"]), found.start("day"))


def day_behind(text: str, end: int) -> tuple[int, int | None, int] | None:
    """(day, year if said, where it ends) of a bare day that a range sets behind the date ending at `end`: the 18 of 'Oct 5-18, 2026'."""
    found = DAY_BEHIND.match(text, end)
    return None if found is None else (int(found["day"]), int(found["year"]) if found["year"] else None, found.end())


def joins(text: str, spans: Sequence[tuple[int, int]], index: int) -> bool:
    """Whether the date at `index` and the next are the ends of one range."""
    return index + 1 < len(spans) and BETWEEN.fullmatch(text[spans[index][1]:spans[index + 1][0]]) is not None


def year_before(month_day: tuple[int, int], last: date) -> int:
    """The year of a first day without one: the last day's, or the one before where it would be later than that."""
    return last.year - (month_day > (last.month, last.day))
