"""What is wrong or doubtful in a read order, each with its place and a remedy. Nothing is corrected here."""
import dataclasses
from collections.abc import Mapping

from makegood.documents.orders.checks import arithmetic, calendar, completeness
from makegood.documents.orders.messages import Field, OrderLine, Place, Problem


def problems(fields: Mapping[str, Field], lines: tuple[OrderLine, ...], broadcast: bool,
             misread: tuple[Problem, ...], extent: Place | None) -> tuple[Problem, ...]:
    """Every problem of the document: misread dates first, then what is missing, dates, sums.

    What stands nowhere has `extent`, all that was looked through, as its place.
    """
    found = (*misread, *completeness.problems(fields, lines, broadcast), *calendar.problems(fields, lines), *arithmetic.problems(fields, lines))
    return tuple(one if one.place is not None else dataclasses.replace(one, place=extent) for one in found)
