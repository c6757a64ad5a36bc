"""The review queue by launch and money, and how alike reviewers decide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from makegood.core.models import Person
from makegood.creatives.actions import excepting
from makegood.creatives.models import Version
from makegood.creatives.queries import consistency, lists
from makegood.interfaces.web import links
from makegood.interfaces.web.components import Crumb
from makegood.interfaces.web.creatives import looking
from makegood.interfaces.web.permitted import permitted
from makegood.trafficking.queries import reviews
from makegood.work import queries as work
from makegood.work.models import Approval


@require_safe
@permitted("creatives.review")
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for this reviewer, the next launch first; exceptions to decide beside it."""
    today, person = timezone.localdate(), looking.person(request)
    rows = reviews.queue(person, today)
    found = {
        "area": "creatives", "crumbs": [Crumb("Creatives", links.page("creatives")), Crumb("Review")], "groups": reviews.groups(rows, today),
        "total": len(rows), "disputed": sum(row.disputed for row in rows), "today": today, "at": timezone.now(),
        "exceptions": _exceptions(person),
    }  # fmt: skip
    return render(request, "creatives/queue.html", found)


@require_safe
@permitted("creatives.review")
def alike(request: HttpRequest) -> HttpResponse:
    """Reviewers under each rule beside their colleagues, and pairs decided differently."""
    person = looking.person(request)
    found = {
        "area": "creatives", "crumbs": [Crumb("Creatives", links.page("creatives")), Crumb("Consistency")],
        "rows": consistency.report(person), "pairs": consistency.pairs(person), "few": consistency.FEW,
    }  # fmt: skip
    return render(request, "creatives/consistency.html", found)


def _exceptions(person: Person) -> list[tuple[Approval, Version]]:
    """Exceptions this person may decide, with the version each is about."""
    asked = [one for one in work.decidable(person, timezone.now()) if one.kind == excepting.KIND]
    versions = lists.excepted(person, [one.subject_id for one in asked])
    return [(one, versions[one.subject_id]) for one in asked]
