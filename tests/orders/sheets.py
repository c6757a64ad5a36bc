"""Sheets for tests: rows as typed from short facts, saved as the page saves them."""

import itertools

from makegood.orders.actions import building_sheets
from makegood.orders.sheet import saved
from makegood.orders.sheet.rows import Typed
from tests.factories import orders
from tests.factories.accounts import NOW

KEYS = itertools.count(1)
CELLS = {"product": "Run of site", "start": orders.START.isoformat(), "end": orders.END.isoformat(), "quantity": "100,000"}


def typed(line_id=None, /, **cells) -> Typed:
    """A new row of run of site over two weeks, with `cells` instead."""
    return Typed(f"r{next(KEYS)}", line_id, CELLS | {name: str(text) for name, text in cells.items()})


def opened(order) -> tuple[list[Typed], dict]:
    """The sheet as a page opens it: its rows, and the cells each line had."""
    rows = saved.rows(order)
    return rows, {row.line_id: row.cells for row in rows}


def save(order, rows, was=None, *, by) -> dict:
    """Saved from the sheet as it stands unless `was` says otherwise."""
    return building_sheets.save(order, rows, opened(order)[1] if was is None else was, by=by, at=NOW)
