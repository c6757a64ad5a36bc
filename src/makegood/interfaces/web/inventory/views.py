"""The calendar, the exact answer of a cell or of a what-if (nothing is saved), and the three writes of a hold."""

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from makegood.catalog import queries as catalog
from makegood.core import permissions
from makegood.core.errors import Invalid, Refused
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links, toasts
from makegood.interfaces.web.inventory import drawing, forms
from makegood.interfaces.web.orders.adding import summed
from makegood.interfaces.web.permitted import permitted
from makegood.orders import availability, pricing
from makegood.orders.queries.calendar import DAY, WEEK, calendar, properties
from makegood.sales import queries as sales
from makegood.sales.actions import holds
from makegood.sales.models import Hold

WEEKS = 8


@require_safe
@permitted("sales.see")
def inventory(request: HttpRequest) -> HttpResponse:
    """Products by week; `?from=` a day, `?property=` one property, `?product=&week=` the cell that is open."""
    at = timezone.now()
    start = _day(request.GET.get("from")) or at.date()
    monday = start - datetime.timedelta(days=start.weekday())
    chosen_property = int(request.GET["property"]) if request.GET.get("property", "").isdigit() else None
    found = calendar(request.user, monday=monday, weeks=WEEKS, at=at, property_id=chosen_property)  # type: ignore[arg-type]
    chosen = _chosen(request)
    keep = f"&property={chosen_property}" if chosen_property else ""
    chips = [c.FilterChip("All properties", f"?from={monday}", on=chosen_property is None)]
    chips += [c.FilterChip(one.name, f"?from={monday}&property={one.pk}", on=one.pk == chosen_property) for one in properties()]
    context = {
        "area": "inventory", "crumbs": [c.Crumb("Inventory"), c.Crumb("Calendar")], "asof": f"{formats.clock(at)}, forecast of today",
        "weeks": drawing.weeks(found, at.date()), "groups": drawing.groups(found, chosen), "chips": chips,
        "before": f"?from={monday - 4 * WEEK}{keep}", "after": f"?from={monday + 4 * WEEK}{keep}", "may_hold": permissions.may(request.user, "sales.hold"),  # type: ignore[arg-type]
        "at_now": monday <= at.date() < monday + WEEK, **(_cell(request, *chosen) if chosen else {}),
    }  # fmt: skip
    return render(request, "inventory/calendar.html", context)


