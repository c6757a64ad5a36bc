"""A scan whose text another machine put under its picture, read a second time from the picture where the first reading leaves a doubt.

Asked only where the recogniser is installed; what both readings do not agree on wants to be looked at.
"""
import dataclasses
import pathlib
from collections.abc import Iterator
from decimal import Decimal

from makegood.documents.orders import assemble, checks, confidence
from makegood.documents.orders.checks import completeness
from makegood.documents.orders.fields import choose
from makegood.documents.orders.learning.layout import Learnt
from makegood.documents.orders.messages import Field, Problem, Severity
from makegood.documents.orders.pdf import document

LIKELY = 0.5  # that a value only the second reading found is taken


def look(path: pathlib.Path, pages: int, found: assemble.Content, layout: Learnt | None) -> tuple[assemble.Content, int]:
    """What was read of so many pages, with its doubtful facts put beside a second reading of the first and the last, and how many

    pages that took.
    """
    if not doubted(found):
        return found, 0
    again = document.pictured(path)
    if not again:
        return found, 0
    other = assemble.content(again, layout)
    both = agreed(found, other)
    return (with_lines(both, other) if len(again) == pages else both), len(again)


def doubted(found: assemble.Content) -> bool:
    """Whether a fact an order cannot do without is missing or may not pass."""
    return any(name not in found.fields or not passes(found.fields[name]) for name in completeness.NEEDED)


def passes(field: Field) -> bool:
    """Whether it is sure enough by itself."""
    return field.confidence >= confidence.threshold()


def agreed(found: assemble.Content, other: assemble.Content) -> assemble.Content:
    """The first reading with what the second found besides, and of two values the likelier; lines stay as they were read."""
    chances = confidence.weighed(other.raw[0], dataclasses.replace(other.witness, recognised=False))
    changed: dict[str, Field] = {}
    problems: list[Problem] = []
    for name, field in chances.items():
        first = found.fields.get(name)
        if first is None and field.confidence >= LIKELY:
            changed[name] = other.fields[name]
        elif first is not None and not passes(first) and choose.same(first.value) != choose.same(field.value):
            taken, left = (other.fields[name], first) if field.confidence > first.confidence else (first, field)
            changed[name] = dataclasses.replace(taken, confidence=min(taken.confidence, confidence.RECOGNISED))
            problems += differing(taken, left)
    fields = assemble.ordered(found.fields | changed)
    kept = tuple(one for one in found.misread if one.line is not None or one.field not in changed)
    misread = (*kept, *problems)
    whole = found.fields | changed
    return dataclasses.replace(found, fields={name: whole[name] for name in fields}, misread=misread,
                               problems=checks.problems(whole, found.lines, found.layout == "broadcast", misread, found.extent))


def with_lines(found: assemble.Content, other: assemble.Content) -> assemble.Content:
    """The second reading's lines where only they sum to the total; it has to have read every page."""
    if summed(found, found) or not summed(other, found):
        return found
    gone = {"unread_cell", "row_left_out"}
    misread = tuple(one for one in found.misread if one.line is None and one.code not in gone)
    return dataclasses.replace(found, lines=other.lines, layout=other.layout, misread=misread,
                               problems=checks.problems(found.fields, other.lines, other.layout == "broadcast", misread, found.extent))


def summed(read: assemble.Content, said: assemble.Content) -> bool:
    """Whether the lines read sum to the gross or the net that is said."""
    total = sum((value for line in read.lines if isinstance(value := line.value("amount"), Decimal)), Decimal())
    return bool(total) and total in {said.fields[name].value for name in ("gross_amount", "net_amount") if name in said.fields}


def differing(taken: Field, left: Field) -> Iterator[Problem]:
    """The warning that the two readings do not agree on a fact an order cannot do without."""
    if taken.name in completeness.NEEDED:
        yield Problem(Severity.WARNING, "two_readings", f"the scan was read twice, as {taken.text!r} and as {left.text!r}", "compare it with the page",
                      taken.place, None, taken.name, plain(left))


def plain(field: Field) -> str:
    """The value as a person would type it."""
    return str(field.value)
