"""Looking at pacing: the console, one line's panel, and what chosen changes do together."""

from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from makegood.core import permissions
from makegood.delivery.models import Pace
from makegood.delivery.queries import pacing
from makegood.interfaces.web import formats, grid
from makegood.interfaces.web.pacing import panel
from makegood.interfaces.web.pacing.tables import PACING
from makegood.interfaces.web.permitted import permitted


def head(request: HttpRequest) -> dict[str, Any]:
    """The sentence above the list."""
    seen = pacing.summary(request.user, timezone.localdate())  # type: ignore[arg-type]
    money = " and ".join(formats.money(amount, code, decimals=0) for code, amount in sorted(seen.at_risk.items()))
    stale = seen.as_of is not None and (timezone.now() - seen.as_of).total_seconds() > 3600
    said = f"computed {formats.moment(seen.as_of)}" if seen.as_of else ""
    return {"summary": seen, "money": money, "asof": said, "asof_stale": stale}


@require_safe
@permitted("delivery.pace")
def line(request: HttpRequest, line_id: int) -> HttpResponse:
    """One line: the panel alone for the list, else the list with the panel open."""
    view = found(request, line_id)
    context = panel.context(view) | {"may": _may(request, view)}
    if request.headers.get("HX-Target") == "mg-panel":
        response = render(request, "pacing/panel.html", context)
        query = urlsplit(request.headers.get("HX-Current-URL", "")).query
        response["HX-Push-Url"] = f"{request.path}?{query}" if query else request.path
        return response
    request.GET = request.GET.copy()  # type: ignore[assignment]
    request.GET["row"] = str(view.pace.pk)  # type: ignore[index]
    return render(request, "pacing/console.html", {**grid.context(request, PACING), **head(request), **context})


@require_safe
@permitted("delivery.pace")
def together(request: HttpRequest, line_id: int) -> HttpResponse:
    """The foot's sum for the changes ticked now."""
    return render(request, "pacing/together.html", panel.sums(found(request, line_id), request.GET.getlist("change")))


def found(request: HttpRequest, line_id: int) -> pacing.PaceView:
    """The line, or 404 for what is not theirs."""
    try:
        return pacing.pace_view(request.user, line_id, at=timezone.now())  # type: ignore[arg-type]
    except Pace.DoesNotExist as none:
        raise Http404("This line has no standing: it is not booked, or not counted by the ad server.") from none


def _may(request: HttpRequest, view: pacing.PaceView) -> dict[str, bool]:
    verbs = {"apply": "delivery.apply", "offer": "delivery.offer_make_good"}
    return {name: permissions.may(request.user, verb, view.pace.line) for name, verb in verbs.items()}  # type: ignore[arg-type]
