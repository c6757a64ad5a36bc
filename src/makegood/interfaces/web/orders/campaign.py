"""The campaign's page: one order with its head, its tabs and the panel of what it lacks. Reads only."""

import dataclasses
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from makegood.core import queries
from makegood.core.errors import Refused
from makegood.core.models import Person
from makegood.creatives.queries import lists
from makegood.documents.written import grid as written
from makegood.insight import standing
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links
from makegood.interfaces.web.grid import export as files
from makegood.interfaces.web.orders import (
    asked,
    checks,
    delivery_tab,
    events,
    head,
    history_tab,
    lines_tab,
    money_tab,
    planned,
    setup_tabs,
)
from makegood.interfaces.web.permitted import permitted
from makegood.orders import queries as orders
from makegood.orders.changes import when
from makegood.orders.models import Order
from makegood.orders.queries import steps
from makegood.orders.queries.campaign import CampaignView
from makegood.work import queries as work
from makegood.work.models import Approval
from makegood.workflows import readiness

TABS = ("lines", "creatives", "trafficking", "delivery", "money", "conversation", "history")


@dataclasses.dataclass(frozen=True)
class Shown:
    """What every part of the page is made from."""

    actor: Person
    seen: CampaignView
    now: standing.Standing
    approvals: list[Approval]
    at: Any
    by: str = ""  # which counts the delivery tab shows


@require_safe
@permitted("orders.see")
def campaign(request: HttpRequest, order_id: int) -> HttpResponse:
    """The page with the tab of `?tab=`."""
    return page(request, order_id)


@require_safe
@permitted("orders.see")
def panel(request: HttpRequest, order_id: int) -> HttpResponse:
    """Readiness and the latest, a part of the page."""
    actor: Person = request.user  # type: ignore[assignment]
    order = visible(request, order_id)
    ready = readiness.of(order, at=timezone.now())
    latest = queries.history(actor, order, limit=5)
    return render(request, "orders/panel.html", {"order": order, "events": events.short(latest), **checks.context(actor, order, ready, at=timezone.now())})


@require_safe
@permitted("delivery.see")
def counts(request: HttpRequest, order_id: int) -> HttpResponse:
    """The delivery grid as a file (`export` is xlsx or csv), by the dimension of `by`."""
    order, by, kind = visible(request, order_id), request.GET.get("by", "day"), request.GET.get("export", "xlsx")
    if by not in delivery_tab.TITLES or kind not in files.TYPES:
        raise Http404("There is no such file.")
    made = delivery_tab.export(order, by, timezone.now())
    content = written.xlsx(made) if kind == "xlsx" else written.csv_bytes(made)
    name = f"{order.number}-by-{by}.{kind}"
    return HttpResponse(content, content_type=files.TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'})


def page(request: HttpRequest, order_id: int, *, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    """The whole page; `refused` is what an action just said no to, shown where it was asked."""
    actor: Person = request.user  # type: ignore[assignment]
    at = timezone.now()
    seen = found(request, order_id)
    shown = Shown(actor, seen, standing.of(actor, seen, at=at), waiting(actor, seen.order), at, request.GET.get("by", ""))
    tab = request.GET.get("tab", "lines")
    tab = tab if tab in TABS else "lines"
    return render(request, "orders/campaign.html", {**_head(shown, tab, refused), **_TABS[tab](shown)}, status=status)


def visible(request: HttpRequest, order_id: int) -> Order:
    """The order alone; 404 as `found`."""
    people = ("account_manager", "campaign_manager", "trafficker")
    try:
        return orders.visible_to(request.user).select_related("advertiser__party", "agency__party", *people).get(pk=order_id)  # type: ignore[arg-type]
    except Order.DoesNotExist as error:
        raise Http404("There is no such order.") from error


def found(request: HttpRequest, order_id: int) -> CampaignView:
    """The campaign as this person may see it; 404 otherwise, also for what belongs to another client."""
    try:
        return orders.campaign(request.user, order_id)  # type: ignore[arg-type]
    except Order.DoesNotExist as error:
        raise Http404("There is no such order.") from error


def waiting(actor: Person, order: Order) -> list[Approval]:
    """Approvals asked for and not decided."""
    if order.status != "pending":
        return []
    rows = work.approval_list(actor).filter(subject_type="orders.order", subject_id=order.pk, status="pending")
    return list(rows.prefetch_related("makers").order_by("due_at", "pk"))


def _head(shown: Shown, tab: str, refused: Refused | None) -> dict[str, Any]:
    seen, now, order = shown.seen, shown.now, shown.seen.order
    found = steps.steps(shown.actor, seen, shown.approvals)
    crumbs = [c.Crumb("Orders", links.page("orders")), c.Crumb(seen.advertiser, links.record(order.advertiser)), c.Crumb(order.name)]
    return {
        "area": "orders", "crumbs": crumbs, "asof": head.as_of(now, shown.at), "seen": seen, "order": order, "now": now, "tab": tab,
        "chips": head.chips(seen), "signed_on": head.signed_on(seen), "when": head.when(seen), "stats": head.stats(seen, now),
        "promise": head.promise(now), "sentence": head.sentence(seen, now), "gap": head.gap(now), "tabs": _tabs(shown, tab), "refused": refused,
        "change": orders.open_change(shown.actor, order) if order.status in when.CHANGED_IN else None,
        "main_step": next((step for step in found if step.main), None), "steps": [step for step in found if not step.main],
        "asked": asked.Asked.all(shown.approvals, shown.actor, shown.at), "tab_template": f"orders/tab_{tab}.html",
        "advertiser_url": links.record(order.advertiser), "agency_url": links.record(order.agency) if order.agency else "",
        "report_url": links.part("report", order.pk), "say_url": f"{links.record(order)}say/", "update_url": links.record(order, "conversation"),
    }  # fmt: skip


def _tabs(shown: Shown, tab: str) -> list[c.Tab]:
    order = shown.seen.order
    counts = {
        "lines": len(shown.now.lines), "creatives": lists.creative_list(shown.actor).filter(root_type="orders.order", root_id=order.pk).count(),
        "conversation": work.thread(shown.actor, "orders.order", order.pk).count(),
    }  # fmt: skip
    return [c.Tab(name.capitalize(), links.record(order, name if name != "lines" else ""), name == tab, counts.get(name) or None) for name in TABS]


_TABS = {
    "lines": lambda shown: {**lines_tab.context(shown.seen, shown.now, at=shown.at), "plan": planned.shown(shown.seen.order) if shown.actor.is_staff_member else None},
    "creatives": lambda shown: setup_tabs.creatives(shown.actor, shown.seen, at=shown.at),
    "trafficking": lambda shown: setup_tabs.trafficking(shown.actor, shown.seen, at=shown.at),
    "delivery": lambda shown: delivery_tab.context(shown.seen, shown.now, shown.by),
    "money": lambda shown: money_tab.context(shown.actor, shown.seen, shown.now),
    "conversation": lambda shown: history_tab.conversation(shown.actor, shown.seen),
    "history": lambda shown: history_tab.history(shown.actor, shown.seen),
}
