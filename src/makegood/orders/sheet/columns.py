"""The columns of the sheet as data: heading, what else a workbook may call it, kind, whether people type in it."""

import dataclasses
import functools

from makegood.catalog.wording import plain


@dataclasses.dataclass(frozen=True)
class Column:
    """One column. `kind` says how its cells are read and shown; `typed` is false where only we write."""

    key: str
    label: str
    kind: str = "text"
    typed: bool = True
    width: int = 100
    also: tuple[str, ...] = ()


COLUMNS = (
    Column("number", "Line", "number", False, 46, ("#", "no", "nr", "line no", "line number")),
    Column("product", "Product", "product", width=178, also=("placement", "item", "package", "site")),
    Column("name", "Name", width=124, also=("line name", "description", "campaign line")),
    Column("start", "Start", "date", width=108, also=("start date", "from", "first day", "flight start")),
    Column("end", "End", "date", width=108, also=("end date", "to", "until", "last day", "flight end")),
    Column("flighting", "Flighting", "flighting", width=112, also=("flights", "phasing")),
    Column("quantity", "Quantity", "number", width=104, also=("units", "impressions", "imps", "booked", "volume", "goal")),
    Column("unit", "Unit", typed=False, width=106),
    Column("rate_type", "Per", "choice", width=60, also=("rate type", "cost type", "pricing", "cost method", "buy type")),
    Column("rate", "Rate", "number", width=92, also=("net rate", "cpm", "price", "cost per", "unit price", "unit cost")),
    Column("card", "Card", "number", False, 92, ("card rate", "rate card")),
    Column("discount", "Discount %", "number", width=86, also=("discount", "off", "rebate")),
    Column("floor", "Floor", "number", False, 92, ("floor rate",)),
    Column("gross", "Gross", "number", width=104, also=("amount", "cost", "total", "total cost", "budget", "gross amount")),
    Column("avails", "Avails", typed=False, width=230),
    Column("approval", "Approval needed", typed=False, width=200),
    Column("targeting", "Targeting", width=190, also=("target", "targets")),
    Column("cap", "Cap", width=104, also=("frequency cap", "fcap", "frequency")),
    Column("added", "Added value", "choice", width=104, also=("bonus", "value added", "added-value")),
    Column("notes", "Notes", width=190, also=("note", "comment", "comments", "remarks")),
    Column("problems", "Problems", typed=False, width=300),
)
TYPED = tuple(column.key for column in COLUMNS if column.typed)
RATE_TYPES = ("CPM", "CPC", "CPV", "day", "flat", "spot", "unit")


@functools.cache
def headings() -> dict[str, str]:
    """{heading as compared: column} of every name a workbook may use."""
    found = {plain(column.label): column.key for column in COLUMNS}
    return found | {plain(name): column.key for column in reversed(COLUMNS) for name in (column.key, *column.also)}
