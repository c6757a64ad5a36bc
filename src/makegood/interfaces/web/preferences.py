"""What a person sets for themselves: theme and single-key shortcuts. Kept with the person and, for the theme, in a cookie."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from makegood.core import preferences
from makegood.interfaces.web import shell

YEAR = 365 * 24 * 3600


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Set the theme and return to where the person was."""
    chosen = request.POST.get("theme", "auto")
    chosen = chosen if chosen in shell.THEMES else "auto"
    if request.user.is_authenticated:
        preferences.set_theme(request.user, chosen)  # type: ignore[arg-type]
    response = HttpResponse(status=303, headers={"Location": back(request)})
    response.set_cookie("mg_theme", chosen, max_age=YEAR, samesite="Lax", httponly=True)
    return response


@require_POST
def shortcuts(request: HttpRequest) -> HttpResponse:
    """Turn single-key shortcuts on or off."""
    preferences.set_shortcuts(request.user, request.POST.get("shortcuts") == "on")  # type: ignore[arg-type]
    return HttpResponse(status=303, headers={"Location": back(request)})


def back(request: HttpRequest) -> str:
    """The page the request came from, if it is ours; else the first page."""
    came = request.POST.get("next") or request.headers.get("Referer", "")
    return came if url_has_allowed_host_and_scheme(came, {request.get_host()}, request.is_secure()) else "/"
