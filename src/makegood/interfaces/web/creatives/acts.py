"""What is done beside deciding: an opinion, an exception asked for, a remark pinned, evidence shown, the approval as a file."""

import json
from decimal import Decimal, InvalidOperation

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from makegood.catalog import queries as catalog
from makegood.core import files
from makegood.core.errors import Invalid
from makegood.creatives.actions import branding, excepting, reviewing, showing
from makegood.creatives.models import Pin, Version
from makegood.creatives.queries import lists
from makegood.interfaces.web import answers, links, posted, toasts
from makegood.interfaces.web.creatives import forms, looking
from makegood.interfaces.web.permitted import permitted
from makegood.work import sealed


@require_POST
@permitted("creatives.decide")
def opine(request: HttpRequest, version_id: int) -> HttpResponse:
    """A view without a decision; two that differ go to the lead."""
    version, wanted = looking.version(request, version_id), posted.values(forms.Decide(request.POST))
    made = reviewing.opine(
        version, wanted["outcome"], by=looking.person(request), at=timezone.now(), reason=wanted["reason"], guideline=catalog.guideline(wanted["guideline"])
    )
    toasts.add(request, f"Your opinion on {version}: {made.get_outcome_display().lower()}.")
    return answers.SeeOther(links.record(version.creative))


@require_POST
@permitted("creatives.review")
def ask_exception(request: HttpRequest, version_id: int) -> HttpResponse:
    """Ask that it may run as it is; whoever the risk asks for decides."""
    version, wanted = looking.version(request, version_id), posted.values(forms.Exempt(request.POST))
    where = excepting.Wanted(wanted["starts_on"] or timezone.localdate(), wanted["ends_on"], wanted["placements"], wanted["markets"])
    made = excepting.ask(version, where, why=wanted["why"], by=looking.person(request), at=timezone.now(), guideline=catalog.guideline(wanted["guideline"]))
    toasts.add(request, f"{made} is asked for: risk {made.get_risk_display().lower()}.")
    return answers.SeeOther(links.record(version.creative))


@require_POST
@permitted("creatives.review")
def brand(request: HttpRequest, creative_id: int) -> HttpResponse:
    """The brand it is for."""
    found = looking.creative(request, creative_id)
    wanted = posted.values(forms.Branded(found.advertiser_id, request.POST))["brand"]
    chosen = next((one for one in lists.brands(found.advertiser_id) if one.pk == wanted), None)
    branding.assign(found, chosen, by=looking.person(request), at=timezone.now())
    toasts.add(request, f"{found} is for {chosen or found.advertiser}.")
    return answers.SeeOther(links.record(found))


@require_POST
@permitted("creatives.pin")
def pin(request: HttpRequest, version_id: int) -> HttpResponse:
    """A remark at a place of the picture or at a second."""
    version = looking.version(request, version_id)
    x, y, second = (number(request, name) for name in ("x", "y", "at_s"))
    made = showing.pin(
        version, request.POST.get("text", ""), by=looking.person(request), at=timezone.now(), x=None if x is None else float(x),
        y=None if y is None else float(y), at_s=second, visible_to_client=request.POST.get("client") == "yes",
    )  # fmt: skip
    toasts.add(request, f"Remark {made.number} is pinned.")
    return answers.SeeOther(links.record(version.creative))


@require_POST
@permitted("creatives.review")
def settle_pin(request: HttpRequest, pin_id: int) -> HttpResponse:
    """The remark is dealt with."""
    found = Pin.objects.select_related("version__creative").filter(pk=pin_id).first()
    if found is None:
        raise Http404("This remark is not here.")
    showing.settle(found, by=looking.person(request), at=timezone.now())
    return answers.SeeOther(links.record(found.version.creative))


@require_POST
@permitted("creatives.show_evidence")
def evidence(request: HttpRequest, creative_id: int) -> HttpResponse:
    """A licence, an age gate or a disclaimer, with its paper when there is one."""
    creative, wanted = looking.creative(request, creative_id), posted.values(forms.Show(request.POST))
    file = request.FILES.get("file")
    showing.show(
        creative, wanted["kind"], wanted["text"], by=looking.person(request), at=timezone.now(), valid_until=wanted["valid_until"],
        content=file.chunks(files.CHUNK) if file else (), name=file.name or "evidence" if file else "",
    )  # fmt: skip
    toasts.add(request, "It is kept with the creative.")
    return answers.SeeOther(links.record(creative))


@require_safe
@permitted("creatives.review")
def export(request: HttpRequest, version_id: int) -> HttpResponse:
    """The standing decision as a file that `makegood verify-approval` checks."""
    version: Version = looking.version(request, version_id)
    decision = version.decisions.order_by("-at", "-pk").first()
    if decision is None:
        raise Http404("Nothing was decided on this version yet.")
    text = json.dumps(sealed.export(decision, at=timezone.now()), indent=1, ensure_ascii=False)
    return HttpResponse(text, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="approval-{version_id}.json"'})


def number(request: HttpRequest, name: str) -> Decimal | None:
    """A posted number; None when it was left empty. Raises Invalid naming the field."""
    text = request.POST.get(name, "").strip()
    try:
        found = Decimal(text or 0)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or len(text) > 20:
        raise Invalid(f"{text[:40]!r} is no number.", place=name, remedy="Click the place, or write a number like 4.5.")
    return found if text else None
