"""What a person sets for themselves: theme, time zone and single-key shortcuts. Kept with the person and, for the theme, in a cookie."""

import zoneinfo

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from makegood.core import preferences
from makegood.core.errors import Invalid
from makegood.interfaces.web import answers, shell

YEAR = 365 * 24 * 3600


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Set the theme and return to where the person was."""
    chosen = request.POST.get("theme", "auto")
    chosen = chosen if chosen in shell.THEMES else "auto"
    if request.user.is_authenticated:
        preferences.set_theme(request.user, chosen)  # type: ignore[arg-type]
    response = answers.back(request)
    response.set_cookie("mg_theme", chosen, max_age=YEAR, samesite="Lax", httponly=True)
    return response


@require_POST
def shortcuts(request: HttpRequest) -> HttpResponse:
    """Turn single-key shortcuts on or off."""
    preferences.set_shortcuts(request.user, request.POST.get("shortcuts") == "on")  # type: ignore[arg-type]
    return answers.back(request)


@require_POST
def zone(request: HttpRequest) -> HttpResponse:
    """Set the clock that times are shown on."""
    chosen = request.POST.get("zone", "")
    if chosen not in zoneinfo.available_timezones():
        raise Invalid(f"{chosen!r} is no time zone.", place="zone", remedy="Choose one of the list.")
    preferences.set_zone(request.user, chosen)  # type: ignore[arg-type]
    return answers.back(request)
