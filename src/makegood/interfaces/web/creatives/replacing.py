"""Letting a version take the place of its predecessors: first what changes where and when, then on the flights chosen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from makegood.core.errors import Invalid
from makegood.interfaces.web import answers, links, toasts
from makegood.interfaces.web.components import Crumb
from makegood.interfaces.web.creatives import looking
from makegood.interfaces.web.permitted import permitted
from makegood.trafficking.queries import replacing
from makegood.workflows import creative_life


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("creatives.succeed")
def succeed(request: HttpRequest, version_id: int) -> HttpResponse:
    """The preview, and the replacement on the flights ticked: all of them or none."""
    version, at = looking.version(request, version_id), timezone.now()
    if request.method != "POST":
        crumbs = [Crumb("Creatives", links.page("creatives")), Crumb(version.creative.name, links.record(version.creative)), Crumb("Replace")]
        return render(request, "creatives/replace.html", {"area": "creatives", "crumbs": crumbs, "version": version, "changes": replacing.changes(version, at=at)})
    chosen = [int(pk) for pk in request.POST.getlist("flight") if pk.isdecimal()]
    if not chosen:
        raise Invalid("no flight was chosen.", place=str(version), remedy="Tick the flights it shall run on.")
    made = creative_life.succeed(version, by=looking.person(request), at=at, flights=chosen)
    toasts.add(request, f"{version} replaces its predecessor on {len(made)} flight{'' if len(made) == 1 else 's'}. They need QA again.")
    return answers.SeeOther(links.record(version.creative))
