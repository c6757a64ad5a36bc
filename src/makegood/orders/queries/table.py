"""The difference of two revisions as rows of a table, for pages and files."""

import dataclasses
from decimal import Decimal

from makegood.orders.changes.differences import Difference
from makegood.orders.queries.revisions import RevisionDiff
from makegood.orders.queries.wording import worded


@dataclasses.dataclass(frozen=True)
class Row:
    """One field that differs; the first row of a line carries what the line moved in money."""

    where: str
    what: str
    before: str
    after: str
    delta: Decimal | None = None


def rows(found: RevisionDiff) -> list[Row]:
    """The terms, then line by line; the money of all rows sums to the gross."""
    made = [_row(Difference(None, "", name, was, now)) for name, was, now in found.terms]
    parts: list[tuple[int, list[Row]]] = []
    for line, came in [*((one, True) for one in found.added), *((one, False) for one in found.cut)]:
        amount = Decimal(line["amount"])
        one = Difference(line["number"], line["name"], "line", None if came else line, line if came else None)
        parts.append((line["number"], [_row(one, amount if came else -amount, "added" if came else "cut")]))
    for changed in found.changed:
        whole = [Difference(changed.number, changed.name, name, was, now) for name, was, now in changed.changes]
        parts.append((changed.number, [_row(one, changed.delta if not number else None) for number, one in enumerate(whole)]))
    return made + [row for _, some in sorted(parts, key=lambda part: part[0]) for row in some]


def _row(one: Difference, delta: Decimal | None = None, what: str = "") -> Row:
    place, before, after = worded(one)
    if one.line is None:
        return Row(place, "", before, after, delta or None)
    where, _, field = place.rpartition(", ") if not what else (place, "", what)
    return Row(where, field, before, after, delta or None)
