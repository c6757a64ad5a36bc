"""A scan whose text another machine put under its picture, read a second time from the picture where the first reading leaves a doubt.

Asked only where the recogniser is installed; what both readings do not agree on wants to be looked at.
"""
import dataclasses
import pathlib
from collections.abc import Iterator

from makegood.documents.orders import assemble, checks, confidence
from makegood.documents.orders.checks import completeness
from makegood.documents.orders.fields import choose
from makegood.documents.orders.learning.layout import Learnt
from makegood.documents.orders.messages import Field, Problem, Severity
from makegood.documents.orders.pdf import document

LIKELY = 0.5  # that a value only the second reading found is taken


def look(path: pathlib.Path, found: assemble.Content, layout: Learnt | None) -> tuple[assemble.Content, int]:
    """What was read, with its doubtful facts put beside a second reading of its first and last page, and how many pages that took."""
    if not doubted(found):
        return found, 0
    again = document.pictured(path)
    return (agreed(found, assemble.content(again, layout)), len(again)) if again else (found, 0)


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


def differing(taken: Field, left: Field) -> Iterator[Problem]:
    """The warning that the two readings do not agree on a fact an order cannot do without."""
    if taken.name in completeness.NEEDED:
        yield Problem(Severity.WARNING, "two_readings", f"the scan was read twice, as {taken.text!r} and as {left.text!r}", "compare it with the page",
                      taken.place, None, taken.name, plain(left))


def plain(field: Field) -> str:
    """The value as a person would type it."""
    return str(field.value)
