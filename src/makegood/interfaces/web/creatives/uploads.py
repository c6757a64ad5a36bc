"""Uploading: several files at once, each answered by itself with what was found and how to fix it."""

import dataclasses
import pathlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from makegood.accounts.models import Brand
from makegood.core.errors import Invalid, Refused
from makegood.creatives import guidance
from makegood.creatives.actions import branding, receiving
from makegood.creatives.models import Creative, Version
from makegood.creatives.queries import lists
from makegood.interfaces.web import links
from makegood.interfaces.web.components import Crumb
from makegood.interfaces.web.creatives import forms, looking
from makegood.interfaces.web.permitted import permitted
from makegood.trafficking.queries import campaigns

MOST = 50


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What became of one file: a version with its guidance, or the refusal."""

    name: str
    version: Version | None = None
    guidance: str = ""
    refusal: Refused | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("creatives.review")
def upload(request: HttpRequest, creative_id: int | None = None) -> HttpResponse:
    """The form, and the answer to its files. With `creative_id` each file is that creative's next version."""
    creative = looking.creative(request, creative_id) if creative_id else None
    if request.method == "POST":
        return _receive(request, creative)
    form = forms.Target(request.user, initial=_initial(request))  # type: ignore[arg-type]
    crumbs = [Crumb("Creatives", links.page("creatives"))]
    crumbs += [Crumb(creative.name, links.record(creative)), Crumb("New version")] if creative else [Crumb("Upload")]
    return render(
        request, "creatives/upload.html", {"area": "creatives", "crumbs": crumbs, "form": form, "creative": creative}
    )


def _receive(request: HttpRequest, creative: Creative | None) -> HttpResponse:
    form = forms.Target(request.user, request.POST)  # type: ignore[arg-type]
    sent = request.FILES.getlist("files")
    if not sent or len(sent) > MOST:
        raise Invalid(f"{len(sent)} files were sent.", place="files", remedy=f"Choose 1 to {MOST}.")
    if creative is None and not form.is_valid():
        response = render(request, "creatives/upload_fields.html", {"form": form, "creative": None}, status=422)
        response["HX-Retarget"], response["HX-Reswap"] = ".mg-upload", "outerHTML"
        return response
    profile = request.POST.get("profile", "").strip()
    outcomes = []
    for file in sent:
        target = creative or _new(request, form, file.name or "")
        try:
            version = receiving.receive(
                file.chunks(),
                name=file.name or "file",
                creative=target,
                by=request.user,
                at=timezone.now(),
                profile=profile,  # type: ignore[arg-type]
            )
        except Refused as refusal:  # each file is an action of its own; its refusal stands beside its name
            outcomes.append(Outcome(file.name or "file", refusal=refusal))
        else:
            outcomes.append(Outcome(file.name or "file", version, guidance.compose(version.verdict, version.findings)))
    found = {"outcomes": outcomes, "creative": creative, "form": form}
    if getattr(request, "htmx", False):
        return render(request, "creatives/upload_outcomes.html", found)
    crumbs = [Crumb("Creatives", links.page("creatives")), Crumb("Upload")]
    return render(request, "creatives/upload.html", {"area": "creatives", "crumbs": crumbs, **found})


def _new(request: HttpRequest, form: forms.Target, name: str) -> receiving.NewCreative:
    wanted = form.cleaned_data
    title = pathlib.PurePath(name).stem.replace("_", " ").replace("-", " ").strip().capitalize() or "Creative"
    order = wanted["order"] and campaigns.order(request.user, wanted["order"])  # type: ignore[arg-type]
    if order and order.advertiser_id != wanted["advertiser"]:
        raise Invalid(
            f"{order.name} is {order.advertiser}'s.", place="campaign", remedy="Choose one of this advertiser's."
        )
    return receiving.NewCreative(
        lists.advertiser(request.user, wanted["advertiser"]), title[:160], click_url=wanted["click_url"],  # type: ignore[arg-type]
        brand=_brand(wanted["brand"], wanted["advertiser"]) or (branding.own(order.advertiser, order.brand) if order else None),
        root=("orders.order", order.pk) if order else None, products=tuple(campaigns.products(order.pk)) if order else (),
    )  # fmt: skip


def _brand(brand_id: int | None, advertiser_id: int) -> Brand | None:
    return next((one for one in lists.brands(advertiser_id) if one.pk == brand_id), None)


def _initial(request: HttpRequest) -> dict[str, int]:
    """From the address: ?order=ID brings its advertiser with it."""
    asked = request.GET.get("order", "")
    if asked.isdecimal():
        for pk, _ in campaigns.orders(request.user):  # type: ignore[arg-type]
            if pk == int(asked):
                return {"order": pk, "advertiser": campaigns.order(request.user, pk).advertiser_id}  # type: ignore[arg-type]
    account = request.GET.get("advertiser", "")
    return {"advertiser": int(account)} if account.isdecimal() else {}
