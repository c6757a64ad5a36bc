"""Problems seen while reading: dates that do not exist and dates that could be day/month or month/day.

Everything that follows from the values themselves is checked in `checks`.
"""
from collections.abc import Iterator, Mapping

from makegood.documents.orders.fields.typed import Manner
from makegood.documents.orders.messages import Field, OrderLine, Problem, Severity
from makegood.documents.orders.values import dates

WORDS = {"advertiser": "advertiser", "gross_amount": "total", "flight_start": "first day", "flight_end": "last day"}
DATES = ("flight_start", "flight_end", "order_date", "start", "end")


def problems(fields: Mapping[str, Field], lines: tuple[OrderLine, ...], manner: Manner) -> Iterator[Problem]:
    """One error for each impossible date, one warning for the document when its dates could be read both ways."""
    everything = [(None, field) for field in fields.values()]
    everything += [(line.number, field) for line in lines for field in line.fields.values()]  # type: ignore[misc]
    doubtful: Field | None = None
    for number, field in everything:
        if field.name not in DATES:
            continue
        for reading in dates.readings(field.text, manner.dates)[:1]:
            if reading.value is None and reading.suggestion is not None:
                yield impossible(field, reading, number)
            elif reading.doubtful:
                doubtful = doubtful or field
    if doubtful is not None:
        order = "month/day" if manner.dates.month_first else "day/month"
        yield Problem(Severity.WARNING, "ambiguous_dates", f"{doubtful.text!r} could be day/month or month/day; read as {order}",
                      "confirm the dates", doubtful.place, None, doubtful.name)


def unconfirmed(fields: Mapping[str, Field]) -> Iterator[Problem]:
    """A warning for each of these facts, which were taken from their form alone, without a label."""
    for field in fields.values():
        yield Problem(Severity.WARNING, "unlabelled", f"no label says so, but {field.text!r} looks like the {WORDS[field.name]}",
                      "confirm or correct it", field.place, None, field.name)


def impossible(field: Field, reading: dates.Reading, line: int | None) -> Problem:
    """A date that is not in the calendar."""
    suggestion = reading.suggestion.isoformat() if reading.suggestion else None
    return Problem(Severity.ERROR, "impossible_date", f"{reading.text!r} is not in the calendar", f"did you mean {suggestion}?",
                   field.place, line, field.name, suggestion)
