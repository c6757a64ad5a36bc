"""Columns as a page draws them: revenue by month against goal, delivery by day. Geometry in shares of the width."""

import dataclasses
from collections.abc import Sequence
from decimal import Decimal

from makegood.documents.written.leadership import Month
from makegood.documents.written.report.document import Day
from makegood.interfaces.web import formats

HEIGHT = 130


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """Stacked parts (y, height, fill) in pixels, the goal's height, and what stands beside and below."""

    x: str
    width: str
    parts: tuple[tuple[str, str, str], ...]
    goal: str
    gap: tuple[str, str] | None
    name: str
    sum: str = ""
    difference: str = ""
    short: bool = False
    beside_y: str = ""


def months(rows: Sequence[Month], worst: int | None = None) -> list[Column]:
    """A column a month; the one at `worst` shows its gap as an empty box."""
    if not rows:
        return []
    sums = [sum(row.amounts, Decimal(0)) for row in rows]
    top = float(max([Decimal(1), *sums, *(row.goal for row in rows)])) * 1.08
    unit = 1_000_000 if top >= 1_000_000 else 1_000
    slot = 100 / len(rows)
    return [_month(row, total, top, unit, n * slot, slot, n == worst) for n, (row, total) in enumerate(zip(rows, sums, strict=True))]


def _month(row: Month, total: Decimal, top: float, unit: int, x: float, slot: float, worst: bool) -> Column:
    parts, level = [], float(HEIGHT)
    for number, amount in enumerate(row.amounts, 1):
        if amount > 0:
            high = float(amount) / top * HEIGHT
            level -= high
            parts.append((f"{level:.1f}", f"{max(0.5, high - 1):.1f}", f"f-seq-{number}"))
    goal = HEIGHT - float(row.goal) / top * HEIGHT
    places = 2 if unit == 1_000_000 else 1
    gap = (f"{goal + 2:.1f}", f"{level - goal - 4:.1f}") if worst and level - goal > 6 else None
    return Column(
        f"{x + slot * 0.04:.2f}%", f"{slot * 0.45:.2f}%", tuple(parts), f"{goal:.1f}", gap, row.name, formats.number(total / unit, places),
        formats.signed((total - row.goal) / unit, places), total < row.goal, f"{min(level + 12, HEIGHT - 20):.1f}",
    )  # fmt: skip


def days(rows: Sequence[Day]) -> tuple[list[Column], list[tuple[str, str]]]:
    """A column a day from the first to the last counted, and the scale's ticks (y, words)."""
    if not rows:
        return [], []
    first, length = rows[0].on, (rows[-1].on - rows[0].on).days + 1
    top = max(1, *(row.delivered for row in rows)) * 1.06
    slot = 100 / length
    found = [
        Column(
            f"{(row.on - first).days * slot:.3f}%", f"{slot * 0.8:.3f}%",
            ((f"{HEIGHT - row.delivered / top * HEIGHT:.1f}", f"{row.delivered / top * HEIGHT:.1f}", "f-bar"),), "", None,
            formats.day(row.on), formats.integer(row.delivered),
        )
        for row in rows
    ]  # fmt: skip
    size = 10.0 ** (len(str(int(top))) - 1)
    step = next(one * size for one in (0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 2.5, 5.0) if top / (one * size) <= 4.2)
    return found, [(f"{HEIGHT - n * step / top * HEIGHT:.1f}", formats.compact(n * step)) for n in range(1, int(top / step) + 1)]
