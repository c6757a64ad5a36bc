"""One advertisement as its client sees it: where it stands in plain words, remarks, an exception to ask for, evidence to show."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from makegood.core import files
from makegood.core.errors import Invalid
from makegood.creatives import guidance
from makegood.creatives.actions import excepting, showing
from makegood.creatives.queries import approvals, standing
from makegood.interfaces.web import posted, toasts
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.creatives import forms, previews
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.portal import frame, views, words
from makegood.orders.queries import visible_to
from makegood.work.actions import comments


@require_safe
@permitted("core.sign_in")
def advert(request: HttpRequest, creative_id: int) -> HttpResponse:
    """The newest version, what we said of it, and what can be done."""
    person, at = frame.client(request), timezone.now()
    creative = views.creative(request, creative_id)
    versions = list(creative.versions.select_related("creative__advertiser__party", "file", "profile").order_by("-number"))
    version, on = versions[0], approvals.day(at)
    around = standing.of(person, version, on=on)
    decision = version.decisions.select_related("guideline").order_by("-at", "-pk").first()
    order = visible_to(person).filter(pk=creative.root_id).first() if creative.root_type == "orders.order" else None
    more = {
        "creative": creative, "version": version, "versions": versions, "preview": previews.of(version, at=at, pins=around.pins), "around": around,
        "decision": decision, "says": words.advert(version, decision, around.asked, approvals.verdict(version, at=at, sha256=version.sha256)), "order": order,
        "guidance": guidance.compose(version.verdict, version.findings).split("\n") if version.status == "failed" else [], "today": on, "kinds": forms.KINDS,
        "waits": version.status in ("failed", "rejected") and around.asked is None,
    }  # fmt: skip
    return frame.page(request, "portal/advert.html", "ads", more)


@require_POST
@permitted("core.sign_in")
def ask(request: HttpRequest, creative_id: int) -> HttpResponse:
    """Ask that it may run as it is."""
    creative, wanted = views.creative(request, creative_id), posted.values(forms.Exempt(request.POST))
    version = creative.versions.order_by("-number")[0]
    decision = version.decisions.select_related("guideline").order_by("-at", "-pk").first()
    rule = next((one["rule"] for one in version.findings if one["severity"] == "block"), "")
    where = excepting.Wanted(wanted["starts_on"] or timezone.localdate(), wanted["ends_on"])
    excepting.ask(
        version, where, why=wanted["why"], by=frame.client(request), at=timezone.now(), guideline=decision.guideline if decision else None, rule=rule
    )
    toasts.add(request, f"We have your request for {creative} and answer within one working day.")
    return SeeOther(f"/portal/ads/{creative.pk}/")


@require_POST
@permitted("core.sign_in")
def say(request: HttpRequest, creative_id: int) -> HttpResponse:
    """A word on this advertisement."""
    creative = views.creative(request, creative_id)
    comments.add(creative.versions.order_by("-number")[0], request.POST.get("body", ""), by=frame.client(request), at=timezone.now())
    toasts.add(request, "We have your words and answer within one working day.")
    return SeeOther(f"/portal/ads/{creative.pk}/")


@require_POST
@permitted("core.sign_in")
def show(request: HttpRequest, creative_id: int) -> HttpResponse:
    """A licence, an age gate or a disclaimer a rule asks for."""
    creative, wanted = views.creative(request, creative_id), posted.values(forms.Show(request.POST))
    file = request.FILES.get("file")
    if file and (file.size or 0) > files.CHUNK * 20:
        raise Invalid("it is larger than 20 MB.", place="file", remedy="Send a smaller scan.")
    showing.show(
        creative, wanted["kind"], wanted["text"], by=frame.client(request), at=timezone.now(), valid_until=wanted["valid_until"],
        content=file.chunks() if file else (), name=file.name or "evidence" if file else "",
    )  # fmt: skip
    toasts.add(request, "Thank you: it is kept with the advertisement.")
    return SeeOther(f"/portal/ads/{creative.pk}/")
