"""A row's answer in words: the canonical text of every cell. Text only; what it says was found by the check."""

from decimal import Decimal

from makegood.orders import pricing
from makegood.orders.availability import Avails
from makegood.orders.sheet import targets, values
from makegood.orders.sheet.reading import Setting
from makegood.orders.sheet.rows import Answer, Read

APPROVALS = {"discount": "Discount", "floor": "Below floor", "off_card": "Off the card", "overbooking": "Over-booking"}


def answer(row: Read, setting: Setting, avails: Avails | None, approvals: tuple[str, ...]) -> Answer:
    """The row with its cells as they are kept."""
    discount = pricing.discount_pct(row.rate, row.card, setting.order.currency) if row.rate is not None and row.card else None
    cells = dict(row.typed.cells) | _cells(row, setting, discount)
    given = pricing.amount(row.card, row.rate_type, row.quantity or 0, setting.order.currency) if row.added and row.card is not None and row.priced else None
    return Answer(row, cells, discount, avails, tuple(APPROVALS.get(kind, kind.replace("_", " ").capitalize()) for kind in approvals), given)


def _cells(row: Read, setting: Setting, discount: Decimal | None) -> dict[str, str]:
    """Texts of what was understood; a cell that was not keeps what is typed."""
    unread = {one.column for one in row.problems if one.code in ("unreadable", "unknown")}
    line = setting.lines.get(row.typed.line_id or 0)
    found = {
        "number": str(line.number) if line else "", "product": setting.catalogue.label(row.product) if row.product else None, "name": row.name,
        "start": row.start and row.start.isoformat(), "end": row.end and row.end.isoformat(), "flighting": row.flighting,
        "quantity": None if row.quantity is None else str(row.quantity), "unit": row.unit, "rate_type": row.rate_type, "rate": _figure(row.rate),
        "card": _figure(row.card) or "", "discount": "" if discount is None else values.written(discount.quantize(Decimal("0.01"))), "floor": _figure(row.floor) or "",
        "gross": _figure(row.amount), "targeting": targets.written(row.targeting), "cap": values.cap_text(row.cap), "added": "yes" if row.added else "", "notes": row.notes,
    }  # fmt: skip
    return {column: text for column, text in found.items() if text is not None and column not in unread}


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else values.written(value)
