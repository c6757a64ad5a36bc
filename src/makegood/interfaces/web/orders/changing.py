"""The page of a change order: what is changed and how on the left, what it comes to on the right. Reads, and begins one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from makegood.core.errors import Refused
from makegood.core.models import Person
from makegood.engine import targeting
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links, toasts
from makegood.interfaces.web.orders import asked, campaign, change_forms, change_shown, change_targeting
from makegood.interfaces.web.permitted import permitted
from makegood.orders import queries as orders
from makegood.orders.actions import changing
from makegood.orders.changes import when
from makegood.orders.models import ChangeOrder
from makegood.orders.queries import aims
from makegood.work import queries as work
from makegood.workflows import changing as workflow


@require_POST
@permitted("orders.change")
def begin(request: HttpRequest, order_id: int) -> HttpResponse:
    """The order's open change, begun when there is none. A draft is changed in the sheet: it leads there and says so."""
    order = campaign.visible(request, order_id)
    actor: Any = request.user
    edited = when.against(order.status)
    if order.status == "draft" and edited:
        toasts.add(request, f"{edited.message.capitalize()} {edited.remedy}")
        return HttpResponseRedirect(f"{links.record(order)}build/", status=303)
    change = orders.open_change(actor, order) or changing.begin(order, by=actor, at=timezone.now())
    line = request.POST.get("line", "")
    return HttpResponseRedirect(links.record(change) + (f"?line={line}" if line.isdecimal() else ""), status=303)


@require_safe
@permitted("orders.change")
def change(request: HttpRequest, change_id: int) -> HttpResponse:
    """The page; `?line=` opens the forms of a line, `?line=add` those of a new one, `?line=terms` the order's."""
    return page(request, change_id)


@require_safe
@permitted("orders.change")
def preview(request: HttpRequest, change_id: int) -> HttpResponse:
    """What it comes to, a part of the page."""
    found = found_or_404(request, change_id)
    seen = workflow.preview(request.user, found.pk, at=timezone.now())  # type: ignore[arg-type]
    return render(request, "orders/change_preview.html", change_shown.preview(request.user, seen))  # type: ignore[arg-type]


@require_POST
@permitted("orders.change")
def reach(request: HttpRequest, change_id: int) -> HttpResponse:
    """Whom the line reaches as it is and as the form has it, a part of the page."""
    change, at = found_or_404(request, change_id), timezone.now()
    line = next((one for one in changing.wanted(change)["lines"] if str(one["number"]) == request.POST.get("line")), None)
    if line is None:
        raise Http404("There is no such line.")
    try:
        wanted, refused = change_targeting.posted(request.POST), None
    except Refused as error:  # said beside the form while it is filled in
        wanted, refused = line["targeting"], error
    before = targeting.to_json(targeting.from_json(line["targeting"]))
    was, now = (aims.reach(change.order, line, aim, at=at) for aim in (before, wanted))
    return render(request, "orders/reach.html", {"was": was if wanted != before else None, "reached": now, "refused": refused})


def found_or_404(request: HttpRequest, change_id: int) -> ChangeOrder:
    """The change order as far as this person may see it."""
    try:
        return orders.change_list(request.user).get(pk=change_id)  # type: ignore[arg-type]
    except ChangeOrder.DoesNotExist as error:
        raise Http404("There is no such change.") from error


def page(request: HttpRequest, change_id: int, *, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    """The whole page; `refused` is what was just said no to."""
    actor: Person = request.user  # type: ignore[assignment]
    at, found = timezone.now(), found_or_404(request, change_id)
    ran = workflow.progress_of(found.order, at)
    seen = orders.change_view(actor, change_id, ran)
    chosen = request.POST.get("line") or request.GET.get("line", "")
    waiting = work.approval_list(actor).filter(subject_type="orders.changeorder", subject_id=found.pk, status="pending").prefetch_related("makers")
    crumbs = [c.Crumb("Orders", links.page("orders")), c.Crumb(found.order.name, links.record(found.order)), c.Crumb(f"Change {found.number}")]
    context = {
        "area": "orders", "crumbs": crumbs, "order": found.order, "change": found, "seen": seen, "refused": refused, "chosen": chosen,
        "lines": change_shown.lines(seen), "terms": change_shown.terms(seen), "forms": change_forms.of(actor, seen, chosen, ran),
        "pausable": when.against(found.order.status, "delivery.pause") is None, "running": change_shown.running(seen), "collecting": found.status == "collecting" and found.kind == ChangeOrder.Kind.CHANGE,
        "asked": [asked.Asked.of(one, actor, at) for one in waiting],
        "signed": {mark.side: mark.name for mark in found.revision.signatures.all()} if found.revision else {},
    }  # fmt: skip
    return render(request, "orders/change.html", context, status=status)
