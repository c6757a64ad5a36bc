"""What lines an imported document would make: each with product wording, dates, rate, quantity and gross amount.

Pure: fields in, planned lines out. What cannot be planned is a problem with its place.
"""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from makegood.catalog.wording import Wanted, wanted
from makegood.documents.orders.messages import Field, OrderLine, Problem, Severity
from makegood.engine.money import Money, minor
from makegood.orders import pricing

COUNTED = frozenset({"CPM", "CPC", "CPV"})
SUMMARY = 0  # the number of the one line that stands for all when the document's lines are not taken


@dataclasses.dataclass(frozen=True)
class Planned:
    """One line to be. `amount` is gross."""

    number: int
    name: str
    wanted: Wanted
    start: datetime.date
    end: datetime.date
    rate_type: str
    rate: Decimal
    quantity: int
    unit: str
    amount: Decimal


def plan(fields: Mapping[str, Field], lines: Sequence[OrderLine], currency: str, *, summary: bool) -> tuple[list[Planned], list[Problem]]:
    """The lines an order would get, grossed up where the document prices them net. `summary` takes one line for all."""
    if summary or not lines:
        return _summary(fields)
    planned, problems = [], []
    for line in _free_ones_free(lines, _money(fields.get("gross_amount")), minor(currency)):
        missing = _missing(line, fields)
        if missing:
            problems.append(missing)
        elif _amount(line, currency) or _quantity(line):
            planned.append(_planned(line, fields, currency))
    return _grossed(planned, fields, currency), problems


def _free_ones_free(lines: Sequence[OrderLine], gross: Decimal | None, least: Decimal) -> Sequence[OrderLine]:
    """Where the amounts given already make the gross, lines without an amount cost nothing (bonus spots)."""
    given = [line.value("amount") for line in lines]
    total = sum((one for one in given if isinstance(one, Decimal)), Decimal(0))
    if gross is None or None not in given or abs(total - gross) > least * len(lines):
        return lines
    nothing = {"amount": Field("amount", Decimal(0), "", None, 0.8), "rate": Field("rate", Decimal(0), "", None, 0.8)}
    return [line if line.value("amount") is not None else OrderLine(line.number, line.fields | nothing) for line in lines]


def _planned(line: OrderLine, fields: Mapping[str, Field], currency: str) -> Planned:
    amount, quantity = _amount(line, currency), _quantity(line) or 1  # money without a whole count is one unit
    rate_type = str(line.value("rate_type") or ("flat" if quantity == 1 else "unit"))
    rate = line.value("rate")
    cent = minor(currency)
    if not isinstance(rate, Decimal) or pricing.rate_for_amount(amount, rate_type, quantity).quantize(cent) != rate.quantize(cent):
        rate = pricing.rate_for_amount(amount, rate_type, quantity)
    name = str(line.value("placement") or line.value("site") or f"Line {line.number}")
    length = line.value("length_s")
    asked = wanted(
        name, size=_text(line, "size"), length_s=int(length) if isinstance(length, (int, Decimal)) and length else None,
        rate_type=rate_type, format=_text(line, "format"), place=_text(line, "site"),
    )  # fmt: skip
    return Planned(
        line.number, name[:160], asked, _day(line.fields.get("start")) or _day(fields.get("flight_start")),  # type: ignore[arg-type]
        _day(line.fields.get("end")) or _day(line.fields.get("start")) or _day(fields.get("flight_end")),  # type: ignore[arg-type]
        rate_type, rate, quantity, _text(line, "unit")[:12] or pricing.UNITS.get(rate_type, "units"), amount,
    )  # fmt: skip


