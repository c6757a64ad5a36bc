"""Today's page. What its buttons do is in doing.py and beside.py."""

from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from makegood.delivery.models import Pace
from makegood.insight import queue
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.today import rows

SHOWN = 60


@require_safe
@permitted("work.tasks.see")
def today(request: HttpRequest) -> HttpResponse:
    """My queue (or my team's) with what stands beside it."""
    at = timezone.now()
    team = "team" in request.GET
    seen = queue.of(request.user, at, team=team)  # type: ignore[arg-type]
    counted = Pace.objects.aggregate(at=Max("as_of"))["at"]
    said = f"{timezone.localtime(at):%H:%M %Z}" + (f", counts to {formats.clock(counted)}" if counted else "")
    found = {
        "area": "today", "crumbs": [c.Crumb("Today")], "asof": said, **main(request, seen),
        "segment": [c.Choice("Mine", "/", not team), c.Choice("My team", "/?team=1", team)],
        **rows.panel(request.user, seen, at),  # type: ignore[arg-type]
    }  # fmt: skip
    return render(request, "today/today.html", found)


def main(request: HttpRequest, seen: queue.Queue) -> dict[str, Any]:
    """The queue itself: sentence, chips, groups."""
    at = timezone.now()
    chosen = request.GET.get("show", "")
    items = [item for item in seen.items if not chosen or item.kind == chosen]
    local = timezone.localtime(at)
    noon = [item for item in items if not item.late(at) and _by_noon(item, local)]
    return {
        "at": at, "groups": rows.groups(items[:SHOWN], at, request.user), "chips": rows.chips(request, seen), "total": len(items),  # type: ignore[arg-type]
        "late": sum(item.late(at) for item in items), "noon": len(noon), "money": rows.sums(queue.money(items)), "team": "team" in request.GET,
        "beyond": max(0, len(items) - SHOWN), "chosen": chosen, "kind": queue.KINDS.get(chosen, ""),
    }  # fmt: skip


def part(request: HttpRequest) -> HttpResponse:
    """The queue again after something was done: for HTMX wherever it asked, keeping what the page showed."""
    address = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
    request.GET = QueryDict(address.partition("?")[2])
    seen = queue.of(request.user, timezone.now(), team="team" in request.GET)  # type: ignore[arg-type]
    response = render(request, "today/queue.html", main(request, seen))
    response["HX-Retarget"], response["HX-Reswap"] = "#queue", "outerHTML"
    return response


def _by_noon(item: queue.Item, local: Any) -> bool:
    due = timezone.localtime(item.due_at)
    return bool(due.date() == local.date() and (due.hour, due.minute) <= (12, 0))
