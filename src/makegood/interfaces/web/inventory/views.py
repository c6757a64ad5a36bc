"""The calendar, and the exact answer of a cell or of a what-if. Reads only: nothing is saved."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from makegood.catalog import queries as catalog
from makegood.core import permissions
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links
from makegood.interfaces.web.inventory import drawing, forms
from makegood.interfaces.web.orders import avails
from makegood.interfaces.web.permitted import permitted
from makegood.orders import availability, pricing
from makegood.orders.queries.calendar import DAY, WEEK, calendar, properties
from makegood.sales import queries as sales
from makegood.sales.models import Challenge, Hold

WEEKS = 8


@require_safe
@permitted("sales.see")
def inventory(request: HttpRequest) -> HttpResponse:
    """Products by week; `?from=` a day, `?property=` one property, `?product=&week=` the cell that is open."""
    at = timezone.now()
    start = _day(request.GET.get("from")) or at.date()
    monday = start - datetime.timedelta(days=start.weekday())
    chosen_property = int(request.GET["property"]) if request.GET.get("property", "").isdecimal() else None
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
    found = availability.what_if(availability.Wish(product, facts["start"], facts["end"], units or 1), facts["advertiser"], at=at)
    rate = catalog.rate_for(product, facts["start"], "USD")
    worth = pricing.amount(rate.rate, product.rate_type, units, rate.currency) if rate and units else None
    rows = sales.in_force(at).filter(product__placements__in=product.placements.all(), start__lte=facts["end"], end__gte=facts["start"])
    held = list(rows.distinct())
    return {
        "form": form, "answer": found, "sum": avails.summed(found), "product": product, "start": facts["start"], "end": facts["end"], "units": units,
        "advertiser": facts["advertiser"], "rate": rate, "worth": worth, "ways": avails.ways(found), "holds": queues(held), "may_jump": permissions.may(request.user, "sales.jump"),  # type: ignore[arg-type]
       
        "may_hold": permissions.may(request.user, "sales.hold"), "hold_url": _hold_url(facts, units),  # type: ignore[arg-type]
    }  # fmt: skip


def queues(held: list[Hold]) -> list[tuple[Hold, Challenge | None, list[Hold]]]:
    """Holds in force, each with the challenge against it and who waits for it: two queries."""
    ids = [one.pk for one in held]
    challenged, behind = sales.challenges(ids), sales.queue(ids)
    return [(one, challenged.get(one.pk), behind.get(one.pk, [])) for one in held]


def _hold_url(facts: dict[str, Any], units: int | None) -> str:
    who = f"&advertiser={facts['advertiser'].pk}" if facts["advertiser"] else ""
    return f"{links.page('inventory')}hold/?product={facts['product'].pk}&start={facts['start']}&end={facts['end']}&units={units or ''}{who}"


def _chosen(request: HttpRequest) -> tuple[int, datetime.date] | None:
    product, week = request.GET.get("product", ""), _day(request.GET.get("week"))
    return (int(product), week) if product.isdecimal() and week else None


def _day(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return None
