"""What an order cannot do without, currencies that do not exist, and lines that stand twice.

Reads fields and lines only.
"""
from collections.abc import Iterator, Mapping

from makegood.documents.orders.messages import Field, OrderLine, Problem, Severity
from makegood.engine import currencies

NEEDED = {"advertiser": "the advertiser", "contract_number": "the order or contract number", "flight_start": "the first day",
          "flight_end": "the last day", "gross_amount": "the total"}
IDENTITY = ("line_number", "placement", "site", "format", "size", "start", "end", "daypart", "days", "quantity", "rate", "amount")


def problems(fields: Mapping[str, Field], lines: tuple[OrderLine, ...], broadcast: bool) -> Iterator[Problem]:
    """Missing facts, unknown currency, no lines, duplicate lines."""
    for name, words in NEEDED.items():
        if name not in fields:
            severity = Severity.ERROR if name in {"advertiser", "flight_start", "flight_end"} else Severity.WARNING
            yield Problem(severity, "missing", f"{words} was not found", "type it in", field=name)
    currency = fields.get("currency")
    if currency is not None and currency.value not in currencies.MINOR_UNITS:
        yield Problem(Severity.ERROR, "unknown_currency", f"{currency.text!r} is no ISO 4217 currency",
                      "give the currency as a code such as USD or EUR", currency.place, field="currency")
    if not lines:
        yield Problem(Severity.ERROR, "no_lines", "no table of lines was found",
                      "add the lines by hand or ask for the order as a spreadsheet")
    if not broadcast:
        yield from duplicates(lines)


def duplicates(lines: tuple[OrderLine, ...]) -> Iterator[Problem]:
    """Lines alike in everything that tells lines apart. Broadcast orders repeat lines rightly and are not asked."""
    seen: dict[tuple[object, ...], int] = {}
    for line in lines:
        key = tuple(line.value(name) for name in IDENTITY)
        first = seen.setdefault(key, line.number)
        if first != line.number:
            place = next((field.place for field in line.fields.values() if field.place), None)
            yield Problem(Severity.WARNING, "duplicate_line", f"line {line.number} says the same as line {first}",
                          "remove one of them or tell them apart", place, line.number)
