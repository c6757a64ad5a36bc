"""Dropping a document: read at once, or refused where it was dropped with nothing stored. And the list of those received."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from makegood.core.errors import Refused
from makegood.interfaces.web import grid, links
from makegood.interfaces.web.imports.tables import IMPORTS
from makegood.interfaces.web.permitted import permitted
from makegood.orders.actions import importing


class Drop(forms.Form):
    """One document."""

    document = forms.FileField(label="Document", allow_empty_file=True, help_text="xlsx, xls, csv, PDF, or JSON of planmatic, AdCP, OpenDirect, OpenProposal")


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("orders.import")
def dropped(request: HttpRequest) -> HttpResponse:
    """The list of documents, and the field to drop one on; what cannot be read is said there and nothing is stored."""
    refused = None
    if request.method == "POST" and "document" in request.FILES:
        sent: Any = request.FILES["document"]
        try:
            received = importing.receive(sent.chunks(), name=sent.name, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        except Refused as error:  # shown under the field it was dropped on; nothing is stored
            refused = error
        else:
            return HttpResponseRedirect(links.record(received), status=303)
    if request.headers.get("HX-Target") == f"list-{IMPORTS.key}":
        return grid.part(request, IMPORTS)
    context = {**grid.context(request, IMPORTS), "form": Drop(), "refused": refused, "order_url": _order_url(refused)}
    return render(request, "imports/list.html", context, status=refused.status if refused else 200)


def _order_url(refused: Refused | None) -> str:
    """Where a document that is an order already leads."""
    order_id = getattr(refused, "order_id", None)
    return links.to("orders.order", order_id) if order_id else ""
