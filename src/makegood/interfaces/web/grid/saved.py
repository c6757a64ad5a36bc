"""Saved views of lists: a name for a query string."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from makegood.core import preferences
from makegood.core.errors import Invalid
from makegood.interfaces.web import answers, toasts


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep what is seen under a name."""
    name = request.POST.get("name", "").strip()
    if not name:
        raise Invalid("The view needs a name.", place="Save view", remedy="Type one, such as 'Ends this week'.")
    preferences.save_view(
        request.user, request.POST.get("list_key", ""), name, request.POST.get("query", ""), shared="shared" in request.POST  # type: ignore[arg-type]
    )  # fmt: skip
    toasts.add(request, f"View '{name}' saved.")
    return answers.back(request)


@require_POST
def drop(request: HttpRequest, view_id: int) -> HttpResponse:
    """Remove one's own view."""
    view = preferences.drop_view(request.user, view_id)  # type: ignore[arg-type]
    toasts.add(request, f"View '{view.name}' removed.")
    return answers.back(request)
