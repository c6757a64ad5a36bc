"""Papers of a client's own orders: each page as a picture for phones, the whole as PDF. Whoever takes the whole is kept."""

import functools
import pathlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from makegood.core.models import StoredFile
from makegood.core.queries import seller
from makegood.documents.papers import Redline, pictures
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.portal import frame
from makegood.orders import redlining
from makegood.orders.actions import papering
from makegood.orders.models import Order, Revision
from makegood.orders.queries import documents

WIDTH = 1100
SHEET = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
@permitted("core.sign_in")
def whole(request: HttpRequest, order_id: int, number: int) -> HttpResponse:
    """The newest PDF of a revision."""
    revision = _revision(request, order_id, number)
    return handed(revision, file_of(revision), by=frame.client(request), ip=request.META.get("REMOTE_ADDR"))


@require_safe
@permitted("core.sign_in")
def page(request: HttpRequest, order_id: int, number: int, page: int) -> HttpResponse:
    """One page of it."""
    return drawn(file_of(_revision(request, order_id, number)), page)


def handed(revision: Revision, file: StoredFile, *, by: Any, who: str = "", ip: str | None = None) -> HttpResponse:
    """The PDF to the client, whose taking is kept."""
    papering.read(revision.order, f"PDF, revision {revision.number}", by=by, at=timezone.now(), who=who, ip=ip)
    headers = {"Content-Disposition": f'inline; filename="{file.name}"', "Content-Security-Policy": SHEET, "Cache-Control": "private, no-store"}
    return HttpResponse(file.path.read_bytes(), content_type="application/pdf", headers=headers)


def drawn(file: StoredFile, number: int) -> HttpResponse:
    """A page as PNG; 404 where there is none."""
    try:
        content = _drawn(str(file.path), file.sha256, number)
    except IndexError as error:
        raise Http404("There is no such page.") from error
    return HttpResponse(content, content_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


def file_of(revision: Revision) -> StoredFile:
    """The revision's newest document, or 404."""
    if revision.document is None or not revision.document.path.exists():
        raise Http404("There is no such document.")
    return revision.document


def leaves(file: StoredFile, base: str) -> list[tuple[int, str]]:
    """Each page's number with the address of its picture."""
    return [(number, f"{base}{number}.png") for number in range(1, pictures.pages(file.path.read_bytes()) + 1)]


def changes(revision: Revision) -> Redline | None:
    """What differs from the revision before; None for the first."""
    before = Revision.objects.select_related("paper").filter(order=revision.order_id, number__lt=revision.number).order_by("-number").first()
    return redlining.redline(before, revision, seller()) if before else None


def numbered(order: Order, number: int) -> Revision:
    """A revision of the order, with its paper and document as they are now."""
    rows = Revision.objects.select_related("document", "paper", "order__advertiser__party", "order__agency__party")
    return rows.get(order=order, number=number)


@functools.lru_cache(maxsize=24)
def _drawn(path: str, sha256: str, number: int) -> bytes:
    """Kept by the document's hash."""
    return pictures.picture(pathlib.Path(path).read_bytes(), number, width_px=WIDTH)


def _revision(request: HttpRequest, order_id: int, number: int) -> Revision:
    try:
        return documents.revision(frame.client(request), order_id, number)
    except Revision.DoesNotExist as error:
        raise Http404("There is no such document.") from error
