"""The process page: a window of time, compared with the one before, for all or one agency."""

import datetime

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from makegood.accounts import queries as accounts
from makegood.insight import changes, mined
from makegood.insight import process as process_log
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.process import drawing, words
from makegood.interfaces.web.process import trend as trends
from makegood.orders import queries as orders

WINDOWS = {"30": "Last 30 days", "90": "Last 90 days", "365": "Last year"}
SHOWN, TREND = 5, datetime.timedelta(days=180)


@require_safe
@permitted("insight.process")
def process(request: HttpRequest) -> HttpResponse:
    """The page; `?days=`, `?compare=off` and `?agency=` choose what it shows."""
    now = timezone.now()
    days = request.GET.get("days") if request.GET.get("days") in WINDOWS else "90"
    span = datetime.timedelta(days=int(days or 90))
    agency = request.GET.get("agency", "")
    among = _of(request, agency) if agency.isdecimal() else None
    log = process_log.read(now - max(2 * span, changes.YEAR), now)
    found = mined.mined(log.between(now - span, now, among=among))
    was = None if request.GET.get("compare") == "off" else mined.mined(log.between(now - 2 * span, now - span, among=among))
    weeks = mined.trend(log.between(now - max(span, TREND), now, among=among))
    effects = changes.effects(log.between(now - changes.YEAR, now))
    costs = mined.costs(found)
    agencies = list(accounts.visible_to(request.user).filter(party__kind="agency").order_by("party__name"))  # type: ignore[arg-type]
    more = {
        "area": "process", "crumbs": [c.Crumb("Process"), c.Crumb("Draft to live")], "found": found, "headline": words.headline(found),
        "asof": f"{timezone.localtime(now):%H:%M %Z}, mined from {formats.integer(found.entries)} log entries", "since": now - span,
        "stats": words.stats(found, was), "map": drawing.flow(found) if found.cases else None, "map_title": words.map_title(found) if found.cases else "",
        "trend": trends.trend(weeks, effects), "trend_title": words.trend_title(weeks), "parts": words.parts(found, was), "costs": costs[:SHOWN],
        "more_costs": len(costs) - SHOWN, "effects": [words.told(one) for one in effects], "ways": words.ways(found), "was": was, "playbook": words.playbook(found, was),
        "windows": [c.FilterChip(label, _url(key, agency, was is None), key == days) for key, label in WINDOWS.items()],
        "compare": c.FilterChip("Compare: the time before", _url(str(days), agency, was is not None), was is not None),
        "agencies": agencies, "agency": next((one for one in agencies if str(one.pk) == agency), None), "days": days,
    }  # fmt: skip
    return render(request, "process/process.html", more)


def _of(request: HttpRequest, agency: str) -> list[int]:
    """Ids of the orders an agency bought."""
    return list(orders.visible_to(request.user).filter(Q(agency=agency) | Q(advertiser=agency)).values_list("pk", flat=True))  # type: ignore[arg-type]


def _url(days: str, agency: str, alone: bool) -> str:
    parts = [f"days={days}", *([f"agency={agency}"] if agency.isdecimal() else []), *(["compare=off"] if alone else [])]
    return f"/process/?{'&'.join(parts)}"
