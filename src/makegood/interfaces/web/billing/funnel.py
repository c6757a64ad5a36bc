"""The panel of an invoice: how a line's figure came about, and the same bill under other terms. Values only."""

import dataclasses
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from makegood.billing import computing
from makegood.billing.models import InvoiceLine
from makegood.billing.queries.invoices import InvoiceView
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats
from makegood.interfaces.web.components import geometry

MOST_LINES = 4


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """One row of the funnel with its hanging bar."""

    label: str
    figure: str
    total: bool
    bar: geometry.Bar


def context(view: InvoiceView, number: int) -> dict[str, Any]:
    """What the panel's template places for line `number`."""
    chosen = next((one for one in view.lines if one.number == number), None)
    rows, start = _alternates(view)
    return {
        "chosen": chosen, "number": number, "steps": _steps(chosen) if chosen else [], "formula": _formula(chosen, view) if chosen else [],
        "note": _note(chosen, view) if chosen else "", "alternates": rows, "alternates_start": formats.integer(start) if start else "",
        "differing": _differing(view),
    }  # fmt: skip


def how(line: InvoiceLine) -> str:
    """Why the billable figure is what it is, in two words."""
    if line.explanation.get("corrects"):
        return "counted since"
    base = line.counted if line.third_party is None else line.third_party
    if base is None or line.billable == base:
        return "as counted" if base is not None else "as contracted"
    return "capped" if line.billable < base else "caught up"


def words(line: InvoiceLine, inputs: dict[str, Any]) -> str:
    """Property and whose counts are billed."""
    data = computing.terms_of(inputs, line.line_id)
    source = {"third_party": "third party" if line.third_party is not None else "our counts", "delivered": "our counts"}.get(data["source"], "as contracted")
    return f"{line.line.product.property.name}, {source if data['counts_impressions'] else 'as contracted'}"


def _steps(line: InvoiceLine) -> list[Step]:
    steps = line.explanation.get("steps", [])
    if not steps:
        return []
    spans: list[tuple[int, int]] = []
    level = 0
    for step in steps:
        before, level = (0, step["units"]) if step["total"] else (level, level + step["units"])
        spans.append((before, level))
    top = max(max(span) for span in spans) or 1
    changes = [max(span) - min(span) for span, step in zip(spans, steps, strict=True) if not step["total"]]
    low = max(0, min([top, *(max(span[1], 0) for span in spans)]) - 2 * max(changes, default=top))

    def at(value: int) -> float:
        return max(0.0, (value - low) / ((top - low) or 1))

    ours = next((n for n, step in enumerate(steps) if step["label"] == "Ours, net"), 0)
    return [
        Step(
            step["label"], formats.integer(step["units"]) if step["total"] else formats.signed(step["units"]), step["total"],
            geometry.bar(at(min(span)), max(at(max(span)), at(min(span)) + 0.012), f"f-{_fill(step, n <= ours)}"),
        )
        for n, (step, span) in enumerate(zip(steps, spans, strict=True))
    ]  # fmt: skip


def _fill(step: dict[str, Any], filtered: bool) -> str:
    if step["total"]:
        return "bar"
    if filtered:
        return "risk"
    return "watch" if step["label"].startswith("third party") else "bar-2" if step["units"] < 0 else "ok"


def _formula(line: InvoiceLine, view: InvoiceView) -> list[c.Term]:
    """billable ÷ 1,000 × rate = amount; for a round sum, the share of it."""
    code, revision = view.invoice.currency, view.invoice.inputs["revision"]
    result = c.Term("=", "this line", formats.money(line.amount, code))
    per = 1000 if line.rate_type == "CPM" else 1
    if abs(line.rate * line.billable / per - line.amount) <= Decimal("0.01"):
        op = "÷ 1,000 ×" if per == 1000 else "×"
        return [c.Term("", "billable", formats.integer(line.billable)), c.Term(op, f"gross {line.rate_type}, rev {revision}", formats.money(line.rate, code)), result]
    data = computing.terms_of(view.invoice.inputs, line.line_id)
    return [
        c.Term("", "billable", formats.integer(line.billable)), c.Term("÷", "sold", formats.integer(data["quantity"])),
        c.Term("×", f"gross, rev {revision}", formats.money(Decimal(data["amount"]), code)), result,
    ]  # fmt: skip


def _note(line: InvoiceLine, view: InvoiceView) -> str:
    """The sentence of the arithmetic, and how far the third party is off."""
    said = str(line.explanation.get("sentence", ""))
    said = f"{said[:1].upper()}{said[1:]}." if said else ""
    if line.third_party is None or not line.counted:
        return said
    share = Decimal(line.third_party - line.counted) / line.counted
    tolerance = view.invoice.order.tolerance_pct
    inside = "inside" if abs(share) * 100 <= tolerance else "outside"
    return f"Third party differs from ours by {formats.percent(share)}, {inside} the {tolerance.normalize():f} % tolerance. {said}"


def _alternates(view: InvoiceView) -> tuple[list[dict[str, Any]], Decimal]:
    rows = view.alternates
    sums = [row["gross"] for row in rows]
    low, top = min(sums), max(sums)
    start = Decimal(0)
    if low > top * Decimal("0.6") and top > low:
        grain = Decimal(5) * 10 ** (len(str(int(top - low))) - 1)
        start = max(Decimal(0), (low - (top - low) / 2) // grain * grain)
    span = float(top - start) or 1.0
    return [
        row | {"width": geometry.percent(max(0.01, float(row["gross"] - start) / span)), "fill": "f-brand" if row["signed"] else "f-bar-2"} for row in rows
    ], start


def _differing(view: InvoiceView) -> dict[str, Any]:
    """A table: per other bill the difference of each line; with many lines, those that differ most."""
    lines: Sequence[InvoiceLine] = [one for one in view.lines if not one.explanation.get("corrects")]  # those come to the same under any
    if len(lines) > MOST_LINES:
        weight = {one.line_id: sum(abs(row["differences"].get(one.line_id, 0)) for row in view.differing) for one in lines}
        lines = sorted(sorted(lines, key=lambda one: -weight[one.line_id])[:MOST_LINES], key=lambda one: one.number)
    zero = Decimal("0.00")
    rows = [(row["name"], [row["differences"].get(one.line_id, zero) for one in lines]) for row in view.differing]
    return {"heads": [f"Line {one.number}" for one in lines], "rows": rows}
