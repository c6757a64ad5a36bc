"""The creative room: looking, deciding, asking a colleague, comparing versions."""

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from makegood.catalog import queries as catalog
from makegood.core import queries
from makegood.core.errors import Invalid
from makegood.creatives import policy
from makegood.creatives.actions import reviewing
from makegood.creatives.models import Creative, Version
from makegood.creatives.queries import approvals, guidelines, lists, standing
from makegood.creatives.queries import room as rooms
from makegood.creatives.queries import seen as machine
from makegood.interfaces.web import formats, links, posted, toasts
from makegood.interfaces.web.components import Crumb
from makegood.interfaces.web.creatives import forms, looking, previews
from makegood.interfaces.web.permitted import permitted
from makegood.trafficking.queries import campaigns
from makegood.work.actions import comments
from makegood.workflows import creative_life


@require_safe
@permitted("creatives.review")
def room(request: HttpRequest, creative_id: int) -> HttpResponse:
    """A campaign's creatives with one of them chosen; `?version=` and `?guideline=` choose further."""
    at = timezone.now()
    seen = _seen(request, creative_id)
    campaign = campaigns.of(seen.creative, [one.creative.pk for one in seen.assets])
    on = approvals.day(at)
    around = standing.of(looking.person(request), seen.version, on=on, rule=seen.guideline)
    shown = [(asset, previews.of(asset.version, at=at, pins=around.pins)) for asset in seen.assets]
    found = {
        "around": around, "exempt": forms.Exempt(initial={"starts_on": on}, placements=campaigns.placements(campaign)), "kinds": forms.KINDS,
        "holds": approvals.verdict(seen.version, at=at, sha256=seen.version.sha256),
        "area": "creatives", "crumbs": _crumbs(seen.creative, campaign.name if campaign else seen.creative.name), "seen": seen,
        "campaign": campaign, "shown": sorted(shown, key=lambda pair: (not pair[1].wide, pair[0].creative.pk)),
        "outcomes": forms.OUTCOMES, "draft": guidelines.draft(seen.version), "colleagues": queries.staff(),
        "waits": _waits(seen, campaign), "before": seen.versions[1] if len(seen.versions) > 1 else None, "today": timezone.localdate(),
        "machine": machine.of(seen.version), "brands": lists.brands(seen.creative.advertiser_id), "category": policy.category(seen.creative),
        "undecided": seen.version.status in ("in_review", "failed", "rejected") or (seen.standing and seen.standing.expires_on) or _void(seen, at),
    }  # fmt: skip
    return render(request, "creatives/room.html", found)


@require_POST
@permitted("creatives.decide")
def decide(request: HttpRequest, version_id: int) -> HttpResponse:
    """Send the decision."""
    version, wanted = looking.version(request, version_id), posted.values(forms.Decide(request.POST))
    made = reviewing.decide(
        version, wanted["outcome"], by=looking.person(request), at=timezone.now(), reason=wanted["reason"],
        guideline=catalog.guideline(wanted["guideline"]), conditions=wanted["conditions"], expires_on=wanted["expires_on"],
    )  # fmt: skip
    toasts.add(request, f"{version}: {made.get_outcome_display().lower()}.")
    return HttpResponseRedirect(links.record(version.creative), status=303)


@require_POST
@permitted("creatives.withdraw")
def withdraw(request: HttpRequest, version_id: int) -> HttpResponse:
    """Take a version out of every flight and of the plan."""
    version = looking.version(request, version_id)
    flights = creative_life.withdraw(version, by=looking.person(request), at=timezone.now(), why=request.POST.get("why", ""))
    toasts.add(request, f"{version} is withdrawn, off {flights} flight{'' if flights == 1 else 's'}.")
    return HttpResponseRedirect(links.record(version.creative), status=303)


