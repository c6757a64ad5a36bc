"""From the state of a list to its rows: search, filters, order. Also says each filter in words."""

import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone

from makegood.interfaces.web import formats
from makegood.interfaces.web.components import FilterChip
from makegood.interfaces.web.grid.columns import CHOSEN, NUMBERS, RANGES, Column
from makegood.interfaces.web.grid.state import State

if TYPE_CHECKING:
    from makegood.core.models import Person


class NotUnderstood(ValueError):
    """A filter value the column cannot take."""


def rows(state: State) -> QuerySet[Any]:
    """The rows seen: scoped by the grid's query, searched, filtered; not yet ordered."""
    found = state.grid.rows(state.actor)
    for word in state.q.split():
        condition = Q()
        for path in state.grid.search:
            condition |= Q(**{f"{path}__icontains": word})
        found = found.filter(condition)
    for column, value in state.filters:
        try:
            found = found.filter(condition_of(column, value, state.actor))
        except NotUnderstood:
            continue  # the chip says so; a mistyped link shows the list, not an error
    return found


def ordered(state: State, found: QuerySet[Any]) -> QuerySet[Any]:
    """By group, then as sorted, then by age so that pages never overlap."""
    column, down = state.sort
    order: list[Any] = []
    if state.group and state.group.choices and not callable(state.group.choices):
        ranks = [
            When(**{state.group.path: value}, then=Value(rank)) for rank, (value, _) in enumerate(state.group.choices)
        ]
        order.append(Case(*ranks, default=Value(len(ranks))))
    elif state.group:
        order.append(state.group.path)
    if column:
        field = F(column.path)
        order.append(field.desc(nulls_last=True) if down else field.asc(nulls_last=True))
    return found.order_by(*order, "pk")


def condition_of(column: Column, value: str, actor: "Person") -> Q:
    """The query condition of one filter. Raises NotUnderstood."""
    if column.kind in RANGES:
        return _range(column, value)
    if column.kind in CHOSEN or column.choices:
        values = [str(actor.pk) if part == "me" else part for part in value.split(",")]
        wanted = Q(**{f"{column.path}__in": _known(column, [part for part in values if part != "none"])})
        return wanted | Q(**{f"{column.path}__isnull": True}) if "none" in values else wanted
    return Q(**{f"{column.path}__icontains": value})


def _known(column: Column, values: list[str]) -> list[Any]:
    if column.kind != "person":
        return values
    if not all(part.isascii() and part.isdigit() for part in values):
        raise NotUnderstood(values)
    return [int(part) for part in values]


def _range(column: Column, value: str) -> Q:
    low, _, high = value.partition("..") if ".." in value else (value, "", value)
    condition = Q()
    if low:
        condition &= Q(**{f"{column.path}__gte": _bound(column, low)})
    if high:
        upper = _bound(column, high, end=True)
        condition &= Q(**{f"{column.path}__lt" if column.kind in ("datetime", "due") else f"{column.path}__lte": upper})
    return condition


def _bound(column: Column, text: str, end: bool = False) -> Any:
    """One end of a range; days of a time column begin at midnight of the person looking."""
    try:
        if column.kind in NUMBERS:
            number = Decimal(text)
            if not number.is_finite():
                raise NotUnderstood(text)
            return number / 100 if column.kind == "percent" else number
        day = _day(text)
        if column.kind == "date":
            return day
        return timezone.make_aware(
            datetime.datetime.combine(day + datetime.timedelta(days=int(end)), datetime.time.min)
        )
    except (ValueError, InvalidOperation) as error:
        raise NotUnderstood(text) from error


def _day(text: str) -> datetime.date:
    """An ISO date, or today and so many days from it: today, today+7."""
    if text.startswith("today"):
        return timezone.localdate() + datetime.timedelta(days=int(text.removeprefix("today") or 0))
    return datetime.date.fromisoformat(text)


def chips(state: State) -> list[FilterChip]:
    """The filters in force, each with its cross."""
    return [
        FilterChip(f"{column.label}: {words(state, column, value)}", remove_url=state.without(column))
        for column, value in state.filters
    ]


def words(state: State, column: Column, value: str) -> str:
    """A filter's value as a person says it."""
    try:
        condition_of(column, value, state.actor)
        if column.kind in RANGES:
            low, _, high = value.partition("..") if ".." in value else (value, "", value)
            shown = [_said(column, part) for part in (low, high)]
            if low == high:
                return shown[0]
            return f"from {shown[0]}" if not high else f"to {shown[1]}" if not low else f"{shown[0]} to {shown[1]}"
    except NotUnderstood:
        return f"“{value}” not understood"
    names = {str(code): str(label) for code, label in state.options(column)} | {"me": "me", "none": "nobody"}
    return ", ".join(names.get(part, part) for part in value.split(","))


def _said(column: Column, text: str) -> str:
    if not text:
        return ""
    if column.kind in NUMBERS:
        return formats.number(text, 2 if "." in text else 0) + (" %" if column.kind == "percent" else "")
    return text if text.startswith("today") else formats.day(_day(text))
