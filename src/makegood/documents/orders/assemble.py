"""Leaves into an order document: manner of writing, tables, facts, lines, problems, in that order.

Knows neither files nor formats.
"""
import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from makegood.documents.orders import checks, confidence, doubts, kind, parts
from makegood.documents.orders.fields import choose, flight, gather, money, totals, typed, unlabelled
from makegood.documents.orders.leaf import Leaf
from makegood.documents.orders.learning import applying
from makegood.documents.orders.learning.applying import Effect
from makegood.documents.orders.learning.layout import Learnt
from makegood.documents.orders.messages import Field, OrderLine, Place, Problem
from makegood.documents.orders.table import beside, find, lines, together, unread
from makegood.documents.orders.values import dates, numbers

SURELY_AMERICAN = re.compile(r"\b[A-Z]{2},?\s+\d{5}(?:-\d{4})?\b|\(\d{3}\)\s?\d{3}-\d{4}"
                            r"|\b[KW][A-Z]{2,3}-(?:TV|DT|FM|AM|LD|CD)\b")  # state and zip code, telephone, call letters
SIGNED, FEWEST_SIGNED = re.compile(r"[$€£]\s?\d"), 3
AMERICAN = re.compile(r"\bInc\.?\b|\bLLC\b|\bUSD\b|US\$|(?<![A-Z])\$\s?\d")

NOTHING = Effect({}, ())


@dataclass(frozen=True, slots=True)
class Content:
    """What was read, before it is given a name and a hash; `raw` and `witness` are what its confidence was weighed from,

    `changed` what stood before a learnt layout put a field right, `misread` the problems seen while reading."""

    layout: str
    fields: dict[str, Field]
    lines: tuple[OrderLine, ...]
    problems: tuple[Problem, ...]
    extent: Place
    raw: tuple[dict[str, Field], tuple[OrderLine, ...]]
    witness: confidence.Witness
    changed: Mapping[str, Field | None]
    misread: tuple[Problem, ...]


def manner_of(text: str) -> typed.Manner:
    """How the whole text writes its dates and figures."""
    certain = SURELY_AMERICAN.search(text) is not None
    return typed.Manner(dates.habit(text, certain or AMERICAN.search(text) is not None, certain), numbers.habit(text),
                        len(SIGNED.findall(text)) >= FEWEST_SIGNED)


def content(leaves: tuple[Leaf, ...], learnt: Learnt | None = None) -> Content:
    """Everything the leaves say, with a learnt layout's columns and places where there is one for them."""
    if learnt is not None:
        leaves = applying.relabelled(leaves, learnt)
    leaves = beside.parted(leaves)
    text = "\n".join(leaf.text for leaf in leaves)
    manner = manner_of(text)
    tables, marked = find.tables(leaves, manner)
    found = gather.guesses(leaves, manner, marked.rows, marked.amounts)
    kept, another = parts.first(leaves, found)
    if another is not None:
        read_alone = content(kept, learnt)
        return dataclasses.replace(read_alone, problems=(*read_alone.problems, another), misread=(*read_alone.misread, another))
    for guess in totals.guesses(leaves, manner):
        found.setdefault(guess.name, []).append(guess)
    named = [guess.value for guess in found.get("gross_amount", []) + found.get("net_amount", [])
              if isinstance(guess.value, Decimal) and guess.value]
    taken = together.chosen(tables, named, leaves)
    read = lines.of(taken)
    total = together.total(taken)
    sums = [total] if len(taken) > 1 else [one.total for one in tables if one in taken or len(one.lines) > 1]
    if total and sum(len(table.lines) for table in taken) > 1:
        found.setdefault("gross_amount", []).extend(unlabelled.printed(leaves, total, marked.rows, manner))
    fields, unsaid = _facts(leaves, manner, found, sums, total, read, text)
    effect = applying.applied(leaves, learnt, fields, total, manner) if learnt else NOTHING
    before = {name: fields.get(name) for name in effect.fields}
    fields |= effect.fields
    broadcast = any(lines.is_broadcast(table) for table in taken)
    layout = "broadcast" if broadcast else "table" if read else "labels"
    misread = (*doubts.problems(fields, read, manner), *doubts.unconfirmed(unsaid), *effect.problems, *together.left_out(tables, taken, leaves),
               *unread.problems(taken, leaves, manner))
    whole = extent(leaves)
    witness = confidence.Witness(found, text, fields, total, days_of(read), manner.dates, any(leaf.recognised for leaf in leaves))
    weighed = confidence.weighed(ordered(fields), witness) | dict(effect.fields)
    return Content(layout, {name: weighed[name] for name in ordered(fields)}, confidence.weighed_lines(read, witness),
                   checks.problems(fields, read, broadcast, misread, whole), whole, (fields, read), witness,
                   before, misread)


def _facts(
    leaves: tuple[Leaf, ...], manner: typed.Manner, found: dict[str, list[gather.Guess]], sums: list[Decimal | None], total: Decimal | None,
    read: tuple[OrderLine, ...], text: str,
) -> tuple[dict[str, Field], dict[str, Field]]:  # fmt: skip
    """(every fact of the order, those among them that no label gave)."""
    fields = choose.plain_fields(found)
    fields |= money.fields(found, [one for one in sums if one is not None], total)
    fields |= flight.fields(found, *extremes(read))
    unsaid = guessed(leaves, manner, fields)
    fields |= unsaid
    if "station" not in fields and (called := unlabelled.station(leaves)) is not None:
        fields["station"] = called
    return fields | kind.fields(leaves, fields, text), unsaid


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


def extent(leaves: tuple[Leaf, ...]) -> Place:
    """All of the first sheet's cells in use, or the first page: where something was looked for that is nowhere."""
    chunks = [chunk for row in leaves[0].rows for chunk in row]
    if not chunks or chunks[0].place.page is not None:
        return Place(page=leaves[0].number)
    last = max((chunk.place.cell or "A1" for chunk in chunks), key=lambda cell: (len(cell.rstrip("0123456789")), cell.rstrip("0123456789")))
    return Place(sheet=leaves[0].sheet, cell=f"A1:{last.rstrip('0123456789')}{round(chunks[-1].top) + 1}")


def days_of(read: tuple[OrderLine, ...]) -> tuple[date | None, date | None]:
    """The lines' first and last day."""
    first, last = (field.value if field is not None and isinstance(field.value, date) else None for field in extremes(read))
    return first, last


def ordered(fields: dict[str, Field]) -> dict[str, Field]:
    """Fields in the order people ask for them."""
    first = ("document_type", "contract_number", "revision", "advertiser", "agency", "station", "product", "campaign",
             "estimate_number", "po_number", "alternate_number", "order_date", "flight_start", "flight_end", "billing_calendar", "currency",
             "gross_amount", "commission_rate", "commission_amount", "net_amount", "tax_amount")

    def names() -> Iterator[str]:
        yield from (name for name in first if name in fields)
        yield from (name for name in fields if name not in first)

    return {name: fields[name] for name in names()}
