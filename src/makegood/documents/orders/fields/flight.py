"""First and last day of the flight: a labelled range or a pair of labelled dates, confirmed by the dates of the lines.

Without any label the lines' own first and last day are taken, with little confidence.
"""
from datetime import date

from makegood.documents.orders.fields import choose
from makegood.documents.orders.fields.gather import Guess
from makegood.documents.orders.fields.typed import Range
from makegood.documents.orders.messages import Field
from makegood.documents.orders.values.dates import Reading

LINES_AGREE, LINES_INSIDE = 0.1, 0.05
LONGEST_DAYS = 800


def fields(found: dict[str, list[Guess]], first: Field | None, last: Field | None) -> dict[str, Field]:
    """flight_start and flight_end. `first` and `last` are the lines' earliest start and latest end, as fields."""
    options: list[tuple[float, Guess, Guess]] = []
    span = (first.value if first else None, last.value if last else None)
    for guess, score in choose.ranking(found.get("flight", [])):
        if isinstance(guess.value, Range):
            options.append((score + agreement(guess.value.start.value, guess.value.end.value, span),
                            one(guess, guess.value.start), one(guess, guess.value.end)))
    options += pairs(found, span)
    if options:
        score, start, end = max(options, key=lambda option: option[0])
        return {"flight_start": choose.field("flight_start", start, score), "flight_end": choose.field("flight_end", end, score)}
    return {name: Field(name, field.value, field.text, field.place, 0.5)
            for name, field in (("flight_start", first), ("flight_end", last)) if field is not None}


def pairs(found: dict[str, list[Guess]], span: tuple[object, object]) -> list[tuple[float, Guess, Guess]]:
    """The best labelled start with the best labelled end."""
    starts, ends = choose.ranking(found.get("flight_start", []))[:4], choose.ranking(found.get("flight_end", []))[:4]
    result = []
    for start, start_score in starts:
        for end, end_score in ends:
            days = (day(start), day(end))
            if None not in days and not 0 <= (days[1] - days[0]).days <= LONGEST_DAYS:  # type: ignore[operator]
                continue
            result.append((min(start_score, end_score) + agreement(*days, span), start, end))
    return result


def day(guess: Guess) -> date | None:
    """The date of a reading."""
    return guess.value.value if isinstance(guess.value, Reading) else None


def one(guess: Guess, reading: Reading) -> Guess:
    """One end of a range as a reading of its own."""
    return Guess(guess.name, reading, reading.text, guess.chunk, guess.score, guess.leaf)


def agreement(start: date | None, end: date | None, span: tuple[object, object]) -> float:
    """How well the flight fits the lines; dates the wrong way round or years apart count against it."""
    if start is None or end is None:
        return 0.0
    if not 0 <= (end - start).days <= LONGEST_DAYS:
        return -0.5
    if (start, end) == span:
        return LINES_AGREE
    first, last = span
    inside = isinstance(first, date) and isinstance(last, date) and start <= first and last <= end
    return LINES_INSIDE if inside else 0.0
