"""Saving the order builder's sheet: the difference between draft and sheet, whole or not at all."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from makegood.core import permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.orders.actions import building_lines, drafting, revising
from makegood.orders.models import Order
from makegood.orders.sheet import checking, merging, saved
from makegood.orders.sheet.merging import Cells, Conflict
from makegood.orders.sheet.rows import ERROR, Read, Typed


class Conflicting(Refused):
    """Others changed the same cells since the sheet was opened; `conflicts` has both values of each."""

    def __init__(self, order: Order, conflicts: Sequence[Conflict]) -> None:
        cells = f"{len(conflicts)} cells were" if len(conflicts) > 1 else "1 cell was"
        super().__init__(f"{cells} changed here and by somebody else.", place=str(order), remedy="Choose one value for each; nothing is lost.")
        self.conflicts = tuple(conflicts)


class Faulty(Invalid):
    """Rows with errors; the check names each."""

    def __init__(self, order: Order, rows: Sequence[Read]) -> None:
        first = next(one for one in rows[0].problems if one.severity == ERROR)
        more = f", and {len(rows) - 1} more rows have errors" if len(rows) > 1 else ""
        super().__init__(f"row {rows[0].number}: {first.message}{more}", place=first.column, remedy=first.remedy or "Put it right; nothing was saved.")


@verbs.whole
def save(
    order: Order, rows: Sequence[Typed], opened: Mapping[int, Cells], *, by: Person | None, at: datetime.datetime
) -> dict[str, Any]:  # fmt: skip
    """Make the order's lines what the sheet says. `opened` are the cells of each line when the sheet was opened.

    Returns what was done: {"added", "changed", "removed", "lines": {row key: line id}, "revision", "gross", "net"}.
    Raises Conflicting, Faulty, Invalid, or Refused from booking on; then nothing is changed.
    """
    permissions.check(by, "orders.draft", order)
    checking.few_enough(rows)
    revising.lock(order)
    theirs = {row.line_id: row for row in saved.rows(order) if row.line_id}
    merged = merging.merge([row for row in rows if not row.blank], opened, theirs)
    if merged.conflicts:
        raise Conflicting(order, merged.conflicts)
    setting = checking.setting_of(order, merged.rows, at)
    found = checking.read(merged.rows, setting)
    if faulty := [row for row in found if not row.whole]:
        raise Faulty(order, faulty)
    changes = building_lines.changes(order, found, merged.removed, setting, by=by, at=at)
    if changes.any:
        revising.reopen(order, by=by, at=at, why="the sheet was saved")
        changes.write(by=by, at=at)
        drafting.retotal(order, by=by, at=at)
    return {
        "added": len(changes.added), "changed": len(changes.edited), "removed": len(changes.removed), "revision": order.revision,
        "lines": {row.typed.key: line.pk for row, line in changes.pairs}, "gross": f"{order.gross:.2f}", "net": f"{order.net:.2f}",
    }  # fmt: skip
