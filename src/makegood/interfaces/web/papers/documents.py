"""An order's documents: what there is, and handing each out. Whoever takes a copy is kept."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from makegood.accounts.models import Contact
from makegood.core import permissions
from makegood.core.queries import seller
from makegood.documents import papers as written
from makegood.documents.papers import language
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links
from makegood.interfaces.web.orders import campaign
from makegood.interfaces.web.permitted import permitted
from makegood.orders import cautions, papers, redlining
from makegood.orders.actions import papering
from makegood.orders.models import Order, Revision
from makegood.orders.queries import documents as queries

PDF, WORD = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOW = {"order.pdf": ("order", written.pdf), "order.docx": ("order", written.word), "proposal.pdf": ("proposal", written.pdf), "proposal.docx": ("proposal", written.word)}
"""What is made of the order as it stands: by file name, the kind of paper and its writer."""


@require_safe
@permitted("orders.see")
def page(request: HttpRequest, order_id: int) -> HttpResponse:
    """Every document of the order by revision, who was asked to sign, who took a copy."""
    actor: Any = request.user
    try:
        seen = queries.documents(actor, order_id, at=timezone.now())
    except Order.DoesNotExist as error:
        raise Http404("There is no such order.") from error
    order = seen.order
    proposed = cautions.signer(order)
    crumbs = [c.Crumb("Orders", links.page("orders")), c.Crumb(order.name, links.record(order)), c.Crumb("Documents")]
    found = {
        "area": "orders", "crumbs": crumbs, "seen": seen, "order": order, "languages": language.NAMES.items(), "code": papers.language_of(order),
        "contacts": _contacts(order, proposed), "proposed": proposed, "may_send": permissions.may(actor, "orders.send_paper", order),
        "may_draft": permissions.may(actor, "orders.draft", order), "to_sign": next((one for one in seen.revisions if one.awaited), None),
    }  # fmt: skip
    return render(request, "papers/documents.html", found)


@require_safe
@permitted("orders.see")
def now(request: HttpRequest, order_id: int, name: str) -> HttpResponse:
    """The order or proposal as it stands, as PDF or Word: nothing is frozen by it."""
    if name not in NOW:
        raise Http404("There is no such document.")
    order, (kind, write) = campaign.visible(request, order_id), NOW[name]
    doc = papers.document(order, seller(), number=order.revision, at=timezone.now(), kind=kind)
    return handed(request, order, f"{kind}, revision {order.revision} as it stood", f"{order.number}-{kind}.{name.rpartition('.')[2]}", write(doc))


@require_safe
@permitted("orders.see")
def of_revision(request: HttpRequest, order_id: int, number: int, name: str) -> HttpResponse:
    """A frozen revision's document: sent.pdf, sealed.pdf, order.docx, or redline-3.pdf against revision 3."""
    actor: Any = request.user
    try:
        revision = queries.revision(actor, order_id, number)
        content = _content(revision, name, actor)
    except Revision.DoesNotExist as error:
        raise Http404("There is no such document.") from error
    return handed(request, revision.order, f"{name.rpartition('.')[0]}, revision {number}", f"{revision.order.number}-r{number}-{name}", content)


def handed(request: HttpRequest, order: Order, what: str, name: str, content: bytes, *, who: str = "") -> HttpResponse:
    """The bytes to the reader, whose taking is kept."""
    by: Any = None if who else request.user
    papering.read(order, what, by=by, at=timezone.now(), who=who, ip=request.META.get("REMOTE_ADDR"))
    pdf = name.endswith(".pdf")
    shown = "inline" if pdf and "download" not in request.GET else "attachment"
    headers = {"Content-Disposition": f'{shown}; filename="{name}"', "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox", "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=PDF if pdf else WORD, headers=headers)


def _content(revision: Revision, name: str, actor: Any) -> bytes:
    if name == "order.docx":
        return written.word(papers.frozen(revision, revision.signatures.order_by("pk"))) if hasattr(revision, "paper") else _missing()
    if name in ("sent.pdf", "sealed.pdf"):
        issued = revision.issued.filter(kind=name.partition(".")[0]).select_related("file").first()
        return issued.file.path.read_bytes() if issued and issued.file.path.exists() else _missing()
    kind, _, other = name.removesuffix(".pdf").partition("-")
    if kind != "redline" or not name.endswith(".pdf") or not other.isdecimal() or len(other) > 4 or int(other) >= revision.number:
        return _missing()
    return redlining.pdf(queries.revision(actor, revision.order_id, int(other)), revision, seller())


def _missing() -> bytes:
    raise Http404("There is no such document.")


def _contacts(order: Order, proposed: Contact | None) -> list[Contact]:
    """Who may be asked to sign, the one proposed first."""
    rows = Contact.objects.filter(account__in=[pk for pk in (order.agency_id, order.advertiser_id) if pk]).exclude(email="")
    return sorted(rows.select_related("account__party").order_by("account_id", "name"), key=lambda one: one != proposed)