def _missing(line: OrderLine, fields: Mapping[str, Field]) -> Problem | None:
    """The first thing without which a line cannot be."""
    for name, fallback in (("start", "flight_start"), ("end", "flight_end")):
        if not _day(line.fields.get(name)) and (name in line.fields or not _day(fields.get(fallback))):
            place = line.fields[name].place if name in line.fields else _somewhere(line)
            return Problem(Severity.ERROR, "line_date", f"line {line.number} has no {name} date", "type it in", place, line.number, name)
    if line.value("amount") is None and line.value("rate") is None:
        return Problem(Severity.ERROR, "line_money", f"line {line.number} has no amount", "type it in", _somewhere(line), line.number, "amount")
    if line.value("rate_type") in COUNTED and line.value("quantity") is None:
        return _no_units(line)
    return None


def _no_units(line: OrderLine) -> Problem:
    """A line priced by the thousand, click or view that does not say how many; its money says about how many."""
    rate, amount = line.value("rate"), line.value("amount")
    per = 1000 if line.value("rate_type") == "CPM" else 1
    about = str(round(amount * per / rate)) if isinstance(rate, Decimal) and isinstance(amount, Decimal) and rate else None
    return Problem(Severity.ERROR, "line_units", f"line {line.number} does not say how many units", "type them in", _somewhere(line), line.number, "quantity", about)


def _summary(fields: Mapping[str, Field]) -> tuple[list[Planned], list[Problem]]:
    gross, start, end = fields.get("gross_amount"), _day(fields.get("flight_start")), _day(fields.get("flight_end"))
    if gross is None or not isinstance(gross.value, Decimal) or start is None or end is None:
        return [], []  # each is reported as missing where it is missing
    named = fields.get("campaign") or fields.get("product") or fields.get("advertiser")
    name = f"{named.value if named else 'Campaign'}, as in the document"[:160]
    return [Planned(SUMMARY, name, wanted(name, rate_type="flat"), start, end, "flat", gross.value, 1, "flat", gross.value)], []


def _grossed(planned: list[Planned], fields: Mapping[str, Field], currency: str) -> list[Planned]:
    """Lines priced net (they sum to the net, not the gross) in gross: the gross divided in their proportion, to the minor unit."""
    gross, net = (_money(fields.get(name)) for name in ("gross_amount", "net_amount"))
    total = sum((line.amount for line in planned), Decimal(0))
    slack = minor(currency) * max(len(planned), 1)
    if gross is None or net is None or abs(total - net) > slack or abs(total - gross) <= slack or not total:
        return planned
    parts = Money(gross, currency).split([line.amount for line in planned])
    return [
        dataclasses.replace(line, amount=part.amount, rate=pricing.rate_for_amount(part.amount, line.rate_type, line.quantity))
        for line, part in zip(planned, parts, strict=True)
    ]


def _amount(line: OrderLine, currency: str) -> Decimal:
    given, rate, quantity = line.value("amount"), line.value("rate"), line.value("quantity")
    if isinstance(given, Decimal):
        return Money(given, currency).rounded().amount
    if not isinstance(rate, Decimal):
        return Decimal(0)
    per = Decimal(1000) if line.value("rate_type") == "CPM" else Decimal(1)
    return Money(rate * Decimal(quantity if isinstance(quantity, int) else 1) / per, currency).rounded().amount


def _quantity(line: OrderLine) -> int:
    """Units sold. Weekly spots are multiplied out by the amount; a line without a count is one flat unit."""
    given, rate, amount = line.value("quantity"), line.value("rate"), line.value("amount")
    per_unit = line.value("rate_type") in ("spot", "unit")
    if isinstance(rate, Decimal) and rate and isinstance(amount, Decimal) and per_unit and amount % rate == 0 and amount:
        return int(amount / rate)
    if isinstance(given, (int, Decimal)):
        return int(given)
    return 1 if amount else 0


def _day(field: Field | None) -> datetime.date | None:
    return field.value if field is not None and isinstance(field.value, datetime.date) else None


def _money(field: Field | None) -> Decimal | None:
    return field.value if field is not None and isinstance(field.value, Decimal) else None


def _text(line: OrderLine, name: str) -> str:
    value = line.value(name)
    return value if isinstance(value, str) else ""


def _somewhere(line: OrderLine):  # noqa: ANN202 - a Place or None
    return next((field.place for field in line.fields.values() if field.place), None)
