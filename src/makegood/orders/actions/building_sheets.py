"""Saving the order builder's sheet: the difference between draft and sheet, whole or not at all, once however often it is sent."""

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from makegood.core import permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.orders.actions import building_lines, drafting, revising
from makegood.orders.models import Order, SheetSave
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
    order: Order, rows: Sequence[Typed], opened: Mapping[int, Cells], *, key: str, by: Person | None, at: datetime.datetime
) -> dict[str, Any]:
    """Make the order's lines what the sheet says. `opened` are the cells of each line when the sheet was opened.

    Returns what was done: {"added", "changed", "removed", "lines": {row key: line id}, "revision", "gross", "net"}; the same
    key again returns the same. Raises Conflicting, Faulty, Invalid, or Refused from booking on; then nothing is changed.
    """
    permissions.check(by, "orders.draft", order)
    if not key or len(key) > 64:
        raise Invalid("a save needs a key of its own.", place="key", remedy="Send 1 to 64 characters.")
    sent = _sha256(checking.few_enough(rows), opened)
    revising.lock(order)
    before = SheetSave.objects.filter(order=order, key=key).first()
    if before:
        if before.sha256 != sent:
            raise Invalid("that key has saved another sheet.", place="key", remedy="Use a new key for each save.")
        return dict(before.reply)
    reply = _saved(order, rows, opened, by, at)
    SheetSave.objects.create(order=order, key=key, sha256=sent, reply=reply, by=by, at=at)
    return reply


def _saved(order: Order, rows: Sequence[Typed], opened: Mapping[int, Cells], by: Person | None, at: datetime.datetime) -> dict[str, Any]:
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


def _sha256(rows: Sequence[Typed], opened: Mapping[int, Cells]) -> str:
    plain = [[row.key, row.line_id, dict(row.cells), {key: dict(one) for key, one in row.dismissed.items()}, row.package] for row in rows]
    text = json.dumps([plain, {str(pk): dict(cells) for pk, cells in opened.items()}], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
