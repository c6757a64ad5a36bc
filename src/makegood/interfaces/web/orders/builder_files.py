"""The builder's sheet as a file: out as a workbook, and a workbook or CSV in as rows to look at. Nothing is saved."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from makegood.core import files
from makegood.core.errors import Invalid
from makegood.interfaces.web.grid.export import TYPES
from makegood.interfaces.web.orders import builder_wire as wire
from makegood.interfaces.web.orders import campaign
from makegood.interfaces.web.orders.builder_wire import answering
from makegood.interfaces.web.permitted import permitted
from makegood.orders.sheet import checking, saved, workbooks


@require_safe
@permitted("orders.draft")
def export(request: HttpRequest, order_id: int) -> HttpResponse:
    """The sheet as it is saved; sent back unchanged it changes nothing."""
    order, at = campaign.visible(request, order_id), timezone.now()
    content = workbooks.written(order, checking.check(order, saved.rows(order), at=at), at=at)
    name = f"{order.number}-sheet-{timezone.localdate():%Y-%m-%d}.xlsx"
    return HttpResponse(content, content_type=TYPES["xlsx"], headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_POST
@permitted("orders.draft")
@answering
def upload(request: HttpRequest, order_id: int) -> HttpResponse:
    """The rows of a file, for the sheet to show and check."""
    order = campaign.visible(request, order_id)
    sent: Any = request.FILES.get("sheet")
    if sent is None:
        raise Invalid("no file came along.", place="sheet", remedy="Choose an XLSX, XLS or CSV file.")
    with files.on_disk(sent.chunks(), sent.name) as path:
        rows = checking.few_enough(workbooks.read(path, order))
    return JsonResponse({"rows": [wire.typed(row) for row in rows], "name": sent.name})
