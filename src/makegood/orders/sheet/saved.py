"""The sheet of an order as it stands: a row for each line, in the texts the sheet keeps. Reads only."""

from collections.abc import Iterable

from makegood.engine.periods import Period
from makegood.orders import pricing
from makegood.orders.models import Line, LineDetail, Order
from makegood.orders.sheet import flights, targets, values
from makegood.orders.sheet.catalogue import Catalogue
from makegood.orders.sheet.rows import Typed
from makegood.orders.sheet.values import Habits, Unreadable

PLAIN = Habits.of((), (), american=True, year=2000)  # canonical texts read the same whatever the habits


def rows(order: Order) -> list[Typed]:
    """The rows of the order's lines by number: two queries and the catalogue's."""
    lines = list(order.lines.exclude(status="cancelled").select_related("detail").prefetch_related("flights").order_by("number"))
    return of(lines, Catalogue({one.product_id for one in lines}), order.currency)


def of(lines: Iterable[Line], known: Catalogue, currency: str) -> list[Typed]:
    """The rows of lines with their flights and details fetched."""
    return [_row(line, known, currency) for line in lines]


def detail(line: Line) -> LineDetail | None:
    """What the builder keeps of a line beside its terms, when it does."""
    return getattr(line, "detail", None)


def _row(line: Line, known: Catalogue, currency: str) -> Typed:
    kept = detail(line)
    added = bool(kept and kept.added_value and not line.amount)
    usual = pricing.amount(line.rate, line.rate_type, line.quantity, currency)
    cells = {
        "product": known.label(known.by_id[line.product_id]), "name": line.name, "start": line.start.isoformat(), "end": line.end.isoformat(),
        "flighting": _flighting(line, kept.flighting if kept else ""), "quantity": str(line.quantity), "rate_type": line.rate_type,
        "rate": "" if added else values.written(line.rate), "discount": "", "gross": "" if added or line.amount == usual else values.written(line.amount),
        "targeting": targets.written(line.targeting), "cap": values.cap_text((line.cap_count, line.cap_hours) if line.cap_count and line.cap_hours else None),
        "added": "yes" if added else "", "notes": kept.notes if kept else "",
    }  # fmt: skip
    return Typed(f"l{line.pk}", line.pk, cells, kept.dismissed if kept else {}, kept.package if kept else "")


def _flighting(line: Line, words: str) -> str:
    """The words kept while they mean the flights there are; else the flights themselves."""
    found = tuple((one.start, one.end, one.goal) for one in line.flights.all())
    try:
        if flights.slices(words, line.quantity, Period(line.start, line.end), PLAIN) == found:
            return words
    except Unreadable:
        pass
    return flights.spelt(found)
