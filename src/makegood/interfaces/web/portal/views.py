"""The five tabs and a campaign's page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from makegood.billing.queries.invoices import invoice_list
from makegood.creatives.models import Creative
from makegood.creatives.queries import lists
from makegood.insight import portal
from makegood.insight.models import Report
from makegood.insight.portal import Going
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.portal import frame, words
from makegood.orders import queries as orders
from makegood.work import queries as work


@require_safe
@permitted("core.sign_in")
def home(request: HttpRequest) -> HttpResponse:
    """One thing to do first, then every campaign."""
    person, at = frame.client(request), timezone.now()
    seen = portal.campaigns(person, at)
    ads = portal.adverts(person, [one for one in seen if one.stage != "over"], at)
    found = portal.things(person, seen, ads, at)
    cards = [card(one) for one in seen]
    more = {
        "things": found, "at": at, "cards": [one for one in cards if one["going"].stage != "over"], "over": [one for one in cards if one["going"].stage == "over"],
    }  # fmt: skip
    return frame.page(request, "portal/home.html", "home", more)


@require_safe
@permitted("core.sign_in")
def campaign(request: HttpRequest, order_id: int) -> HttpResponse:
    """One campaign: what it needs, how it goes, its ads, papers, bills and last words."""
    person, at = frame.client(request), timezone.now()
    one = going(request, order_id)
    ads = portal.adverts(person, [one], at)
    mine = ads[one.order.pk]
    said = list(work.thread(person, "orders.order", order_id).order_by("-at")[:1])
    more = {
        "card": card(one), "things": portal.things(person, [one], ads, at), "at": at, "lines": one.lines,
        "approved": sum(ad.state == "approved" for ad in mine), "wanted": len([ad for ad in mine if ad.state != "off"]),
        "bills": list(invoice_list(person).filter(order=order_id).order_by("-issued_at")), "said": said[0] if said else None,
        "papers": orders.papers(person, order_id)[:3], "reports": _reports(person, order_id),
    }  # fmt: skip
    return frame.page(request, "portal/campaign.html", "home", more)


@require_safe
@permitted("core.sign_in")
def ads(request: HttpRequest) -> HttpResponse:
    """The checklist of advertisements by campaign."""
    person, at = frame.client(request), timezone.now()
    seen = [one for one in portal.campaigns(person, at) if one.stage in ("running", "before")]
    found = portal.adverts(person, seen, at)
    return frame.page(request, "portal/ads.html", "ads", {"at": at, "groups": [(one, found[one.order.pk]) for one in seen]})


@require_safe
@permitted("core.sign_in")
def results(request: HttpRequest) -> HttpResponse:
    """How each campaign went or is going, with its reports."""
    person = frame.client(request)
    cards = [card(one) for one in portal.campaigns(person, timezone.now()) if one.stage in ("running", "over")]
    return frame.page(request, "portal/results.html", "results", {"cards": cards, "reports": _reports(person)})


@require_safe
@permitted("core.sign_in")
def bills(request: HttpRequest) -> HttpResponse:
    """Bills with what is open, and how to pay."""
    rows = list(invoice_list(frame.client(request)).order_by("-issued_at", "-pk")[:60])
    today = timezone.localdate()
    return frame.page(request, "portal/bills.html", "bills", {"open": [one for one in rows if one.status == "issued"], "paid": [one for one in rows if one.status == "paid"], "today": today})


@require_safe
@permitted("core.sign_in")
def messages(request: HttpRequest) -> HttpResponse:
    """The conversation on one campaign; `?order=` chooses it, `?say=` begins the message."""
    person = frame.client(request)
    seen = portal.campaigns(person, timezone.now())
    chosen = next((one for one in seen if str(one.order.pk) == request.GET.get("order")), seen[0] if seen else None)
    said = work.thread(person, "orders.order", chosen.order.pk) if chosen else []
    cases = work.case_list(person).filter(status__in=("open", "waiting")).order_by("-opened_at")[:5]
    more = {
        "seen": seen, "chosen": chosen, "cases": cases, "draft": request.GET.get("say", "")[:200],
        "comments": [(one, one.by_id == person.pk) for one in said],
    }  # fmt: skip
    return frame.page(request, "portal/messages.html", "messages", more)


def going(request: HttpRequest, order_id: int) -> Going:
    """The campaign, or 404: what is another client's does not exist."""
    found = portal.campaigns(frame.client(request), timezone.now(), order_id=order_id)
    if not found:
        raise Http404("This campaign is not here.")
    return found[0]


def creative(request: HttpRequest, creative_id: int) -> Creative:
    """The client's own advertisement, or 404."""
    found = lists.creative_list(frame.client(request)).filter(pk=creative_id, latest_number__isnull=False).first()
    if found is None:
        raise Http404("This advertisement is not here.")
    return found


def card(one: Going) -> dict[str, Any]:
    """A campaign as its card shows it."""
    return {"going": one, "order": one.order, "says": words.going(one), "bar": words.bar(one), "dates": words.dates(one), "url": f"/portal/orders/{one.order.pk}/"}


def _reports(person: Any, order_id: int | None = None) -> list[Report]:
    visible = orders.visible_to(person)
    rows = Report.objects.filter(order__in=visible if order_id is None else visible.filter(pk=order_id))
    return list(rows.select_related("order").prefetch_related("files")[:12])
