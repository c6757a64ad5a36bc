"""What the seller asks for where nothing else was agreed."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.interfaces.web import links, posted, toasts
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.orders.forms import Cancelling
from makegood.interfaces.web.permitted import permitted
from makegood.orders.actions import giving_notice
from makegood.orders.changes.notice import Terms


@require_POST
@permitted("accounts.activate_contract")
def cancelling(request: HttpRequest) -> HttpResponse:
    """Notice and fee of cancelling for orders and agreements that say nothing of their own."""
    giving_notice.agree_terms(Terms(**posted.values(Cancelling(request.POST))), by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, "Terms of cancelling kept.")
    return SeeOther(links.page("rules"))
