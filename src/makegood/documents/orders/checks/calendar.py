"""Dates that cannot be, that are doubtful, or that contradict each other.

Reads fields and lines only.
"""
from collections.abc import Iterator, Mapping
from datetime import date

from makegood.documents.orders.messages import Field, OrderLine, Problem, Severity


def problems(fields: Mapping[str, Field], lines: tuple[OrderLine, ...]) -> Iterator[Problem]:
    """Order of dates in the flight and in each line, and lines outside the flight."""
    start, end = day(fields.get("flight_start")), day(fields.get("flight_end"))
    if start and end and start > end:
        yield backwards(fields["flight_start"], start, end, None)
    for line in lines:
        first, last = day(line.fields.get("start")), day(line.fields.get("end"))
        if first and last and first > last:
            yield backwards(line.fields["start"], first, last, line.number)
            continue
        if first and start and first < start:
            yield outside(line, "start", first, f"before the flight begins on {start}", start)
        if last and end and last > end:
            yield outside(line, "end", last, f"after the flight ends on {end}", end)


def day(field: Field | None) -> date | None:
    """The field's date."""
    return field.value if field is not None and isinstance(field.value, date) else None


def backwards(field: Field, first: date, last: date, line: int | None) -> Problem:
    """An end before its start."""
    where = "the flight" if line is None else f"line {line}"
    return Problem(Severity.ERROR, "dates_reversed", f"{where} ends on {last}, before it starts on {first}",
                   "correct one of the dates", field.place, line, field.name, last.isoformat())


def outside(line: OrderLine, name: str, found: date, how: str, nearest: date) -> Problem:
    """A line that runs when the order does not."""
    return Problem(Severity.WARNING, "outside_flight", f"line {line.number}: {found} is {how}",
                   "correct the line or the flight of the order", line.fields[name].place, line.number, name, nearest.isoformat())
