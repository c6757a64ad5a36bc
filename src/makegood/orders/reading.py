"""A read document out of its stored JSON, with a person's fixes applied. Pure: no record is touched."""

import dataclasses
import datetime
import functools
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from makegood.core.errors import Invalid
from makegood.documents.orders import assemble, lexicon
from makegood.documents.orders.messages import Field, OrderLine, Place, Problem, Severity, Value

FIXED = "a person"


@functools.cache
def kinds() -> dict[str, str]:
    """{field name: kind of its value} as the reader knows them."""
    found = {meaning.name: meaning.kind for meanings in lexicon.columns().values() for meaning in meanings}
    return found | {meaning.name: meaning.kind for meanings in lexicon.labels().values() for meaning in meanings}


def value_of(name: str, text: object) -> Value:
    """The typed value of a field from text. Raises Invalid with what would be right."""
    kind = kinds().get(name, "text")
    if text is None or text == "":
        return None
    try:
        if kind == "date":
            return datetime.date.fromisoformat(str(text))
        if kind in ("money", "percent"):
            return _decimal(text)
        if kind in ("count", "length", "ordinal"):
            number = _decimal(text)
            return int(number) if number == number.to_integral_value() else number
    except (ValueError, InvalidOperation):
        wanted = {"date": "a date like 2026-11-30"}.get(kind, "a number like 1234.50")
        raise Invalid(f"“{text}” is not {wanted}.", place=name, remedy=f"Write {wanted}.") from None
    return str(text)


def fields(document: Mapping[str, Any], fixes: Mapping[str, Any]) -> dict[str, Field]:
    """The document's fields in the order people ask for them, those fixed with the person's value and full confidence."""
    found = {name: _field(raw) for name, raw in document["fields"].items()}
    return assemble.ordered(_fixed(found, {key.split(":", 1)[1]: value for key, value in fixes.items() if key.startswith("field:")}))


def lines(document: Mapping[str, Any], fixes: Mapping[str, Any]) -> tuple[OrderLine, ...]:
    """The document's lines with fixes ('line:3:end'); a line fixed to {"removed": true} is left out."""
    found = []
    for raw in document["lines"]:
        number = raw["number"]
        if fixes.get(f"line:{number}"):
            continue
        own = {key.split(":", 2)[2]: value for key, value in fixes.items() if key.startswith(f"line:{number}:")}
        found.append(OrderLine(number, _fixed({name: _field(one) for name, one in raw["fields"].items()}, own)))
    return tuple(found)


def with_days(found: dict[str, Field], read: Sequence[OrderLine]) -> dict[str, Field]:
    """The first and last day as the lines say them, where the document itself does not: a line put right gives the flight its day."""
    days = {
        "flight_start": min((line.fields["start"] for line in read if line.value("start")), key=lambda day: day.value, default=None),  # type: ignore[type-var,arg-type,return-value]
        "flight_end": max((line.fields["end"] for line in read if line.value("end")), key=lambda day: day.value, default=None),  # type: ignore[type-var,arg-type,return-value]
    }
    return found | {name: dataclasses.replace(day, name=name) for name, day in days.items() if day and (name not in found or found[name].value is None)}


def problems(document: Mapping[str, Any]) -> tuple[Problem, ...]:
    """The problems seen when it was read."""
    return tuple(
        Problem(
            Severity(raw["severity"]), raw["code"], raw["message"], raw["remedy"], place(raw["place"]), raw["line"], raw["field"],
            raw["suggestion"],
        )
        for raw in document["problems"]
    )


def place_of(problem: Problem) -> str:
    """Where a fix of this problem goes: 'field:gross_amount', 'line:3:end', 'line:3' or 'document'."""
    if problem.line is not None:
        return f"line:{problem.line}:{problem.field}" if problem.field else f"line:{problem.line}"
    return f"field:{problem.field}" if problem.field else "document"


def _fixed(found: dict[str, Field], fixes: Mapping[str, Any]) -> dict[str, Field]:
    for name, text in fixes.items():
        place = found[name].place if name in found else None
        found[name] = Field(name, value_of(name, text), FIXED, place, 1.0)
    return {name: field for name, field in found.items() if field.value is not None or field.text != FIXED}


def _field(raw: Mapping[str, Any]) -> Field:
    return Field(raw["name"], value_of(raw["name"], raw["value"]), raw["text"], place(raw["place"]), raw["confidence"], tuple(raw.get("why", ())))


def place(raw: Mapping[str, Any] | None) -> Place | None:
    """A stored place."""
    if raw is None:
        return None
    box = raw.get("box")
    return Place(raw.get("sheet"), raw.get("cell"), raw.get("page"), tuple(box) if box else None, raw.get("page_width"), raw.get("page_height"))


def _decimal(text: object) -> Decimal:
    return Decimal(str(text).strip().replace(",", ""))
