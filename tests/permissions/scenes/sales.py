"""Holds and their queue, plans, cases, tasks put off."""

import datetime

from makegood.accounts.models import Account
from makegood.sales.actions import challenging, plans
from makegood.sales.models import Hold, Plan
from makegood.work.actions import tasks
from makegood.work.models import Task
from makegood.workflows import holding
from tests.permissions.scenes.setting import Sent, form, scene

DAY = datetime.timedelta(days=1)


def queued(w, at, rivals=1):
    """Holds that wait behind the world's."""
    first = Hold.objects.get(pk=w.ids["hold_id"])
    return [
        holding.place(first.product, Account.objects.get(pk=w.ids["rival"]), units=1, expires_at=at + 3 * DAY, by=w.people["S"], at=at, start=first.start, end=first.end)
        for _ in range(rivals)
    ]  # fmt: skip


@scene("hold-challenge")
def challenge(w, at):
    return Sent({"why": "They sign today"}, {"hold_id": queued(w, at)[0].pk}, who="S")


@scene("hold-withdraw")
def withdraw(w, at):
    (second,) = queued(w, at)
    challenging.challenge(second, by=w.people["S"], at=at)
    return Sent({}, {"hold_id": second.pk}, who="S")


@scene("hold-hand-over")
def hand_over(w, at):
    queued(w, at)
    return Sent({"why": "They are further"})


@scene("hold-jump")
def jump(w, at):
    return Sent({"place": "2", "why": "the board asked"}, {"hold_id": queued(w, at, 2)[1].pk})


@scene("plan-reopen")
def reopen(w, at):
    plan = Plan.objects.get(pk=w.ids["plan_id"])
    plans.propose(plan, by=w.people["L"], at=at)
    return Sent({}, {"plan_id": plan.pk})


@scene("today-snooze")
def snooze(w, at):
    return Sent({"until": (at + datetime.timedelta(hours=3)).isoformat()})


@scene("today-wake")
def wake(w, at):
    task = Task.objects.get(pk=w.ids["task_id"])
    tasks.snooze(task, at + datetime.timedelta(hours=3), by=w.people["L"], at=at)
    return Sent()


@scene("today-hand-over")
def give(w, at):
    return Sent({"to": w.people["S"].pk, "note": "you know them"})


@scene("team-hand-over")
def proposed(w, at):
    return Sent({"to": w.people["S"].pk, "why": "load"})


@scene("today-remind")
def remind(w, at):
    return Sent({"task": w.ids["task_id"]}, who="L")


@scene("brief-edit")
def brief(w, at):
    return Sent(form(w, "A", f"/plans/briefs/{w.ids['brief_id']}/edit/", budget="7000"))


@scene("plan-new")
def wanted(w, at):
    return Sent(form(w, "A", "/plans/new/", name="Spring", advertiser=w.ids["own"], objective="awareness", budget="9000", currency="USD", probability="50"))


@scene("hold")
def hold(w, at):
    first = Hold.objects.get(pk=w.ids["hold_id"])
    days = {"start": first.start + 3 * DAY, "end": first.end + 3 * DAY}
    return Sent({"product": first.product_id, "advertiser": w.ids["own"], "units": "1", "days": "3", **days})


@scene("hold-rules")
def rules(w, at):
    return Sent(form(w, "L", "/inventory/holds/rules/", longest_days="20", why="The season"))


@scene("case-open")
def case(w, at):
    return Sent({"order": w.ids["order_id"], "kind": "issue", "title": "It looks wrong", "severity": "high", "owner": w.people["L"].pk})
