"""The discrepancy board and the panel of one line: day by day, the cause, what to do next."""

import datetime
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from makegood.delivery.models import Discrepancy
from makegood.delivery.queries import discrepancies
from makegood.interfaces.web import formats, grid, links
from makegood.interfaces.web.counts.tables import BOARD, TONES
from makegood.interfaces.web.permitted import permitted

WIDE = 100.0


def head(request: HttpRequest) -> dict[str, Any]:
    """The sentence above the board."""
    seen = discrepancies.summary(request.user)  # type: ignore[arg-type]
    money = " and ".join(formats.money(amount, code, decimals=0) for code, amount in sorted(seen.at_stake.items()))
    return {"summary": seen, "money": money, "asof": f"compared {formats.moment(seen.as_of)}" if seen.as_of else ""}


@require_safe
@permitted("delivery.compare")
def line(request: HttpRequest, line_id: int) -> HttpResponse:
    """One line: the panel alone for the list, else the board with the panel open."""
    one = discrepancies.discrepancy_list(request.user).filter(line=line_id).first()  # type: ignore[arg-type]
    if one is None:
        raise Http404("Nobody else counted this line, or it is not yours to see.")
    if request.headers.get("HX-Target") == "mg-panel":
        response = render(request, "counts/panel.html", _context(one))
        query = urlsplit(request.headers.get("HX-Current-URL", "")).query
        response["HX-Push-Url"] = f"{request.path}?{query}" if query else request.path
        return response
    request.GET = request.GET.copy()  # type: ignore[assignment]
    request.GET["row"] = str(one.pk)  # type: ignore[index]
    return render(request, "counts/board.html", {**grid.context(request, BOARD), **head(request), **_context(one)})


def _context(one: Discrepancy) -> dict[str, Any]:
    most = max((max(day["ours"], day["theirs"]) for day in one.days), default=0) or 1
    days = [
        {**day, "day": datetime.date.fromisoformat(day["day"]), "off": (day["theirs"] - day["ours"]) / day["ours"] if day["ours"] else None, "tone": TONES.get(day["tier"], ""),
         "wide": f"{day['ours'] / most * WIDE:.1f}%", "wide2": f"{day['theirs'] / most * WIDE:.1f}%"}
        for day in one.days[::-1]
    ]  # fmt: skip
    return {
        "one": one, "words": discrepancies.words(one), "days": days, "order_url": links.record(one.line.order), "off": -one.share if one.share is not None else None,
        "tone": TONES.get(one.tier, ""), "others": [(Discrepancy.Cause(each["cause"]).label, each["explained"]) for each in one.findings],
    }  # fmt: skip
