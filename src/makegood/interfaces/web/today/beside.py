"""What opens beside the queue: an approval, an order to countersign, a hold, a hand-over. A form each, one action each."""

import datetime

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from makegood.core import permissions, queries
from makegood.core.errors import Invalid
from makegood.insight import queue
from makegood.insight.actions import snoozing
from makegood.insight.queue.item import close_of
from makegood.interfaces.web import links, toasts
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.today import rows
from makegood.orders import queries as orders
from makegood.orders.actions import signing
from makegood.sales import queries as sales
from makegood.sales.actions import extending
from makegood.work import queries as work
from makegood.work.actions import cases, tasks
from makegood.workflows import holding
from makegood.workflows.ordering import deciding

both = require_http_methods(["GET", "HEAD", "POST"])
RECORDS = {  # kind of item -> the record a hand-over's task is about
    "approval": "work.approval", "pace": "orders.line", "version": "creatives.version", "order": "orders.order", "import": "orders.orderimport",
    "hold": "sales.hold", "invoice": "billing.invoice", "change": "orders.changeorder",
}  # fmt: skip


@both
@permitted("work.approvals.decide")
def decide(request: HttpRequest, approval_id: int) -> HttpResponse:
    """What is asked with its facts; approve, or send back with the reason."""
    asked = next((one for one in work.decidable(request.user, timezone.now()) if one.pk == approval_id), None)  # type: ignore[arg-type]
    if asked is None:
        raise Http404("This approval is decided, or not yours to decide.")
    if request.method != "POST":
        found = {
            "asked": asked, "place": links.to(asked.subject_type, asked.subject_id) or links.to(asked.root_type, asked.root_id),
            "facts": facts(asked.facts), "course": work.course(asked), "votes": asked.votes.select_related("person", "acted_for").order_by("pk"),
        }  # fmt: skip
        return render(request, "today/decide.html", found)
    outcome = request.POST.get("outcome", "")
    deciding.decide(asked, outcome, by=request.user, at=timezone.now(), reason=request.POST.get("reason", ""))  # type: ignore[arg-type]
    toasts.add(request, f"{'Approved' if outcome == 'approved' else 'Sent back'}: {asked.title}")
    return _home()


@both
@permitted("orders.sign")
def countersign(request: HttpRequest, order_id: int) -> HttpResponse:
    """The frozen revision with its hash; signed by typing one's name."""
    seen = orders.campaign(request.user, order_id) if orders.visible_to(request.user).filter(pk=order_id).exists() else None  # type: ignore[arg-type]
    if seen is None:
        raise Http404("This order is not here.")
    if request.method != "POST":
        revision = next((one for one in seen.revisions if one.number == seen.order.revision), None)
        return render(request, "today/countersign.html", {"seen": seen, "revision": revision})
    signing.sign(
        seen.order, "seller", request.POST.get("name", ""), by=request.user, at=timezone.now(), ip=request.META.get("REMOTE_ADDR"),  # type: ignore[arg-type]
    )  # fmt: skip
    toasts.add(request, f"Signed by both sides: {seen.order}. It can be booked.")
    return HttpResponseRedirect(links.record(seen.order), status=303)


@both
@permitted("sales.hold")
def hold(request: HttpRequest, hold_id: int) -> HttpResponse:
    """Keep it longer with the reason, or give it back."""
    found, at = sales.hold_list(request.user).filter(pk=hold_id).first(), timezone.now()  # type: ignore[arg-type]
    if found is None:
        raise Http404("This hold is not here.")
    if request.method != "POST":
        longest = (found.expires_at + datetime.timedelta(days=3)).date()
        return render(request, "today/hold.html", {"hold": found, "until": min(longest, (at + datetime.timedelta(days=13)).date())})
    why = request.POST.get("why", "")
    if request.POST.get("do") == "release":
        holding.release(found, by=request.user, at=at, why=why)  # type: ignore[arg-type]
        toasts.add(request, f"Released: {found}")
    else:
        day = _day(request.POST.get("until", ""))
        if not why.strip():
            raise Invalid("keeping it longer needs its reason.", place="why", remedy="Say why in a sentence.")
        extending.extend(found, close_of(day, request.user), by=request.user, at=at, why=why)  # type: ignore[arg-type]
        toasts.add(request, f"Kept until {day.day} {day:%B}: {found}")
    return _home()


@both
@permitted("work.tasks.see")
def hand_over(request: HttpRequest, key: str) -> HttpResponse:
    """To whom, and a note."""
    at = timezone.now()
    team = permissions.may(request.user, "work.tasks.hand_over", None) or "team" in request.GET  # type: ignore[arg-type]
    item = queue.of(request.user, at, team=team).find(key)  # type: ignore[arg-type]
    if item is None:
        raise Http404("This is no longer in the queue.")
    if request.method != "POST":
        return render(request, "today/hand_over.html", {"row": rows.row(item, at), "staff": queries.staff().exclude(pk=item.owner_id or request.user.pk)})
    to, note = queries.colleague(request.POST.get("to")), request.POST.get("note", "")
    if to is None or not note.strip():
        raise Invalid("a hand-over names a colleague and says what they should know.", place=item.title, remedy="Fill in both.")
    kind, _, number = key.partition("-")
    if kind == "task":
        tasks.hand_over(work.task_list(request.user).get(pk=number), to, by=request.user, at=at, note=note)  # type: ignore[arg-type]
    elif kind == "case":
        cases.assign(work.case_list(request.user).get(pk=number), to, by=request.user, at=at, note=note)  # type: ignore[arg-type]
    else:
        snoozing.hand_over(item, apps.get_model(RECORDS[kind]).objects.get(pk=number), to, by=request.user, at=at, note=note)  # type: ignore[arg-type]
    toasts.add(request, f"{to.name} has it now: {item.title}")
    return _home()


def facts(found: dict[str, object]) -> list[tuple[str, object]]:
    """The facts of an approval as pairs of words: {"lines": {"1": "18.2"}} reads "Line 1: 18.2"."""
    pairs: list[tuple[str, object]] = []
    for name, value in found.items():
        words = name.replace("_pct", " %").replace("_", " ").capitalize()
        if isinstance(value, dict):
            pairs += [(f"{words.removesuffix('s')} {key}", inner) for key, inner in value.items()]
        else:
            pairs.append((words, ", ".join(map(str, value)) if isinstance(value, list) else value))
    return pairs


def _home() -> HttpResponse:
    return HttpResponseRedirect("/", status=303)


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"{text!r} is no day.", place="until", remedy="Choose a day.") from None