@require_POST
@permitted("creatives.review")
def ask(request: HttpRequest, version_id: int) -> HttpResponse:
    """A note to a colleague, kept with the campaign; never shown to the client."""
    version, form = looking.version(request, version_id), forms.Ask(request.POST)
    person = queries.staff().filter(pk=form["to"].value()).first() if form.is_valid() else None
    if person is None:
        raise Invalid("nobody was asked.", place="colleague", remedy="Choose a colleague and write a note.")
    text = f"@{person.email.split('@')[0]} {form.cleaned_data['note']}"
    comments.add(version, text, by=looking.person(request), at=timezone.now())
    toasts.add(request, f"{person.name} is asked.")
    return HttpResponseRedirect(links.record(version.creative), status=303)


@require_safe
@permitted("creatives.review")
def compare(request: HttpRequest, creative_id: int) -> HttpResponse:
    """Two versions side by side: `?a=` and `?b=` by number, else the newest two."""
    seen, at = _seen(request, creative_id), timezone.now()
    by_number = {str(one.number): one for one in seen.versions}
    newer = by_number.get(request.GET.get("b", ""), seen.versions[0])
    older = by_number.get(
        request.GET.get("a", ""), next((one for one in seen.versions if one.number < newer.number), newer)
    )
    for one in (older, newer):
        one.creative = seen.creative
    pins = standing.pins(looking.person(request), [older, newer])
    found = {
        "area": "creatives", "crumbs": [*_crumbs(seen.creative, seen.creative.name, linked=True), Crumb(f"Versions {older.number} and {newer.number}")],
        "seen": seen, "pair": [previews.of(one, at=at, pins=pins) for one in (older, newer)], "facts": _facts(older, newer),
        "pins": pins,
    }  # fmt: skip
    return render(request, "creatives/compare.html", found)


@require_safe
@permitted("creatives.review")
def wave(request: HttpRequest, version_id: int) -> HttpResponse:
    """The waveform of a spot, as a part that arrives after the page; the bytes never change, so it keeps."""
    version = looking.version(request, version_id)
    response = render(request, "creatives/wave.html", {"bars": previews.bars(version)})
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def _seen(request: HttpRequest, creative_id: int) -> rooms.Room:
    number, guideline = (request.GET.get(name, "") for name in ("version", "guideline"))
    try:
        return rooms.room(
            looking.person(request), creative_id, at=timezone.now(), number=int(number) if number.isdecimal() else None,
            guideline_id=int(guideline) if guideline.isdecimal() else None,
        )  # fmt: skip
    except Creative.DoesNotExist as none:
        raise Http404("This creative is not here, or not yours to see.") from none


def _void(seen: rooms.Room, at: datetime.datetime) -> bool:
    """Whether it counts as approved and no longer is: it is to be decided again."""
    return seen.version.status == "approved" and not approvals.verdict(seen.version, at=at, sha256=seen.version.sha256).approved


def _waits(seen: rooms.Room, campaign: campaigns.Campaign | None) -> str:
    """What hangs on the decision that is still to be taken."""
    if (
        seen.version.status != "in_review"
        or campaign is None
        or campaign.launch is None
        or campaign.launch < timezone.localdate()
    ):
        return ""
    return f"Launch {formats.day(campaign.launch)}, {formats.due(campaign.launch)}"


def _facts(older: Version, newer: Version) -> list[tuple[str, str, str, bool]]:
    """Plain facts of both, (name, older, newer, differs)."""
    rows: list[tuple[str, Any, Any]] = [("weight, bytes", older.file.size, newer.file.size)]
    for name in sorted({*older.facts, *newer.facts} - {"file", "kind", "dhash"}):
        pair = [version.facts.get(name) for version in (older, newer)]
        if not any(isinstance(value, dict | list) for value in pair):
            rows.append((name.replace("_", " "), *pair))
    return [(name, _word(one), _word(other), one != other) for name, one, other in rows]


def _word(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "–", True: "yes", False: "no"}[value]
    return (
        formats.number(value, 0 if float(value).is_integer() else 2) if isinstance(value, int | float) else str(value)
    )


def _crumbs(creative: Creative, last: str, linked: bool = False) -> list[Crumb]:
    home, account = links.page("creatives"), links.to("accounts.account", creative.advertiser_id)
    return [
        Crumb("Creatives", home),
        Crumb(str(creative.advertiser), account),
        Crumb(last, links.record(creative) if linked else ""),
    ]
