"""Writing a campaign's brief for its files: a line each."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.core.errors import Invalid
from makegood.creatives.actions import briefing
from makegood.creatives.matching import Deliverable
from makegood.interfaces.web import answers, toasts
from makegood.interfaces.web.creatives import looking
from makegood.interfaces.web.permitted import permitted

SIZE, LENGTH = re.compile(r"(\d{1,5})\s*[x×]\s*(\d{1,5})"), re.compile(r"(\d{1,4})\s*s\s+(audio|video)")


@require_POST
@permitted("creatives.brief")
def brief(request: HttpRequest, order_id: int) -> HttpResponse:
    """The next version of the brief; what was approved under the one before is reviewed again."""
    order = looking.order(request, order_id)
    rows = [_row(line, number) for number, line in enumerate(request.POST.get("deliverables", "").splitlines(), 1) if line.strip()]
    made = briefing.brief(order, rows, by=looking.person(request), at=timezone.now(), text=request.POST.get("text", ""), why=request.POST.get("why", ""))
    toasts.add(request, f"{str(made).capitalize()} of {order.name}: {len(rows)} files.")
    return answers.SeeOther(f"/creatives/bulk/{order.pk}/")


def lines(asked: list[Deliverable]) -> str:
    """Deliverables as they are written: name | size or length."""
    return "\n".join(f"{one.name} | {one.shape}" for one in asked)


def _row(line: str, number: int) -> dict[str, Any]:
    """Name | 300x250 (or 30 s audio, or native) | what it must say."""
    name, shape, text = (part.strip() for part in (*line.split("|", 2), "", "")[:3])
    row: dict[str, Any] = {"name": name[:160], "text": text[:500]}
    if found := SIZE.fullmatch(shape):
        return row | {"format": "display", "width": int(found[1]), "height": int(found[2])}
    if found := LENGTH.fullmatch(shape.lower()):
        return row | {"format": found[2], "duration_s": int(found[1])}
    if shape.lower() == "native":
        return row | {"format": "native"}
    raise Invalid(f"{shape[:40]!r} is no size or length.", place=f"line {number}", remedy="Write it like: Rectangle | 300x250, or Spot | 30 s audio.")
