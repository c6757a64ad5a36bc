"""Availability as pages show it: the sum as bars or explained, ways to get there, and the lines of a draft with theirs."""

import dataclasses

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from makegood.engine.avails import Relaxation
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats
from makegood.interfaces.web.orders import campaign
from makegood.interfaces.web.permitted import permitted
from makegood.orders import availability
from makegood.orders.availability import Avails
from makegood.orders.models import Line

SHOWN = 5  # ways to get there


@dataclasses.dataclass(frozen=True)
class Row:
    """A line with its answer: state, words, css of the cell, how it was computed, ways to get there."""

    line: Line
    found: Avails
    answer: tuple[str, str, str]
    explain: c.Explanation | None
    ways: c.Explanation | None


@require_safe
@permitted("orders.see")
def lines(request: HttpRequest, order_id: int) -> HttpResponse:
    """Whether the lines of a draft are there, a part of its page; earlier lines count against later ones."""
    order = campaign.visible(request, order_id)
    rows = list(order.lines.exclude(status="cancelled").select_related("product", "order__advertiser").prefetch_related("flights", "product__placements"))
    found = availability.check(rows, at=timezone.now(), relax=True)
    return render(request, "orders/avails.html", {"rows": [_row(line, found[line.pk]) for line in rows]})


def _row(line: Line, found: Avails) -> Row:
    return Row(line, found, said(found), explained(found), ways_explained(found))


def said(found: Avails) -> tuple[str, str, str]:
    """(state, words, css of the cell)."""
    if found.short:
        return "watch", found.says if found.exclusive else formats.integer(found.available), "warn"
    if not found.limited or not found.known:
        return "", found.says, ""
    return "ok", found.says if found.exclusive else formats.integer(found.available), ""


def summed(found: Avails) -> c.HangingSum | None:
    """matched − reserved − held − caps = available, as bars; None where nothing limits or nothing is known."""
    if not found.limited or not found.known:
        return None
    less = [("reserved", found.reserved, "bar"), ("held", found.held, "hatch-watch"), ("caps", found.caps, "bar")]
    return c.HangingSum(("matched", found.matched), less, "available")


def explained(found: Avails) -> c.Explanation | None:
    """The same sum as an explanation."""
    if summed(found) is None:
        return None
    terms = [("", "matched", found.matched), ("−", "reserved", found.reserved), ("−", "held", found.held), ("−", "caps", found.caps),
             ("=", f"available, {found.unit}", found.available)]  # fmt: skip
    return c.Explanation("What is left in these days", [c.Term(op, label, formats.integer(units)) for op, label, units in terms], found.says)


def ways(found: Avails) -> list[tuple[Relaxation, str]]:
    """The best ways to get there, the one that gains most first, each with the length of its bar."""
    best = max((way.gain for way in found.relaxations), default=0)
    return [(way, f"{way.gain / best * 100:.1f}%") for way in found.relaxations[:SHOWN]]


def ways_explained(found: Avails) -> c.Explanation | None:
    """All ways to get there; None when there are none."""
    if not found.relaxations:
        return None
    terms = [c.Term(f"{n}", way.change[:1].upper() + way.change[1:], formats.signed(way.gain)) for n, way in enumerate(found.relaxations, 1)]
    return c.Explanation("Ways to get there", terms, "Each alone, solved again with this one thing changed.")