@require_safe
@permitted("sales.see")
def cell(request: HttpRequest) -> HttpResponse:
    """The panel of a cell, or of a what-if when days and units are given."""
    if "start" in request.GET:
        form = forms.Ask(request.user, request.GET)
        return render(request, "inventory/cell.html", _answer(request, form) if form.is_valid() else {"form": form})
    chosen = _chosen(request)
    return render(request, "inventory/cell.html", _cell(request, *chosen) if chosen else {"form": forms.Ask(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("sales.hold")
def hold(request: HttpRequest) -> HttpResponse:
    """Place a hold by form."""
    actor: Any = request.user
    form = forms.Hold(actor, request.POST or None, initial=request.GET.dict() | {"days": 3})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            made = holds.place(
                facts["product"], facts["advertiser"], start=facts["start"], end=facts["end"], units=facts["units"],
                expires_at=form.expires_at(), by=actor, at=timezone.now(), reason=facts["reason"],
            )  # fmt: skip
        except Refused as error:  # said on the form; nothing is held
            form.add_error(error.place if error.place in form.fields else None, f"{error.message} {error.remedy}".strip())
        else:
            toasts.add(request, f"Held until {formats.moment(made.expires_at)}. You own it.")
            return HttpResponseRedirect(f"{links.page('inventory')}?product={made.product_id}&week={_monday(made.start)}&from={_monday(made.start)}", status=303)
    crumbs = [c.Crumb("Inventory", links.page("inventory")), c.Crumb("Place a hold")]
    return render(request, "inventory/hold.html", {"area": "inventory", "crumbs": crumbs, "form": form}, status=422 if form.errors else 200)


@require_POST
@permitted("sales.hold")
def extend(request: HttpRequest, hold_id: int) -> HttpResponse:
    """Keep a hold longer."""
    form = forms.Extend(request.POST)
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise Invalid(str(errors[0]), place=form.fields[name].label or name, remedy="Say for how many days (1 to 14) and why.")
    until = timezone.now() + datetime.timedelta(days=form.cleaned_data["days"])
    made = holds.extend(_hold(request, hold_id), until, by=request.user, at=timezone.now(), why=form.cleaned_data["why"])  # type: ignore[arg-type]
    toasts.add(request, f"{made} lapses {formats.moment(made.expires_at)}.")
    return _back(request)


@require_POST
@permitted("sales.release")
def release(request: HttpRequest, hold_id: int) -> HttpResponse:
    """Give a hold back."""
    made = holds.release(_hold(request, hold_id), by=request.user, at=timezone.now(), why=request.POST.get("why", ""))  # type: ignore[arg-type]
    toasts.add(request, f"{made} is released.")
    return _back(request)


def _cell(request: HttpRequest, product_id: int, week: datetime.date) -> dict[str, Any]:
    first = max(week, timezone.now().date())
    last = max(week + 6 * DAY, first)
    asked = {"product": product_id, "start": first, "end": last, "units": request.GET.get("units", ""), "advertiser": request.GET.get("advertiser", "")}
    form = forms.Ask(request.user, asked)
    return _answer(request, form) if form.is_valid() else {"form": form}


def _answer(request: HttpRequest, form: forms.Ask) -> dict[str, Any]:
    """What the panel shows: the sum by the engine, who is in it, ways to get there, the holds one may change."""
    at, facts = timezone.now(), form.cleaned_data
    product, units = facts["product"], facts["units"]
    wish = availability.Wish(product, facts["start"], facts["end"], units or 1)
    found = availability.check_wishes({1: wish}, facts["advertiser"], at=at)[1]
    rate = catalog.rate_for(product, facts["start"], "USD")
    worth = pricing.amount(rate.rate, product.rate_type, units, rate.currency) if rate and units else None
    rows = sales.in_force(at).filter(product__placements__in=product.placements.all(), start__lte=facts["end"], end__gte=facts["start"])
    best = max((way.gain for way in found.relaxations), default=0)
    ways = [(way, f"{way.gain / best * 100:.1f}%") for way in found.relaxations[:5]]
    return {
        "form": form, "answer": found, "sum": summed(found), "product": product, "start": facts["start"], "end": facts["end"], "units": units,
        "advertiser": facts["advertiser"], "rate": rate, "worth": worth, "ways": ways, "holds": list(rows.distinct()),
        "may_hold": permissions.may(request.user, "sales.hold"), "hold_url": _hold_url(facts, units),  # type: ignore[arg-type]
    }  # fmt: skip


def _hold_url(facts: dict[str, Any], units: int | None) -> str:
    who = f"&advertiser={facts['advertiser'].pk}" if facts["advertiser"] else ""
    return f"{links.page('inventory')}hold/?product={facts['product'].pk}&start={facts['start']}&end={facts['end']}&units={units or ''}{who}"


def _hold(request: HttpRequest, hold_id: int) -> Hold:
    found = sales.hold_list(request.user).filter(pk=hold_id).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404("There is no such hold.")
    return found


def _back(request: HttpRequest) -> HttpResponse:
    """To the page the button stood on, when it is one of ours."""
    page = request.POST.get("back", "")
    return HttpResponseRedirect(page if page in (links.page("plans") + "holds/",) else links.page("inventory"), status=303)


def _chosen(request: HttpRequest) -> tuple[int, datetime.date] | None:
    product, week = request.GET.get("product", ""), _day(request.GET.get("week"))
    return (int(product), week) if product.isdigit() and week else None


def _day(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return None


def _monday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())
