"""What is done to an order from its page: each view is one action; what it refuses is said on the page, and nothing has changed."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.core.errors import Refused
from makegood.interfaces.web import links, posted, toasts
from makegood.interfaces.web.orders import campaign, forms
from makegood.interfaces.web.permitted import permitted
from makegood.orders.actions import approval, booking, cancelling, drafting, signing
from makegood.orders.models import Order
from makegood.work import queries as work
from makegood.work.actions import comments, tasks
from makegood.workflows.ordering import asking, deciding

Act = Callable[[HttpRequest, Order, dict[str, Any]], object]


def act(verb: str, said: str, form: type[forms.forms.Form] | None = None, tab: str = "") -> Callable[[Act], Callable[..., HttpResponse]]:
    """A POST that does one thing to an order, toasts `said` and leads back to the page; a refusal is shown there."""

    def wrap(function: Act) -> Callable[..., HttpResponse]:
        @require_POST
        @permitted(verb)
        def view(request: HttpRequest, order_id: int, **more: int) -> HttpResponse:
            order = campaign.visible(request, order_id)
            try:
                function(request, order, (posted.values(form(request.POST)) if form else {}) | more)
            except Refused as error:  # shown where it was asked, with its own status; the action has rolled back
                return campaign.page(request, order_id, refused=error, status=error.status)
            toasts.add(request, said)
            return HttpResponseRedirect(links.record(order, tab), status=303)

        view.verb = verb  # type: ignore[attr-defined]
        return view

    return wrap


@act("orders.submit", "Submitted.")
def submit(request: HttpRequest, order: Order, asked: dict[str, Any]) -> None:
    """Freeze the revision and ask for what needs approval."""
    approval.submit(order, by=request.user, at=timezone.now())  # type: ignore[arg-type]


@act("orders.draft", "Back to draft.", forms.Why)
def withdraw(request: HttpRequest, order: Order, asked: dict[str, Any]) -> None:
    """A draft again, as the next revision."""
    approval.withdraw(order, by=request.user, at=timezone.now(), why=asked["why"])  # type: ignore[arg-type]


@act("work.approvals.decide", "Decided.", forms.Decide)
def decide(request: HttpRequest, order: Order, asked: dict[str, Any]) -> None:
    """One approval; the order follows."""
    found = work.approval_list(request.user).filter(subject_type="orders.order", subject_id=order.pk, pk=asked["approval_id"]).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404("There is no such approval.")
    deciding.decide(found, asked["outcome"], by=request.user, at=timezone.now(), reason=asked["reason"])  # type: ignore[arg-type]


@act("orders.sign", "Signed for us.", forms.Sign)
def sign(request: HttpRequest, order: Order, asked: dict[str, Any]) -> None:
    """The seller's signature."""
    facts = {"ip": request.META.get("REMOTE_ADDR"), "user_agent": request.headers.get("User-Agent", "")}
    signing.sign(order, "seller", asked["name"], by=request.user, at=timezone.now(), **facts)  # type: ignore[arg-type]


@act("orders.sign", "Client signature recorded.", forms.Countersign)
def countersign(request: HttpRequest, order: Order, asked: dict[str, Any]) -> None:
    """A client's signature that came on paper."""
    signing.sign(order, "client", asked["name"], by=request.user, at=timezone.now(), on_paper=asked["on_paper"])  # type: ignore[arg-type]


@act("orders.book", "Booked: the inventory is reserved.")
def book(request: HttpRequest, order: Order, asked: dict[str, Any]) -> None:
    """Reserve and book."""
    booking.book(order, by=request.user, at=timezone.now())  # type: ignore[arg-type]


@act("orders.cancel", "Cancelled.", forms.Why)
def cancel(request: HttpRequest, order: Order, asked: dict[str, Any]) -> None:
    """Cancel with the reason."""
    cancelling.cancel(order, by=request.user, at=timezone.now(), why=asked["why"])  # type: ignore[arg-type]


@act("orders.ask", "Asked for what is missing.")
def ask(request: HttpRequest, order: Order, asked: dict[str, Any]) -> None:
    """A task for every missing fact."""
    asking.ask(order, by=request.user, at=timezone.now())  # type: ignore[arg-type]


@act("work.tasks.ask", "Reminded.")
def remind(request: HttpRequest, order: Order, asked: dict[str, Any]) -> None:
    """Remind whoever owes one task."""
    task = work.task_list(request.user).filter(root_type="orders.order", root_id=order.pk, pk=asked["task_id"], status="open").first()  # type: ignore[arg-type]
    if task is None:
        raise Http404("There is no such open task.")
    tasks.ask(task, by=request.user, at=timezone.now())  # type: ignore[arg-type]


@act("orders.draft", "Purchase order number kept.", forms.Number, tab="money")
def number(request: HttpRequest, order: Order, asked: dict[str, Any]) -> None:
    """Enter the client's purchase order number."""
    drafting.edit(order, by=request.user, at=timezone.now(), po_number=asked["po_number"])  # type: ignore[arg-type]


@act("core.see_team", "Sent.", forms.Say, tab="conversation")
def say(request: HttpRequest, order: Order, asked: dict[str, Any]) -> None:
    """Write in the conversation."""
    shown = asked["audience"] == "client"
    comments.add(order, asked["body"], by=request.user, at=timezone.now(), visible_to_client=shown)  # type: ignore[arg-type]
