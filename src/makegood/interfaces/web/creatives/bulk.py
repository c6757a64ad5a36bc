"""Many files for one campaign: sent in pieces with progress each, matched to what the campaign asks for, then taken."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from makegood.core import permissions
from makegood.core.errors import Invalid, Refused
from makegood.creatives import guidance
from makegood.creatives.actions import branding, receiving, uploading
from makegood.creatives.matching import Deliverable
from makegood.creatives.models import Creative, Upload
from makegood.creatives.queries import lists
from makegood.interfaces.web import answers, links, toasts
from makegood.interfaces.web.components import Crumb
from makegood.interfaces.web.creatives import briefs, looking
from makegood.interfaces.web.creatives.uploads import Outcome
from makegood.interfaces.web.permitted import permitted
from makegood.orders.models import Order
from makegood.trafficking.queries import campaigns, deliverables


@require_safe
@permitted("creatives.review")
def bulk(request: HttpRequest, order_id: int) -> HttpResponse:
    """What the campaign asks for, what is on its way, what each whole file seems to be."""
    return _page(request, looking.order(request, order_id))


@require_POST
@permitted("creatives.review")
def begin(request: HttpRequest, order_id: int) -> HttpResponse:
    """{id, received} of the file named, new or where it stopped."""
    order, size = looking.order(request, order_id), request.POST.get("size", "")
    found = uploading.begin(
        request.POST.get("name", ""), int(size) if size.isdecimal() and len(size) < 12 else 0, lists.advertiser(looking.person(request), order.advertiser_id),
        ("orders.order", order.pk), by=looking.person(request), at=timezone.now(),
    )  # fmt: skip
    return JsonResponse({"id": found.pk, "received": found.received})


@require_POST
@permitted("creatives.review")
def piece(request: HttpRequest, upload_id: int) -> HttpResponse:
    """{received} once the piece is durable; a refusal (409) says from where to go on."""
    upload, offset, file = _upload(request, upload_id), request.POST.get("offset", ""), request.FILES.get("piece")
    if file is None or not offset.isdecimal():
        raise Invalid("there is no piece.", place=upload.name, remedy="Send the bytes and where they begin.")
    found = uploading.append(upload, int(offset[:15]), file.read(), by=looking.person(request))
    return JsonResponse({"received": found.received, "refusal": found.refusal})


@require_POST
@permitted("creatives.review")
def take(request: HttpRequest, order_id: int) -> HttpResponse:
    """Each file as the deliverable chosen for it; or forget all that wait."""
    order, person = looking.order(request, order_id), looking.person(request)
    waiting = _waiting(request, order)
    if request.POST.get("do") == "drop":
        toasts.add(request, f"{uploading.drop(waiting, by=person)} files are forgotten.")
        return answers.SeeOther(f"/creatives/bulk/{order.pk}/")
    asked = deliverables.wanted(order)
    chosen = [(one, request.POST.get(f"as-{one.pk}", "")) for one in waiting if one.whole and not one.refusal]
    outcomes = [_take(request, order, one, as_, asked) for one, as_ in chosen if as_]
    if not outcomes:
        raise Invalid("nothing was chosen.", place="files", remedy="Say for at least one file what it is.")
    return _page(request, order, outcomes)


def _take(request: HttpRequest, order: Order, upload: Upload, chosen: str, asked: list[Deliverable]) -> Outcome:
    person = looking.person(request)
    wanted = asked[int(chosen)] if chosen.isdecimal() and int(chosen) < len(asked) else None
    known = Creative.objects.filter(pk=wanted.creative_id).first() if wanted and wanted.creative_id else None
    name = (wanted.name if wanted else upload.name.rpartition(".")[0] or upload.name)[:160]
    new = receiving.NewCreative(
        lists.advertiser(person, order.advertiser_id), name, click_url=request.POST.get("click_url", "").strip()[:1000], root=("orders.order", order.pk), brand=branding.own(order.advertiser, order.brand),
        products=tuple(campaigns.products(order.pk)),
    )  # fmt: skip
    try:
        version = uploading.take(upload, known or new, by=person, at=timezone.now())
    except Refused as refusal:  # each file is an action of its own; its refusal stands beside its name
        return Outcome(upload.name, refusal=refusal)
    return Outcome(upload.name, version, guidance.compose(version.verdict, version.findings))


def _page(request: HttpRequest, order: Order, outcomes: list[Outcome] | None = None) -> HttpResponse:
    waiting = _waiting(request, order)
    asked = deliverables.wanted(order)
    rows = [(row, asked.index(row.match.wanted) if row.match else None) for row in deliverables.matched(order, waiting)]
    found = {
        "area": "creatives", "crumbs": [Crumb("Creatives", links.page("creatives")), Crumb(order.name, links.record(order)), Crumb("Many files")],
        "order": order, "rows": rows, "asked": list(enumerate(asked)), "brief": deliverables.brief_of(order), "lines": briefs.lines(asked),
        "may_brief": permissions.may(looking.person(request), "creatives.brief"), "most": uploading.MOST, "outcomes": outcomes,
        "partial": [one for one in waiting if not one.whole], "refused": [one for one in waiting if one.refusal],
    }  # fmt: skip
    return render(request, "creatives/bulk.html", found)


def _waiting(request: HttpRequest, order: Order) -> list[Upload]:
    rows = Upload.objects.filter(by=looking.person(request), root_type="orders.order", root_id=order.pk, version=None)
    return list(rows.order_by("pk"))


def _upload(request: HttpRequest, upload_id: int) -> Upload:
    found = Upload.objects.filter(pk=upload_id, by=looking.person(request), version=None).first()
    if found is None:
        raise Http404("This file is not on its way.")
    return found
