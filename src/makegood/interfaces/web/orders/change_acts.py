"""What is done to a change order from its page: each view is one call; a refusal is said there and nothing has changed."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.core.errors import Invalid, Refused
from makegood.interfaces.web import links, toasts
from makegood.interfaces.web.orders import change_targeting
from makegood.interfaces.web.orders import changing as pages
from makegood.interfaces.web.permitted import permitted
from makegood.orders.actions import changing
from makegood.orders.models import ChangeOrder
from makegood.work import queries as work
from makegood.workflows import changing as workflow
from makegood.workflows.ordering import deciding

Act = Callable[..., str]
OURS = ("csrfmiddlewaretoken", "cap_count", "cap_hours")


def act(verb: str) -> Callable[[Act], Callable[..., HttpResponse]]:
    """A POST that does one thing to a change order and leads back to it with what it said."""

    def wrap(function: Act) -> Callable[..., HttpResponse]:
        @require_POST
        @permitted(verb)
        def view(request: HttpRequest, change_id: int, **more: int) -> HttpResponse:
            change = pages.found_or_404(request, change_id)
            try:
                said = function(request, change, **more)
            except Refused as error:  # shown where it was asked, with its own status; the action has rolled back
                return pages.page(request, change_id, refused=error, status=error.status)
            toasts.add(request, said)
            change.refresh_from_db()
            to = change if change.status in ChangeOrder.OPEN else change.order
            line = request.POST.get("line", "") if change.status == "collecting" else ""
            return HttpResponseRedirect(links.record(to) + (f"?line={line}" if line.isdecimal() else ""), status=303)

        view.verb = verb  # type: ignore[attr-defined]
        return view

    return wrap


@act("orders.change")
def collect(request: HttpRequest, change: ChangeOrder) -> str:
    """Add an operation."""
    asked: dict[str, Any] = {name: value.strip() for name, value in request.POST.items() if name not in OURS and isinstance(value, str)}
    if asked.get("op") == "line.cap":
        asked["cap"] = [request.POST.get("cap_count", ""), request.POST.get("cap_hours", "")] if request.POST.get("cap_count", "") else None
    if asked.get("op") == "line.targeting":
        asked = {"op": asked["op"], "line": asked.get("line"), "targeting": change_targeting.posted(request.POST)}
    return f"{workflow.collect(change, asked, by=_who(request), at=timezone.now()).says}."


@act("orders.change")
def undo(request: HttpRequest, change: ChangeOrder) -> str:
    """Take one operation back, the last unless a position is given."""
    position = request.POST.get("position", "")
    changing.take_back(change, int(position) if position.isdecimal() else None, by=_who(request), at=timezone.now())
    return "Taken back."


@act("orders.change")
def earlier(request: HttpRequest, change: ChangeOrder) -> str:
    """An operation one place earlier."""
    position, order = request.POST.get("position", ""), list(range(len(change.operations)))
    if not position.isdecimal() or not 0 < int(position) < len(order):
        raise Invalid("there is nothing before it.", place=str(change), remedy="Choose a later one.")
    one = int(position)
    order[one - 1], order[one] = order[one], order[one - 1]
    changing.put_in_order(change, order, by=_who(request), at=timezone.now())
    return "Put earlier."


@act("orders.push_change")
def push(request: HttpRequest, change: ChangeOrder) -> str:
    """Into effect at once."""
    workflow.push(change, by=_who(request), at=timezone.now(), why=request.POST.get("why", ""))
    return "In effect. Flights run on as they were until the comparison has passed."


@act("orders.submit")
def send(request: HttpRequest, change: ChangeOrder) -> str:
    """On its way to approval and signature."""
    workflow.send(change, by=_who(request), at=timezone.now(), reason=request.POST.get("why", ""))
    return "Sent. The order runs on as it was until both sides have signed."


@act("orders.change")
def withdraw(request: HttpRequest, change: ChangeOrder) -> str:
    """Undo all of it."""
    changing.withdraw(change, by=_who(request), at=timezone.now(), why=request.POST.get("why", ""))
    return "Withdrawn. The order is as it was."


@act("orders.change")
def take_up(request: HttpRequest, change: ChangeOrder) -> str:
    """Collect again."""
    changing.take_up(change, by=_who(request), at=timezone.now(), why=request.POST.get("why", "") or "taken up again")
    return "Being collected again."


@act("orders.change")
def rebase(request: HttpRequest, change: ChangeOrder) -> str:
    """On the order as it is now."""
    workflow.rebase(change, by=_who(request), at=timezone.now())
    return "Based on the order as it is now."


@act("work.approvals.decide")
def decide(request: HttpRequest, change: ChangeOrder, approval_id: int) -> str:
    """One approval; the change follows."""
    actor = _who(request)
    found = work.approval_list(actor).filter(subject_type="orders.changeorder", subject_id=change.pk, pk=approval_id).first()
    if found is None:
        raise Http404("There is no such approval.")
    deciding.decide(found, request.POST.get("outcome", ""), by=actor, at=timezone.now(), reason=request.POST.get("reason", ""))
    return "Decided."


@act("orders.sign")
def sign(request: HttpRequest, change: ChangeOrder) -> str:
    """Our signature, or a client's seen on paper."""
    paper = request.POST.get("on_paper", "").strip()
    side = "client" if request.POST.get("side") == "client" else "seller"
    if side == "client" and not paper:
        raise Invalid("a client's signature was seen somewhere.", place="on_paper", remedy="Say where: a countersigned PDF by e-mail.")
    done = workflow.sign(change, side, request.POST.get("name", ""), by=_who(request), at=timezone.now(), ip=request.META.get("REMOTE_ADDR"), on_paper=paper)
    return "Signed by both sides: in effect." if done.status == "applied" else "Signed."


@act("orders.book")
def take_effect(request: HttpRequest, change: ChangeOrder) -> str:
    """What was signed and could not take effect, tried again."""
    workflow.take_effect(change, by=_who(request), at=timezone.now())
    return "In effect."


def _who(request: HttpRequest) -> Any:
    return request.user
