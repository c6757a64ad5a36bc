"""The operators' page, and the same figures for a monitor that shows a token."""

import hmac
import pathlib
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from makegood.billing.explaining import REASONS
from makegood.connectors import adserving
from makegood.connectors.adserving import Status
from makegood.core import permissions
from makegood.delivery.queries import health as queries
from makegood.delivery.queries.health import Health
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats
from makegood.interfaces.web.operations import exposition
from makegood.interfaces.web.permitted import permitted

TEXT = "text/plain; version=0.0.4; charset=utf-8"
APART = {"too_late": "later than 45 days", "clock_ahead": "from a clock more than a day ahead"}


@require_safe
@permitted("delivery.operate")
def page(request: HttpRequest) -> HttpResponse:
    """Plan, events and counting: what serves, what waits, what was thrown out, and what is wrong in words."""
    seen, server = _health(), adserving.status(settings.ADSERVER_URL)
    return render(request, "operations/health.html", {
        "area": "trafficking", "crumbs": [c.Crumb("Operations")], "asof": f"read {formats.clock(timezone.now())}", "seen": seen, "server": server,
        "faults": _faults(seen, server), "stats": _stats(seen, server), "url": settings.ADSERVER_URL,
        "filtered": _rows(seen.of("filtered"), REASONS), "refused": _rows(seen.of("refused"), {}),
        "apart": [(APART.get(reason, reason), units) for reason, units in seen.apart],
        "answers": sorted(server.counters.get("makegood_events_total", {}).items(), key=lambda pair: -pair[1]),
    })  # fmt: skip


@require_safe
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text for the monitor's token, or for people who may operate."""
    if not _token(request):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        permissions.check(request.user, "delivery.operate")  # type: ignore[arg-type]
    return HttpResponse(exposition.text(_health()), content_type=TEXT)


metrics.verb = "delivery.operate"  # type: ignore[attr-defined]


def _token(request: HttpRequest) -> bool:
    """Whether the request shows the installation's token; with none set, nobody's does."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.METRICS_TOKEN) and hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode())


def _health() -> Health:
    return queries.health(pathlib.Path(settings.EVENTS_FOLDER), at=timezone.now())


def _faults(seen: Health, server: Status) -> list[tuple[str, str, str]]:
    """(state, what is wrong, what to do), the worst first."""
    found = []
    if not server.reached:
        found.append(("risk", f"The ad server cannot be reached. {server.error}.", "Start it, or correct MAKEGOOD_ADSERVER_URL."))
    if server.event_log_error:
        found.append(("risk", f"The ad server sheds load: {server.event_log_error}.", "Make room on its disk; it goes on by itself."))
    if server.plan_error:
        found.append(("risk", f"The newest plan is refused: {server.plan_error}. Version {server.plan_version} is still served.", "Publish again; see the trafficking sheet for what is wrong."))
    if server.reached and not server.plan_error and seen.published > server.plan_version:
        found.append(("watch", f"Plan {seen.published} is published, {server.plan_version} is served.", "It is loaded within seconds; if not, the server reads another file."))
    if seen.late:
        found.append(("watch", f"Counting is {formats.integer(seen.behind.total_seconds() // 60)} minutes behind.", "See that a worker runs: `makegood serve` starts one."))
    return found


def _stats(seen: Health, server: Status) -> list[c.Stat | None]:
    lag = f"{seen.behind.total_seconds():.0f} s" if seen.waiting_segments else "none"
    return [
        c.Stat("Plan served", formats.integer(server.plan_version) if server.reached else "–", f"{formats.integer(seen.published)} published"),
        c.Stat("Flights in it", formats.integer(server.flights) if server.reached else "–"),
        None,
        c.Stat("Waiting to be counted", formats.integer(seen.waiting_bytes / 1000), "kB", tone="watch" if seen.late else ""),
        c.Stat("Behind", lag, f"last run {formats.moment(seen.last_run)}" if seen.last_run else "never run"),
        None,
        c.Stat("Events read", formats.compact(seen.totals.get("read", 0))),
        c.Stat("Rule set", seen.rules),
    ]  # fmt: skip


def _rows(values: dict[str, int], words: dict[str, Any]) -> list[tuple[str, int]]:
    return [(str(words.get(name, name.replace("_", " "))).capitalize(), units) for name, units in sorted(values.items(), key=lambda pair: -pair[1])]
