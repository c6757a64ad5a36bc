"""The reviewer's page of an order: everything that speaks for or against it, and the decision beside it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from makegood.accounts import credit as credit_states
from makegood.core import permissions
from makegood.core.errors import Refused
from makegood.insight import review as insight
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links, toasts
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.orders import campaign, reviewed
from makegood.interfaces.web.permitted import permitted
from makegood.orders.actions import terms
from makegood.orders.models import Order
from makegood.work import queries as work
from makegood.workflows.ordering import deciding

OUTCOMES = {"approved": ("approved", "Approved."), "rejected": ("rejected", "Sent back."), "conditions": ("approved", "Approved with conditions.")}


@require_safe
@permitted("work.approvals.review")
def review(request: HttpRequest, order_id: int) -> HttpResponse:
    """The whole page."""
    return page(request, order_id)


@require_POST
@permitted("work.approvals.decide")
def decide(request: HttpRequest, order_id: int, approval_id: int) -> HttpResponse:
    """Approve, approve with conditions, or send back; what is refused is said on the page."""
    order, actor, at = campaign.visible(request, order_id), _actor(request), timezone.now()
    asked = work.approval_list(actor).filter(subject_type="orders.order", subject_id=order.pk, pk=approval_id).first()
    outcome, said = OUTCOMES.get(request.POST.get("outcome", ""), ("", ""))
    if asked is None:
        raise Http404("There is no such approval.")
    conditions = request.POST.get("conditions", "")[:2000] if request.POST.get("outcome") == "conditions" else ""
    try:
        if request.POST.get("outcome") == "conditions" and not conditions.strip():
            raise Refused("no condition is given.", place="conditions", remedy="Say what has to be met.")
        deciding.decide(asked, outcome, by=actor, at=at, reason=request.POST.get("reason", "")[:500], conditions=conditions)
    except Refused as error:  # shown where it was decided; the action has rolled back
        return page(request, order_id, refused=error, status=error.status)
    toasts.add(request, f"{said} {asked.title}")
    return SeeOther(links.part("review", order_id))


@require_POST
@permitted("orders.draft")
def receive(request: HttpRequest, order_id: int) -> HttpResponse:
    """The client's terms as a file, or `ours` with who agreed to our paper."""
    order, actor, at = campaign.visible(request, order_id), _actor(request), timezone.now()
    try:
        sent = request.FILES.get("file")
        if request.POST.get("ours"):
            terms.ours(order, why=request.POST.get("why", ""), by=actor, at=at)
        elif sent is None:
            raise Refused("no file was sent.", place="file", remedy="Choose the document with their terms.")
        else:
            terms.receive(order, sent.chunks(), name=sent.name or "terms", by=actor, at=at)
    except Refused as error:  # shown where it was sent; nothing was kept
        return page(request, order_id, refused=error, status=error.status)
    toasts.add(request, "Their terms are compared with our paper." if sent else "Our paper is agreed on.")
    return SeeOther(links.part("review", order_id))


def page(request: HttpRequest, order_id: int, *, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    """The page, with what an action just said no to."""
    actor, at = _actor(request), timezone.now()
    try:
        seen = insight.page(actor, order_id, at=at)
    except Order.DoesNotExist:
        raise Http404("There is no such order.") from None
    order = seen.order
    crumbs = [c.Crumb("Orders", links.page("orders")), c.Crumb(order.name, links.record(order)), c.Crumb("Review")]
    found = {
        "area": "orders", "crumbs": crumbs, "seen": seen, "order": order, "payer": order.bill_to, "refused": refused, "stats": reviewed.stats(seen), "lines": [reviewed.LineRow.of(one) for one in seen.lines],
        "approvals": [reviewed.Asked.of(one, actor, at) for one in seen.approvals], "terms": reviewed.terms(seen.terms),
        "stopped": [words for words, goes_on in credit_states.effects(order.bill_to) if not goes_on],
        "may_send": permissions.may(actor, "orders.draft", order) and order.status in ("draft", "pending", "approved", "signed"),
        "try_url": f"{links.page('rules-try')}?order={order.pk}", "precedents": [reviewed.Asked.of(one, actor, at) for one in seen.precedents],
    }  # fmt: skip
    return render(request, "orders/review.html", found, status=status)


def _actor(request: HttpRequest) -> Any:
    return request.user
