"""What is done to an import from its page: each view is one action; what it refuses is said on the page."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.accounts import queries as accounts
from makegood.catalog import queries as catalog
from makegood.core.errors import Invalid, Refused
from makegood.interfaces.web import links, toasts
from makegood.interfaces.web.imports import views
from makegood.interfaces.web.permitted import permitted
from makegood.orders import queries
from makegood.orders.actions import correcting, importing, matching
from makegood.orders.models import OrderImport

Act = Callable[[HttpRequest, OrderImport], HttpResponse | None]


def act(function: Act) -> Callable[..., HttpResponse]:
    """A POST on an open import that leads back to its page, or wherever the action says."""

    @require_POST
    @permitted("orders.import")
    def view(request: HttpRequest, import_id: int) -> HttpResponse:
        received = queries.import_list(request.user).filter(pk=import_id).first()  # type: ignore[arg-type]
        if received is None:
            raise Http404("There is no such import.")
        try:
            led = function(request, received)
        except Refused as error:  # shown on the page with its status; the action has rolled back
            return views.page(request, import_id, refused=error)
        return led or HttpResponseRedirect(links.record(received), status=303)

    view.verb = "orders.import"  # type: ignore[attr-defined]
    return view


@act
def fix(request: HttpRequest, received: OrderImport) -> None:
    """A value put right, a line left out ("yes"), or a fix taken back (empty)."""
    place, value = request.POST.get("place", ""), request.POST.get("value", "").strip()
    meant: Any = True if request.POST.get("leave_out") else value or None
    correcting.fix(received, place, meant, by=request.user, at=timezone.now())  # type: ignore[arg-type]


@act
def accept(request: HttpRequest, received: OrderImport) -> None:
    """A problem taken as it is."""
    correcting.accept(received, request.POST.get("problem", ""), by=request.user, at=timezone.now())  # type: ignore[arg-type]


@act
def defaults(request: HttpRequest, received: OrderImport) -> None:
    """Every default at once."""
    correcting.accept_defaults(received, by=request.user, at=timezone.now())  # type: ignore[arg-type]


@act
def party(request: HttpRequest, received: OrderImport) -> None:
    """Who a role is: an account, a new one, or nobody."""
    role, chosen = request.POST.get("role", ""), request.POST.get("account", "")
    if chosen == "new":
        matching.open_account(received, role, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        return
    account = accounts.visible_to(request.user).filter(pk=chosen).first() if chosen.isdecimal() else None  # type: ignore[arg-type]
    if account is None and chosen != "none":
        raise Invalid("no account is chosen.", place=role, remedy="Choose one, or open a new one.")
    matching.choose_party(received, role, account, by=request.user, at=timezone.now())  # type: ignore[arg-type]


@act
def product(request: HttpRequest, received: OrderImport) -> None:
    """Which product a line means."""
    line, chosen = request.POST.get("line", ""), request.POST.get("product", "")
    found = catalog.product_list(request.user).filter(pk=chosen).first() if chosen.isdecimal() else None  # type: ignore[arg-type]
    if found is None or not line.isdecimal():
        raise Invalid("no product is chosen.", place=f"line {line}", remedy="Choose one of the catalogue.")
    matching.choose_product(received, int(line), found, by=request.user, at=timezone.now())  # type: ignore[arg-type]


@act
def commit(request: HttpRequest, received: OrderImport) -> HttpResponse:
    """The draft order, whole."""
    order = importing.commit(received, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, f"Draft {order.number} is there.", undo=f"{links.record(received)}undo/")
    return _to(request, links.record(order))


@act
def undo(request: HttpRequest, received: OrderImport) -> HttpResponse:
    """Take the order back; the document is open again."""
    importing.undo(received, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, "Taken back: the document is open for correction again.")
    return _to(request, links.record(received))


@act
def discard(request: HttpRequest, received: OrderImport) -> HttpResponse:
    """Throw the document away."""
    importing.discard(received, by=request.user, at=timezone.now(), why=request.POST.get("why", ""))  # type: ignore[arg-type]
    toasts.add(request, f"{received} is thrown away. Sending it again starts anew.")
    return _to(request, links.page("imports"))


def _to(request: HttpRequest, url: str) -> HttpResponse:
    """Another page, also when HTMX asked."""
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url, status=303)
