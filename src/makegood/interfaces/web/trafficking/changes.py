"""The sheet's buttons: each one action, then the sheet again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.core.errors import Invalid
from makegood.creatives.queries import lists
from makegood.interfaces.web import links, posted, toasts
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.trafficking import forms
from makegood.orders.models import Flight, Order
from makegood.trafficking.actions import assigning, fitting, qa
from makegood.trafficking.models import Assignment
from makegood.trafficking.queries import campaigns
from makegood.workflows import publishing


@require_POST
@permitted("trafficking.assign")
def assign(request: HttpRequest, flight_id: int) -> HttpResponse:
    """Put a version on a flight."""
    flight = Flight.objects.select_related("line__order").filter(pk=flight_id).first()
    if flight is None:
        raise Http404("This flight is not here.")
    wanted = posted.values(forms.Assign(request.POST))
    version = lists.versions(request.user).filter(pk=wanted["version"]).first()  # type: ignore[arg-type]
    if version is None:
        raise Invalid("that version is not here.", place="version", remedy="Choose one of the list.")
    assigning.assign(
        flight, version, weight=wanted["weight"], click_url=wanted["click_url"], by=request.user, at=timezone.now()
    )  # type: ignore[arg-type]
    toasts.add(request, f"{version} is on {flight}. It runs after QA and publishing.")
    return _back(flight.line.order_id)


@require_POST
@permitted("trafficking.assign")
def assign_all(request: HttpRequest, order_id: int) -> HttpResponse:
    """Assign whatever is approved and fits."""
    made = fitting.assign_all(_order(request, order_id), by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(
        request,
        f"{len(made)} assigned." if made else "Nothing approved fits a flight that lacks it.",
        tone="ok" if made else "",
    )
    return _back(order_id)


@require_POST
@permitted("trafficking.assign")
def change(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Weight and click URL, or `do`: pause, resume, remove."""
    row = Assignment.objects.select_related("flight__line__order", "version__creative").filter(pk=assignment_id).first()
    if row is None:
        raise Http404("This assignment is not here.")
    verbs = {"pause": assigning.pause, "resume": assigning.resume, "remove": assigning.remove}
    verb = verbs.get(request.POST.get("do", ""))
    if verb:
        verb(row, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        toasts.add(request, f"{row.version}: {row.get_status_display().lower()}. Publish for it to take effect.")
    else:
        wanted = posted.values(forms.Change(request.POST))
        assigning.change(
            row, weight=wanted["weight"], click_url=wanted["click_url"] or None, by=request.user, at=timezone.now()
        )  # type: ignore[arg-type]
        toasts.add(request, f"{row.version} is changed.")
    return _back(row.flight.line.order_id)


@require_POST
@permitted("trafficking.check")
def check(request: HttpRequest, order_id: int) -> HttpResponse:
    """Run the QA."""
    run = qa.run(_order(request, order_id), by=request.user, at=timezone.now())  # type: ignore[arg-type]
    said = f"{run.fields} fields compared, {run.differing or 'none'} differing"
    toasts.add(request, f"QA {'passed' if run.passed else 'failed'}: {said}.", tone="ok" if run.passed else "risk")
    return _back(order_id, "?view=qa")


@require_POST
@permitted("trafficking.publish")
def publish(request: HttpRequest, order_id: int) -> HttpResponse:
    """Publish; what is left out is named."""
    order = _order(request, order_id)
    done = publishing.publish(by=request.user, at=timezone.now(), why=f"{order.number} {order.name}", order=order)  # type: ignore[arg-type]
    own = [one for one in done.refused if one.order_id == order.pk]
    flights = done.publication.flights
    toasts.add(
        request,
        f"Plan {done.publication.version} is out with {flights} flight{'' if flights == 1 else 's'}, {len(done.readied)} new.",
    )
    for one in own:
        toasts.add(request, f"Left out, {one.subject}: {one.reason} {one.remedy}", tone="risk")
    return _back(order_id)


def _order(request: HttpRequest, order_id: int) -> Order:
    try:
        return campaigns.order(request.user, order_id)  # type: ignore[arg-type]
    except Order.DoesNotExist as none:
        raise Http404("This order is not here, or not yours to see.") from none


def _back(order_id: int, query: str = "") -> HttpResponse:
    return SeeOther(links.part("trafficking", order_id) + query)
