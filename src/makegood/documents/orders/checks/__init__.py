"""What is wrong or doubtful in a read order, each with its place and a remedy. Nothing is corrected here."""
from collections.abc import Mapping

from makegood.documents.orders.checks import arithmetic, calendar, completeness
from makegood.documents.orders.messages import Field, OrderLine, Problem


def problems(fields: Mapping[str, Field], lines: tuple[OrderLine, ...], broadcast: bool,
             misread: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Every problem of the document: misread dates first, then what is missing, dates, sums."""
    return (*misread, *completeness.problems(fields, lines, broadcast), *calendar.problems(fields, lines),
            *arithmetic.problems(fields, lines))
