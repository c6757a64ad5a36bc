"""What is done from a row at once: done, remind, put off, reply, each with its undo."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from makegood.core import inbox
from makegood.core.errors import Invalid
from makegood.core.models import Notification
from makegood.insight.actions import snoozing
from makegood.interfaces.web import formats, links, toasts
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.today import views
from makegood.work import queries
from makegood.work.actions import tasks
from makegood.work.models import Task


@require_POST
@permitted("work.tasks.see")
def task(request: HttpRequest, task_id: int, verb: str) -> HttpResponse:
    """done, reopen or ask: each one action."""
    found, at = _task(request, task_id), timezone.now()
    if verb == "done":
        tasks.done(found, by=request.user, at=at)  # type: ignore[arg-type]
        toasts.add(request, f"Done: {found.title}", undo=f"/today/tasks/{task_id}/reopen/")
    elif verb == "reopen":
        tasks.reopen(found, by=request.user, at=at, why="undone")  # type: ignore[arg-type]
        toasts.add(request, f"Back in the queue: {found.title}")
    else:
        tasks.ask(found, by=request.user, at=at)  # type: ignore[arg-type]
        toasts.add(request, f"{found.owed_by or found.owner} is reminded: {found.title}")
    return answered(request)


@require_POST
@permitted("work.tasks.see")
def remind_all(request: HttpRequest) -> HttpResponse:
    """Remind everybody who owes; what was asked within the hour is left alone."""
    at = timezone.now()
    chosen = queries.owed_by_others(request.user, at).filter(pk__in=[pk for pk in request.POST.getlist("task") if pk.isdecimal()])  # type: ignore[arg-type]
    fresh = [one for one in chosen if one.last_asked_at is None or one.last_asked_at < at - datetime.timedelta(hours=1)]
    for one in fresh:
        tasks.ask(one, by=request.user, at=at)  # type: ignore[arg-type]
    who = len({one.owed_by_id for one in fresh})
    toasts.add(request, f"{who} {'party' if who == 1 else 'parties'} reminded of {len(fresh)} open things." if fresh else "All were reminded within the hour.")
    return answered(request)


@require_POST
@permitted("work.tasks.see")
def snooze(request: HttpRequest, key: str) -> HttpResponse:
    """Put an item off."""
    at, until = timezone.now(), parse_datetime(request.POST.get("until", ""))
    if until is None or timezone.is_naive(until):
        raise Invalid("until when?", place="until", remedy="Choose one of the times.")
    kind, _, number = key.partition("-")
    if kind == "task":
        tasks.snooze(_task(request, int(number)), until, by=request.user, at=at)  # type: ignore[arg-type]
    else:
        snoozing.snooze(key, until, by=request.user, at=at)  # type: ignore[arg-type]
    toasts.add(request, f"Put off until {formats.moment(until)}.", undo=f"/today/wake/{key}/")
    return answered(request)


@require_POST
@permitted("work.tasks.see")
def wake(request: HttpRequest, key: str) -> HttpResponse:
    """Take a snooze back."""
    kind, _, number = key.partition("-")
    if kind == "task":
        tasks.wake(_task(request, int(number)), by=request.user, at=timezone.now())  # type: ignore[arg-type]
    else:
        snoozing.wake(key, by=request.user)  # type: ignore[arg-type]
    toasts.add(request, "Back in the queue.")
    return answered(request)


@require_POST
@permitted("work.tasks.see")
def reply(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark a mention read and go to the conversation."""
    notice = Notification.objects.select_related("activity").filter(pk=notice_id, person=request.user).first()
    if notice is None:
        raise Http404("This notice is not here.")
    inbox.read_one(notice, timezone.now())
    path = links.to(notice.activity.root_type, notice.activity.root_id) or "/"
    return go(request, f"{path}?tab=conversation" if path != "/" else path)


def answered(request: HttpRequest) -> HttpResponse:
    """The queue again for HTMX; the page for everybody else."""
    return views.part(request) if request.htmx else HttpResponseRedirect("/", status=303)  # type: ignore[attr-defined]


def go(request: HttpRequest, path: str) -> HttpResponse:
    """Leave for another page, also when HTMX asked."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204, headers={"HX-Redirect": path})
    return HttpResponseRedirect(path, status=303)


def _task(request: HttpRequest, task_id: int) -> Task:
    found = queries.task_list(request.user).filter(pk=task_id).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404("This task is not here.")
    return found
