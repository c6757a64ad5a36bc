"""A line of a plan: its reasons in the panel, and what a person changes in its cells."""

import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from makegood.core import permissions
from makegood.core.errors import Invalid
from makegood.interfaces.web import links
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.plans import page, shown
from makegood.sales.actions import plans
from makegood.sales.models import Plan, PlanLine
from makegood.workflows.planning import making


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("sales.see")
def line(request: HttpRequest, plan_id: int, plan_line_id: int) -> HttpResponse:
    """GET: its reasons. POST: what of units, amount and days differs is changed; the answer is the mix with the effect."""
    found = _line(request, plan_id, plan_line_id)
    if request.method == "POST":
        permissions.check(request.user, "sales.plan", found)  # type: ignore[arg-type]
        _change(found, request)
        return _answer(request, plan_id, plan_line_id)
    if not getattr(request, "htmx", False):
        return HttpResponseRedirect(f"{links.page('plans')}{plan_id}/?line={plan_line_id}")
    return render(request, "plans/reasons.html", {"reason": shown.reasons(found)})


@require_POST
@permitted("sales.plan")
def lock(request: HttpRequest, plan_id: int, plan_line_id: int) -> HttpResponse:
    """Keep it when solving again, or let it go."""
    found = _line(request, plan_id, plan_line_id)
    plans.lock(found, not found.locked, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return _answer(request, plan_id, plan_line_id)


@require_POST
@permitted("sales.plan")
def take_out(request: HttpRequest, plan_id: int, plan_line_id: int) -> HttpResponse:
    """Remove it."""
    plans.take_out(_line(request, plan_id, plan_line_id), by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return _answer(request, plan_id, None)


def _change(found: PlanLine, request: HttpRequest) -> None:
    """The first cell that differs from the line is the one that was edited."""
    at, by = timezone.now(), request.user
    start, end = (_day(request.POST.get(name), getattr(found, name), name) for name in ("start", "end"))
    units, amount = _number(request.POST.get("units"), "units"), _number(request.POST.get("amount"), "amount")
    if (start, end) != (found.start, found.end):
        making.redate(found, start, end, by=by, at=at)  # type: ignore[arg-type]
    elif units is not None and units != found.units:
        plans.edit(found, units=int(units), by=by, at=at)  # type: ignore[arg-type]
    elif amount is not None and amount != found.amount:
        plans.edit(found, amount=amount, by=by, at=at)  # type: ignore[arg-type]


def _answer(request: HttpRequest, plan_id: int, plan_line_id: int | None) -> HttpResponse:
    if not getattr(request, "htmx", False):
        return HttpResponseRedirect(f"{links.page('plans')}{plan_id}/" + (f"?line={plan_line_id}" if plan_line_id else ""), status=303)
    found: Plan = page.plan_of(request, plan_id)
    context: dict[str, Any] = page.context(request, found, str(plan_line_id or ""))
    return render(request, "plans/mix.html", context | {"partial": True})


def _line(request: HttpRequest, plan_id: int, plan_line_id: int) -> PlanLine:
    found = page.plan_of(request, plan_id)
    one = next((one for one in found.lines.all() if one.pk == plan_line_id), None)
    if one is None:
        raise Http404("There is no such line.")
    one.plan = found
    return one


def _number(text: str | None, place: str) -> Decimal | None:
    if text is None or not text.strip():
        return None
    try:
        found = Decimal(text.replace(",", "").replace(" ", ""))
    except InvalidOperation as wrong:
        raise Invalid(f"{text!r} is no number.", place=place, remedy="Write it like 1,250,000.") from wrong
    if not found.is_finite():
        raise Invalid(f"{text!r} is no number.", place=place, remedy="Write it like 1,250,000.")
    return found


def _day(text: str | None, otherwise: datetime.date, place: str) -> datetime.date:
    if not text:
        return otherwise
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as wrong:
        raise Invalid(f"{text!r} is no day.", place=place, remedy="Write it like 2026-12-24.") from wrong
