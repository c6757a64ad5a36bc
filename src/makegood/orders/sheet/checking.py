"""The whole sheet checked at once: rows read and priced, availability of all of them together, approvals, totals. Reads only."""

import copy
import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from makegood.core.errors import Invalid
from makegood.core.queries import seller
from makegood.orders import availability, needs, pricing
from makegood.orders.availability import Avails
from makegood.orders.models import Line, Order
from makegood.orders.sheet import answers, reading
from makegood.orders.sheet.catalogue import Catalogue
from makegood.orders.sheet.reading import Setting
from makegood.orders.sheet.rows import ERROR, WARNING, Checked, Problem, Read, Typed

MOST_ROWS = 2000


def check(order: Order, rows: Sequence[Typed], *, at: datetime.datetime) -> Checked:
    """Every row and cell answered; rows compete for the same inventory in their order. As many queries for one row as for all."""
    setting = setting_of(order, rows, at)
    found = read(rows, setting)
    lines = {row.number: line(order, row, setting) for row in found if row.priced}
    avails = availability.check(list(lines.values()), at=at, relax=True) if lines else {}
    shown = {number: avails[one.pk] for number, one in lines.items()}
    found = [row.having(*_short(shown[row.number])) if row.number in shown else row for row in found]
    return _checked(order, found, lines, shown, setting)


def few_enough(rows: Sequence[Typed]) -> Sequence[Typed]:
    """The rows, when a sheet holds as many. Raises Invalid."""
    if len(rows) > MOST_ROWS:
        raise Invalid(f"{len(rows):,} rows are more than a sheet holds.", place="rows", remedy=f"Send at most {MOST_ROWS:,}.")
    return rows


def setting_of(order: Order, rows: Sequence[Typed], at: datetime.datetime) -> Setting:
    """Catalogue, lines and habits for reading these rows."""
    lines = {one.pk: one for one in order.lines.exclude(status="cancelled").prefetch_related("flights")}
    return Setting.of(order, rows, Catalogue({one.product_id for one in lines.values()}), lines, at.date())


def read(rows: Sequence[Typed], setting: Setting) -> list[Read]:
    """The rows as understood, with what is wrong between them. Blank rows are read as nothing and never wrong."""
    found = [reading.read(row, number, setting) for number, row in enumerate((row for row in rows if not row.blank), 1)]
    between = _between(found)
    return [row.having(*between[row.number]) for row in found]


def line(order: Order, row: Read, setting: Setting) -> Line:
    """A line as the row would make it, never saved. Its id is that of the line it is of, so that what that has reserved counts
    for it and not against it; a new one has the row's number below zero."""
    kept = setting.lines.get(row.typed.line_id or 0)
    product = row.product
    assert product is not None
    priority = kept.priority if kept and kept.product_id == product.pk else "sponsorship" if product.exclusive else product.priority
    return Line(
        pk=kept.pk if kept else -row.number, number=row.number, order=order, product=product, name=row.name, start=row.start, end=row.end,  # type: ignore[misc]
        rate_type=row.rate_type, rate=row.rate, card_rate=row.card, quantity=row.quantity, unit=row.unit, amount=row.amount,
        targeting=dict(row.targeting), priority=priority, cap_count=row.cap[0] if row.cap else None, cap_hours=row.cap[1] if row.cap else None,
    )  # fmt: skip


def _checked(order: Order, found: Sequence[Read], lines: Mapping[int, Line], avails: Mapping[int, Avails], setting: Setting) -> Checked:
    gross, net = pricing.totals([one.amount for one in lines.values()], order.commission_pct, order.currency)
    would = copy.copy(order)
    would.gross, would.net = gross, net
    needed = needs.of(would, {one.pk: avails[number] for number, one in lines.items()}, seller(), list(lines.values())) if lines else []
    titles: dict[int, list[str]] = defaultdict(list)
    for need in needed:
        for number in need.facts.get("lines", ()):
            titles[int(number)].append(need.kind)
    made = [answers.answer(row, setting, avails.get(row.number), tuple(titles[row.number])) for row in found]
    value = sum((one.given for one in made if one.given is not None), Decimal(0))
    return Checked(tuple(made), gross, net, order.currency, value, tuple(need.title for need in needed))


def _short(found: Avails) -> Iterable[Problem]:
    if found.short and found.exclusive:
        yield Problem("taken", "avails", WARNING, f"{found.says}.", "Choose other days, or ask its owner.")
    elif found.short:
        yield Problem("short", "avails", WARNING, f"{found.says}.", "Relax it, or sell it over with an approval.")


def _between(found: Sequence[Read]) -> Mapping[int, list[Problem]]:
    """Rows that want the same exclusive days, and rows that are another's double."""
    problems: dict[int, list[Problem]] = defaultdict(list)
    seen: dict[object, int] = {}
    whole: list[tuple[Read, frozenset[int]]] = []
    for row in found:
        if not (row.product and row.start and row.end):
            continue
        same = (row.product.pk, row.start, row.end, row.quantity, row.rate, repr(sorted(row.targeting.items())), row.name, row.flighting)
        if same in seen:
            problems[row.number].append(Problem("double", "product", WARNING, f"it is the same as row {seen[same]}.", "Remove one, or keep both."))
        seen.setdefault(same, row.number)
        if row.product.exclusive:
            places = frozenset(place.pk for place in row.product.placements.all())
            before = next((one for one, theirs in whole if not places.isdisjoint(theirs) and one.start <= row.end and row.start <= one.end), None)  # type: ignore[operator]
            if before:
                text = f"row {before.number} has it from {before.start} to {before.end}, and it is sold to one at a time."
                problems[row.number].append(Problem("twice", "start", ERROR, text, "Choose other days."))
            whole.append((row, places))
    return problems
