"""What was read of a document beside its page. Reads only."""

import functools
import pathlib
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from makegood.accounts import queries as accounts
from makegood.core.errors import Refused
from makegood.documents import orders as documents
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links
from makegood.interfaces.web.imports import document, rows
from makegood.interfaces.web.permitted import permitted
from makegood.orders import queries
from makegood.orders.models import OrderImport
from makegood.orders.queries.imports import ImportView

WIDTHS = {"1": 1032, "2": 1548}


@require_safe
@permitted("orders.import")
def one(request: HttpRequest, import_id: int) -> HttpResponse:
    """The document beside its grid."""
    return page(request, import_id)


def page(request: HttpRequest, import_id: int, *, refused: Refused | None = None) -> HttpResponse:
    """The page; `refused` is what an action just said no to, with every reason it gave."""
    view = found(request, import_id)
    received = view.received
    name = received.advertiser or next((party.named for party in view.parties if party.role == "advertiser"), "") or received.file.name
    blocking = [problem for problem in view.problems if problem.blocks]
    numbers, sheets = document.pages_with_values(view), document.sheets_with_values(view)
    many = view.pages or len(sheets) or 1
    number = int(request.GET["page"]) if request.GET.get("page", "").isdecimal() else (numbers or [1])[0]
    number = min(max(number, 1), many)
    context: dict[str, Any] = {
        "area": "orders", "crumbs": [c.Crumb("Orders", links.page("orders")), c.Crumb("Import", links.page("imports")), c.Crumb(str(name))],
        "asof": f"{formats.clock(timezone.now())}, avails as of now", "view": view, "received": received, "name": name, "refused": refused,
        "reasons": getattr(refused, "open", ()), "rows": rows.rows(view), "fixes": rows.fixes(view), "blocking": blocking,
        "short": sum(bool(line.avails and line.avails.short) for line in view.lines), "certain": _certain(view), "edited": rows.EDITED,
        "doc": document.page_of(view, number) if view.pages else None, "sheet": None if view.pages else document.sheet_of(view, sheets[number - 1] if sheets else None),
        "pages": [(n, n if view.pages else sheets[n - 1] if sheets else "", n == number, not view.pages or n in numbers) for n in range(1, many + 1)],
        "recognised": received.document["document"].get("recognised", 0), "units": sum(line.planned.quantity for line in view.lines if line.planned),
        "read": [_field(cell) for cell in view.fields], "work_url": links.record(received),
        "order_url": links.record(received.order) if received.order else "", "products": rows.products(view.choices) if received.status == "read" else [], "parties": _parties(request, view),
        "learnt": queries.learnt(request.user, received),
    }  # fmt: skip
    return render(request, "imports/one.html", context, status=refused.status if refused else 200)


@require_safe
@permitted("orders.import")
def picture(request: HttpRequest, import_id: int, number: int) -> HttpResponse:
    """A page of the document as PNG."""
    received = queries.import_list(request.user).filter(pk=import_id).first()  # type: ignore[arg-type]
    pages = received.document["document"]["pages"] if received else None
    if received is None or not pages or not 1 <= number <= pages:
        raise Http404("There is no such page.")
    response = HttpResponse(_drawn(str(received.file.path), received.sha256, number), content_type="image/png")
    response["Cache-Control"] = "private, max-age=86400"
    return response


@functools.lru_cache(maxsize=24)
def _drawn(path: str, sha256: str, number: int) -> bytes:
    """Kept by the document's hash."""
    return documents.page_image(pathlib.Path(path), number, width_px=WIDTHS["1"])


def found(request: HttpRequest, import_id: int) -> ImportView:
    """The import; 404 when there is none this person may see."""
    try:
        return queries.import_view(request.user, import_id, at=timezone.now())  # type: ignore[arg-type]
    except OrderImport.DoesNotExist as error:
        raise Http404("There is no such import.") from error


def _certain(view: ImportView) -> tuple[int, int]:
    """How many of the values read pass without a look."""
    read = document.cells(view)
    return sum(cell.state in ("ok", "fixed") for cell in read), len(read)


def _field(cell: Any) -> tuple[Any, str, str, str, str, str]:
    """A field with its label, confidence, value as people write it, value as it is typed, and why it is so sure."""
    typed = "" if cell.value is None else str(cell.value)
    return cell, cell.name.replace("_", " ").capitalize(), formats.percent(min(cell.confidence, 0.999), 1), _shown(cell), typed, _sentence(cell.why)


def _sentence(clauses: Sequence[str]) -> str:
    """Clauses as one sentence."""
    said = ", ".join(clauses)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _shown(cell: Any) -> str:
    """A field's value as people write it."""
    if hasattr(cell.value, "isoformat"):
        return formats.day(cell.value)
    return formats.number(cell.value, 2) if cell.name.endswith("_amount") and cell.value is not None else str(cell.value if cell.value is not None else cell.text)


def _parties(request: HttpRequest, view: ImportView) -> list[dict[str, Any]]:
    """Each role with whom it means; accounts to choose from only where the question is open."""
    told = []
    for party in view.parties:
        choices = []
        if party.account_id is None and not party.none and view.received.status == "read":
            known = accounts.account_list(request.user).filter(party__kind=party.role)  # type: ignore[arg-type]
            choices = [(one.pk, str(one)) for one in known]
        likely = [(pk, name, formats.percent(score, 0)) for pk, name, score in party.offered[:2]] if party.account_id is None else []
        told.append({"party": party, "choices": choices, "likely": likely})
    return told
