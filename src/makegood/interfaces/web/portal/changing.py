"""A change of a running order as the client reads and signs it: what differs, what it comes to, its fingerprint."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from makegood.core.errors import Invalid
from makegood.interfaces.web import toasts
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.portal import frame, views
from makegood.orders import queries as orders
from makegood.orders.queries.table import rows
from makegood.workflows import changing as workflow


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("core.sign_in")
def change(request: HttpRequest, order_id: int) -> HttpResponse:
    """What is to be signed; signed by typing one's name. The order runs on as it was until both have."""
    person, one = frame.client(request), views.going(request, order_id)
    asked = next((each for each in orders.to_sign(person) if each.order.pk == order_id), None)
    if asked is None:
        toasts.add(request, "Nothing of this campaign waits for your signature.", tone="")
        return SeeOther(f"/portal/orders/{order_id}/")
    if request.method != "POST":
        return frame.page(request, "portal/change.html", "home", {"card": views.card(one), "asked": asked, "rows": rows(asked.diff)})
    if request.POST.get("agree") != "yes":
        raise Invalid("you have not said that you may sign.", place="the change", remedy="Tick the box and sign again.")
    done = workflow.sign(asked.change, "client", request.POST.get("name", ""), by=person, at=timezone.now(), ip=request.META.get("REMOTE_ADDR"))
    toasts.add(request, "Signed by both: the change is in effect." if done.status == "applied" else "Signed. The change takes effect once we have signed too.")
    return SeeOther(f"/portal/orders/{order_id}/")
