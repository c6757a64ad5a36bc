"""Leaves into an order document: manner of writing, tables, facts, lines, problems, in that order.

Knows neither files nor formats.
"""
import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from makegood.documents.orders import checks, doubts, kind, parts
from makegood.documents.orders.fields import choose, flight, gather, money, totals, typed, unlabelled
from makegood.documents.orders.leaf import Leaf
from makegood.documents.orders.messages import Field, OrderLine, Problem
from makegood.documents.orders.table import find, lines
from makegood.documents.orders.values import dates, numbers

SURELY_AMERICAN = re.compile(r"\b[A-Z]{2},?\s+\d{5}(?:-\d{4})?\b|\(\d{3}\)\s?\d{3}-\d{4}"
                            r"|\b[KW][A-Z]{2,3}-(?:TV|DT|FM|AM|LD|CD)\b")  # state and zip code, telephone, call letters
SIGNED, FEWEST_SIGNED = re.compile(r"[$€£]\s?\d"), 3
AMERICAN = re.compile(r"\bInc\.?\b|\bLLC\b|\bUSD\b|US\$|(?<![A-Z])\$\s?\d")


@dataclass(frozen=True, slots=True)
class Content:
    """What was read, before it is given a name and a hash."""

    layout: str
    fields: dict[str, Field]
    lines: tuple[OrderLine, ...]
    problems: tuple[Problem, ...]


def content(leaves: tuple[Leaf, ...]) -> Content:
    """Everything the leaves say."""
    text = "\n".join(leaf.text for leaf in leaves)
    certain = SURELY_AMERICAN.search(text) is not None
    manner = typed.Manner(dates.habit(text, certain or AMERICAN.search(text) is not None, certain), numbers.habit(text),
                          len(SIGNED.findall(text)) >= FEWEST_SIGNED)
    tables, marked = find.tables(leaves, manner)
    found = gather.guesses(leaves, manner, marked.rows, marked.amounts)
    kept, another = parts.first(leaves, found)
    if another is not None:
        read_alone = content(kept)
        return dataclasses.replace(read_alone, problems=(*read_alone.problems, another))
    for guess in totals.guesses(leaves, manner):
        found.setdefault(guess.name, []).append(guess)
    named = [guess.value for guess in found.get("gross_amount", []) + found.get("net_amount", [])
              if isinstance(guess.value, Decimal) and guess.value]
    table = find.chosen(tables, named)
    read = lines.of(table) if table else ()
    sums = [total for other in tables if (total := other.total) is not None and (other is table or len(other.lines) > 1)]
    if table is not None and table.total and len(table.lines) > 1:
        found.setdefault("gross_amount", []).extend(unlabelled.printed(leaves, table.total, marked.rows, manner))
    fields = choose.plain_fields(found)
    fields |= money.fields(found, sums, table.total if table else None)
    fields |= flight.fields(found, *extremes(read))
    unsaid = guessed(leaves, manner, fields)
    fields |= unsaid
    fields |= kind.fields(leaves, fields, text)
    broadcast = table is not None and lines.is_broadcast(table)
    layout = "broadcast" if broadcast else "table" if read else "labels"
    misread = (*doubts.problems(fields, read, manner), *doubts.unconfirmed(unsaid))
    return Content(layout, ordered(fields), read, checks.problems(fields, read, broadcast, misread))


def guessed(leaves: tuple[Leaf, ...], manner: typed.Manner, fields: dict[str, Field]) -> dict[str, Field]:
    """What no label gave, by its form alone."""
    found = {} if {"flight_start", "flight_end"} & set(fields) else unlabelled.flight(leaves, manner)
    for name, field in (("gross_amount", None if "gross_amount" in fields else unlabelled.gross(leaves, manner)),
                        ("advertiser", None if "advertiser" in fields else unlabelled.advertiser(leaves))):
        if field is not None:
            found[name] = field
    return found


def extremes(read: tuple[OrderLine, ...]) -> tuple[Field | None, Field | None]:
    """The earliest start and the latest end among the lines."""
    starts = [line.fields["start"] for line in read if isinstance(line.value("start"), date)]
    ends = [line.fields["end"] for line in read if isinstance(line.value("end"), date)]
    return (min(starts, key=lambda field: str(field.value), default=None),
            max(ends or starts, key=lambda field: str(field.value), default=None))


def ordered(fields: dict[str, Field]) -> dict[str, Field]:
    """Fields in the order people ask for them."""
    first = ("document_type", "contract_number", "revision", "advertiser", "agency", "station", "product", "campaign",
             "estimate_number", "po_number", "alternate_number", "order_date", "flight_start", "flight_end", "billing_calendar", "currency",
             "gross_amount", "commission_rate", "commission_amount", "net_amount", "tax_amount")

    def names() -> Iterator[str]:
        yield from (name for name in first if name in fields)
        yield from (name for name in fields if name not in first)

    return {name: fields[name] for name in names()}
