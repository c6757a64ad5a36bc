"""The builder's sheet as JSON: what the browser sends, and what it is answered. Shapes only."""

import functools
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, RawPostDataException

from makegood.core.errors import Invalid, Refused
from makegood.engine import currencies
from makegood.interfaces.web import formats
from makegood.interfaces.web.orders import avails as shown_avails
from makegood.orders.sheet import values
from makegood.orders.sheet.columns import TYPED
from makegood.orders.sheet.offering import Offered
from makegood.orders.sheet.rows import Answer, Checked, Problem, Typed

LONGEST = 20_000  # characters in a cell
View = Callable[..., HttpResponse]
Sheet = tuple[list[Typed], dict[int, dict[str, str]], dict[str, Any]]


OPEN_IN = ("draft", "pending", "approved", "signed")  # from booking on lines change by a change order


def sheet(request: HttpRequest) -> Sheet:
    """(rows, cells of each line as the sheet was opened, everything sent). Raises Invalid where it is no sheet."""
    if request.content_type != "application/json":
        raise Invalid("this is no sheet.", place="rows", remedy="Send it as application/json.")
    try:
        sent = json.loads(request.body)
        rows = [_row(one) for one in sent["rows"]]
        opened = {int(pk): _cells(cells) for pk, cells in sent.get("opened", {}).items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, RawPostDataException) as error:  # the last: a form, read as one
        raise Invalid("this is no sheet.", place="rows", remedy="Send rows of texts by column.") from error
    keys = {row.key for row in rows}
    if len(keys) != len(rows) or len({row.line_id for row in rows if row.line_id}) != sum(bool(row.line_id) for row in rows):
        raise Invalid("a row is there twice.", place="rows", remedy="Give each row a key of its own, and each line one row.")
    return rows, opened, sent


def typed(row: Typed) -> dict[str, Any]:
    """A row as the browser keeps it."""
    return {"key": row.key, "line": row.line_id, "cells": dict(row.cells), "dismissed": {key: dict(one) for key, one in row.dismissed.items()}, "package": row.package}


def checked(found: Checked) -> dict[str, Any]:
    """The answer to a whole sheet."""
    money = {name: formats.money(value, found.currency) for name, value in (("gross", found.gross), ("net", found.net), ("added", found.added_value))}
    totals = {**money, "currency": found.currency, "rows": len(found.answers), "errors": found.errors, "warnings": found.warnings, "needs": list(found.needs)}
    return {"rows": {one.read.typed.key: _answer(one) for one in found.answers}, "totals": totals}


def _answer(one: Answer) -> dict[str, Any]:
    found = one.avails
    state, words, _ = shown_avails.said(found) if found else ("", "", "")
    return {
        "n": one.read.number, "cells": dict(one.cells), "problems": [_problem(one, problem) for problem in one.read.problems], "approvals": list(one.approvals), "given": "" if one.given is None else values.written(one.given),
        "avails": {"state": state, "text": f"{words} of {formats.integer(found.wanted)}" if found and found.short and not found.exclusive else words, "ways": _ways(one)},
    }  # fmt: skip


def offer(one: Offered, currency: str) -> dict[str, str]:
    """A product or package of the list under a product cell, in words."""
    if one.code:
        price = f"{formats.money(one.rate or 0, currency)}, {one.items} line{'' if one.items == 1 else 's'}"
        short = one.free is not None and one.free < one.items
        words = f"{one.free} of {one.items} are there" if short else "all of it is there"
        return {"label": one.label, "code": one.code, "about": one.place, "rate": price, "avails": words, "state": "watch" if short else "ok"}
    rate = f"{formats.money(one.rate, currency)} {one.rate_type}" if one.rate is not None else f"no {currency} rate"
    words = "" if one.free is None else f"{formats.compact(one.free)} {one.unit} free" if one.free else "nothing is free"
    return {"label": one.label, "code": "", "about": one.place, "rate": rate, "avails": words, "state": "" if one.free is None else "ok" if one.free else "watch"}


def _ways(one: Answer) -> list[str]:
    """The two changes that gain most, in words."""
    return [f"{way.change.capitalize()} adds {formats.integer(way.gain)}" for way in one.avails.relaxations[:2]] if one.avails and one.avails.short else []


def _problem(one: Answer, problem: Problem) -> dict[str, str]:
    return {
        "key": problem.key, "column": problem.column, "severity": problem.severity, "message": problem.message, "remedy": problem.remedy, "instead": problem.instead,
        "dismissed": one.dismissed(problem),
    }  # fmt: skip


def _row(sent: Mapping[str, Any]) -> Typed:
    line, dismissed = sent.get("line"), sent.get("dismissed") or {}
    if not isinstance(sent["key"], str) or not sent["key"] or isinstance(line, bool) or not (line is None or (isinstance(line, int) and 0 < line < 1 << 63)):
        raise ValueError("a row needs a key, and a line is a number")
    reasons = {str(key): {"reason": str(one["reason"])[:300], "message": str(one["message"])[:500]} for key, one in dismissed.items()}
    return Typed(sent["key"][:64], line, _cells(sent["cells"]), reasons, str(sent.get("package") or "")[:50])


def _cells(sent: Mapping[str, Any]) -> dict[str, str]:
    if not all(isinstance(text, str) and len(text) <= LONGEST and "\0" not in text for text in sent.values()):
        raise ValueError("cells are texts")
    return {column: str(text) for column, text in sent.items() if column in TYPED}


def answering(view: View) -> View:
    """A refusal as JSON with its own status, for the script that asked."""

    @functools.wraps(view)
    def answered(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *given, **named)
        except Refused as error:  # said in the sheet, where it was asked; nothing has changed
            conflicts = [vars(one) for one in getattr(error, "conflicts", ())]
            return JsonResponse({"message": error.message, "place": error.place, "remedy": error.remedy, "conflicts": conflicts}, status=error.status)

    return answered


def places(currency: str) -> int:
    """Decimals of an amount in the currency."""
    return currencies.MINOR_UNITS.get(currency, 2)
