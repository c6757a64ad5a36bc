"""The tag generator: the list of placements, a placement's tags, and a page that shows its ad with the events it makes."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from makegood.catalog.models import Placement
from makegood.core import permissions
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links, toasts
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.trafficking import tag_forms
from makegood.trafficking.actions import calling
from makegood.trafficking.models import Caller
from makegood.trafficking.queries import tag_texts, tags, trials
from makegood.workflows import publishing


@require_safe
@permitted("trafficking.see")
def tag(request: HttpRequest, placement_id: int) -> HttpResponse:
    """A placement's tag: `?kind=` and what the form asks."""
    place = _placement(request, placement_id)
    kinds = tags.kinds(place)
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds else kinds[0]
    form = tag_forms.form(kind, request.GET, token=_may_give(request))
    given = list(Caller.objects.order_by("name").select_related("by", "ended_by")) if kind == "openrtb" and _may_give(request) else []
    asked = form.options(_token(form, given)) if form.is_valid() else None
    home = reverse("tag", args=[place.pk])
    found = {
        **_page(place), "kind": kind, "form": form, "made": tags.tag(place, kind, asked) if asked else None,
        "choices": [c.Choice(tags.KINDS[one], f"{home}?kind={one}", one == kind) for one in kinds],
        "test_url": reverse("tag-test", args=[place.pk]), "callers": given, "callers_url": reverse("tag-callers", args=[place.pk]), "caller": request.GET.get("caller", ""),
    }  # fmt: skip
    return render(request, "trafficking/tag.html", found)


@require_POST
@permitted("trafficking.publish")
def callers(request: HttpRequest, placement_id: int) -> HttpResponse:
    """Give a token to `caller`, or with `do=end` end it."""
    place, name = _placement(request, placement_id), request.POST.get("caller", "").strip()
    by, now = request.user, timezone.now()
    if request.POST.get("do") == "end":
        one = get_object_or_404(Caller, name=name)
        publishing.end_caller(one, by=by, at=now)  # type: ignore[arg-type]
        toasts.add(request, f"The token of {name} has ended.")
    else:
        calling.give(name, by=by, at=now)  # type: ignore[arg-type]
        toasts.add(request, f"{name} has a token: it stands in the tag.")
    return SeeOther(f"{reverse('tag', args=[place.pk])}?{urlencode({'kind': 'openrtb', 'caller': name})}")


@require_safe
@permitted("trafficking.see")
def test(request: HttpRequest, placement_id: int) -> HttpResponse:
    """The ad as a page shows it, asked for as a test, and its events."""
    place = _placement(request, placement_id)
    frame = f"{settings.ADSERVER_URL}/frame?{tag_texts.query(place, tags.Options(test=True))}"
    native = tag_texts.native(place, tags.Options(test=True)) if place.format == "native" else ""
    found = {
        **_page(place, "Test"), "frame": "" if native else frame, "native": native, "seen": trials.latest(place),
        "width": place.width or 480, "height": place.height or (54 if place.format == "audio" else 270),
    }  # fmt: skip
    return render(request, "trafficking/tag_test.html", found)


@require_safe
@permitted("trafficking.see")
def events(request: HttpRequest, placement_id: int) -> HttpResponse:
    """The part of the test page that looks again every two seconds."""
    return render(request, "trafficking/tag_events.html", {"seen": trials.latest(_placement(request, placement_id))})


def _placement(request: HttpRequest, placement_id: int) -> Placement:
    try:
        return tags.placement(request.user, placement_id)  # type: ignore[arg-type]
    except Placement.DoesNotExist as none:
        raise Http404("This placement is not here.") from none


def _page(place: Placement, last: str = "") -> dict[str, Any]:
    crumbs = [c.Crumb("Trafficking", links.page("trafficking")), c.Crumb("Tags", reverse("tags"))]
    crumbs += [c.Crumb(place.name, reverse("tag", args=[place.pk])), c.Crumb(last)] if last else [c.Crumb(place.name)]
    return {"area": "trafficking", "crumbs": crumbs, "place": place}


def _may_give(request: HttpRequest) -> bool:
    """A caller's token opens prices: only those who publish may hand one out."""
    return permissions.may(request.user, "trafficking.publish")  # type: ignore[arg-type]


def _token(form: tag_forms.Tag, given: Sequence[Caller]) -> str:
    """That of the caller who is named, once it was given one."""
    return next((calling.token(one) for one in given if one.name == form.cleaned_data.get("caller")), "")
