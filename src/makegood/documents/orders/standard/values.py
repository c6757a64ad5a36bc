"""A standard's JSON into fields and lines by its paths, with an error at the path of every value of a wrong kind."""
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from makegood.documents.orders import checks
from makegood.documents.orders.confidence import model
from makegood.documents.orders.messages import Field, OrderLine, Place, Problem, Severity, Value
from makegood.documents.orders.standard.shapes import Paths, Shape

WHOLE = Place(cell="$")
MONEY, COUNTS, DAYS = {"gross_amount", "amount", "rate"}, {"quantity"}, {"flight_start", "flight_end", "order_date", "start", "end"}
RATE_TYPES = {"cpm": "CPM", "cpmv": "CPM", "vcpm": "CPM", "cpc": "CPC", "cpv": "CPV", "cpcv": "CPV", "cpd": "unit", "flatrate": "flat", "flat_rate": "flat", "flat": "flat", "fixed": "flat"}
STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
WANTED = {"money": "a number like 1234.50", "count": "a whole number", "day": "a date like 2026-11-30", "text": "a text"}


@dataclass(frozen=True, slots=True)
class Read:
    """What the document says."""

    fields: dict[str, Field]
    lines: tuple[OrderLine, ...]
    problems: tuple[Problem, ...]
    extent: Place = WHOLE


def read(whole: Mapping[str, Any], shape: Shape) -> Read:
    """The document by the standard's paths, checked as any order is."""
    wrong: list[Problem] = []
    fields = taken(whole, shape.facts, "", shape, wrong, None)
    place, listed = next(((name, found) for name in shape.lines if isinstance(found := at(whole, name), list)), (shape.lines[0], []))
    lines = tuple(line(one, f"{place}[{index}]", index + 1, shape, wrong) for index, one in enumerate(listed))
    fields["document_type"] = Field("document_type", "order", shape.name, WHOLE, model.MOST)
    wrong += currencies(fields, lines)
    return Read(fields, lines, checks.problems(fields, lines, False, tuple(wrong), WHOLE))


def line(raw: object, where: str, number: int, shape: Shape, wrong: list[Problem]) -> OrderLine:
    """One line; without a model a price for impressions is by the thousand, any other is for the whole."""
    if not isinstance(raw, dict):
        wrong.append(problem(where, raw, "an object", number, None))
        return OrderLine(number, {})
    fields = taken(raw, shape.columns, f"{where}.", shape, wrong, number)
    said = fields.get("rate_type")
    kind = RATE_TYPES.get(str(said.value).casefold()) if said else "CPM" if "quantity" in fields else "flat"
    if said is not None and kind is None:
        wrong.append(problem(str(said.place), said.value, f"one of {', '.join(sorted(RATE_TYPES))}", number, "rate_type"))
    if kind == "flat" and "quantity" not in fields and "amount" in fields:
        fields["quantity"] = Field("quantity", 1, "", fields["amount"].place, model.MOST)
    fields["rate_type"] = Field("rate_type", kind, said.text if said else "", said.place if said else None, model.MOST)
    fields["unit"] = Field("unit", {"CPM": "impressions", "CPC": "clicks", "CPV": "views"}.get(kind or "", "units"), "", None, model.MOST)
    return OrderLine(number, fields)


def taken(raw: Mapping[str, Any], paths: Paths, before: str, shape: Shape, wrong: list[Problem], number: int | None) -> dict[str, Field]:
    """Each fact from the first of its paths that is filled."""
    found: dict[str, Field] = {}
    for name, options in paths.items():
        for option in options:
            value = at(raw, option)
            if value is None or value == "" or isinstance(value, (dict, list)):
                continue
            kind = "money" if name in MONEY else "count" if name in COUNTS else "day" if name in DAYS else "text"
            typed = valued(value, kind, shape.half_open and name in {"flight_end", "end"})
            if typed is None:
                wrong.append(problem(before + option, value, WANTED[kind], number, name))
            else:
                found[name] = Field(name, typed, str(value), Place(cell=before + option), model.MOST)
            break
    return found


def valued(value: object, kind: str, last: bool) -> Value:
    """The value as its kind, None where it is of another; `last` takes an end at midnight as the day before."""
    if kind == "day":
        return day(value, last)
    if kind == "text":
        return str(value).strip()[:200] if isinstance(value, (str, int, Decimal)) and not isinstance(value, bool) else None
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    if not number.is_finite() or number < 0:
        return None
    if kind == "money":
        return number
    return int(number) if number == number.to_integral_value() else None


def day(value: object, last: bool) -> date | None:
    """The day of an ISO date or time of day; times are kept in their own zone."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    midnight = len(value) > len("2026-11-30") and moment.time() == time()
    return moment.date() - timedelta(days=1) if last and midnight else moment.date()


def at(raw: object, path: str) -> Any:
    """What stands at a path, whatever the case of its keys; None where nothing does."""
    for key, index in STEP.findall(path):
        if key and isinstance(raw, dict):
            raw = raw.get(key, next((value for name, value in raw.items() if str(name).casefold() == key), None))
        elif index and isinstance(raw, list) and int(index) < len(raw):
            raw = raw[int(index)]
        else:
            return None
    return raw


def currencies(fields: Mapping[str, Field], lines: Sequence[OrderLine]) -> Iterator[Problem]:
    """An error for each line in another currency than the order's."""
    order = fields.get("currency")
    for one in lines:
        own = one.fields.get("currency")
        if order is not None and own is not None and str(own.value).upper() != str(order.value).upper():
            yield Problem(Severity.ERROR, "line_currency", f"line {one.number} is in {own.value}, the order in {order.value}", "give all lines in the order's currency",
                          own.place, one.number, "currency", str(order.value))


def problem(path: str, value: object, wanted: str, number: int | None, name: str | None) -> Problem:
    """A value of a wrong kind at its path."""
    return Problem(Severity.ERROR, "unread_cell", f"{path}: {str(value)[:60]!r} is not {wanted}", f"write {wanted}", Place(cell=path), number, name)


def leaves(raw: object, path: str = "", deep: int = 40) -> Iterator[tuple[str, object]]:
    """(path, value) of everything that is no object or list."""
    if deep and isinstance(raw, dict):
        for key, value in raw.items():
            yield from leaves(value, f"{path}.{key}" if path else str(key), deep - 1)
    elif deep and isinstance(raw, list):
        for index, value in enumerate(raw):
            yield from leaves(value, f"{path}[{index}]", deep - 1)
    else:
        yield path, raw
