"""What is done to a vendor's file from its preview: each view is one action; what it refuses is said on the page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.core.errors import Invalid, Refused
from makegood.delivery.actions import vendor_files as actions
from makegood.delivery.models import CountLoad
from makegood.delivery.queries import vendor_files
from makegood.interfaces.web import formats, links, toasts
from makegood.interfaces.web.counts import loading
from makegood.interfaces.web.permitted import permitted

Act = Callable[[HttpRequest, CountLoad], str]


def act(function: Act) -> Callable[..., HttpResponse]:
    """A POST on a file that leads to the address the action names."""

    @require_POST
    @permitted("delivery.load_third_party")
    def view(request: HttpRequest, load_id: int) -> HttpResponse:
        load = loading.found(request, load_id)
        try:
            return HttpResponseRedirect(function(request, load), status=303)
        except Refused as error:  # shown on the page with its status; the action has rolled back
            return loading.page(request, loading.found(request, load_id), refused=error)

    view.verb = "delivery.load_third_party"  # type: ignore[attr-defined]
    return view


@act
def choose(request: HttpRequest, load: CountLoad) -> str:
    """Which flight a placement is, or that it is not ours."""
    chosen, placement = request.POST.get("flight", ""), request.POST.get("placement", "")
    flight = None
    if chosen != "none":
        flight = next((one for one in vendor_files.flights_of(vendor_files.read(load)) if str(one.pk) == chosen), None)
        if flight is None:
            raise Invalid("no flight is chosen.", place=placement, remedy="Choose one, or say that the placement is not ours.")
    actions.choose(load, placement, flight, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return _page(load)


@act
def column(request: HttpRequest, load: CountLoad) -> str:
    """What a column is."""
    actions.name_column(load, request.POST.get("header", ""), request.POST.get("field", ""), by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return _page(load)


@act
def confirm(request: HttpRequest, load: CountLoad) -> str:
    """Count it, whole."""
    bills = request.POST.get("bills") != "no"
    view = actions.confirm(load, by=request.user, at=timezone.now(), bills=bills)  # type: ignore[arg-type]
    toasts.add(request, f"{formats.integer(len(view.rows))} flight-days of {load.vendor} counted: {view.new} new, {view.changed} changed.")
    return links.page("discrepancies")


def _page(load: CountLoad) -> str:
    return links.to("delivery.countload", load.pk)
