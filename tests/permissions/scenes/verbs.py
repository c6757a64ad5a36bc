"""Addresses that take several verbs: each of them."""

from makegood.accounts.actions import contracts
from makegood.accounts.models import Contract
from makegood.trafficking.actions import assigning, calling
from makegood.work.actions import cases, tasks
from makegood.work.models import Case, Task
from tests.permissions.scenes.setting import Sent, scene
from tests.permissions.scenes.trafficking import assigned


def case(w):
    """The world's."""
    return Case.objects.get(pk=w.ids["case_id"])


@scene("case-move=wait")
def wait(w, at):
    return Sent({"why": "The right file"}, {"verb": "wait"})


@scene("case-move=resume")
def resume(w, at):
    cases.wait(case(w), by=w.people["L"], at=at, why="The right file")
    return Sent({"why": "It came"}, {"verb": "resume"})


@scene("case-move=resolve")
def resolve(w, at):
    return Sent({"cause": "wrong file", "resolution": "The right one runs"}, {"verb": "resolve"})


@scene("case-move=close")
def close(w, at):
    cases.resolve(case(w), cause="wrong file", resolution="The right one runs", by=w.people["L"], at=at)
    return Sent({}, {"verb": "close"})


@scene("case-move=assign")
def assign(w, at):
    return Sent({"to": w.people["S"].pk, "why": "You know them"}, {"verb": "assign"})


def in_force(w, at):
    """The agreement."""
    return contracts.activate(Contract.objects.get(pk=w.ids["contract_id"]), by=None, at=at)


@scene("contract-move=activate")
def activate(w, at):
    return Sent({}, {"verb": "activate"})


@scene("contract-move=notice")
def notice(w, at):
    in_force(w, at)
    return Sent({"side": "us", "why": "They pay late"}, {"verb": "notice"})


@scene("contract-move=end")
def end(w, at):
    in_force(w, at)
    return Sent({"why": "Both agreed"}, {"verb": "end"})


@scene("today-task=done")
def done(w, at):
    return Sent({}, {"verb": "done"}, who="L")


@scene("today-task=reopen")
def reopen(w, at):
    tasks.done(Task.objects.get(pk=w.ids["task_id"]), by=w.people["L"], at=at)
    return Sent({}, {"verb": "reopen"}, who="L")


@scene("today-task=ask")
def ask(w, at):
    return Sent({}, {"verb": "ask"}, who="L")


@scene("trafficking-change=pause")
def pause(w, at):
    return Sent({"do": "pause"}, {"assignment_id": assigned(w, at)[1].pk})


@scene("trafficking-change=resume")
def run_again(w, at):
    row = assigned(w, at)[1]
    assigning.pause(row, by=w.people["T"], at=at)
    return Sent({"do": "resume"}, {"assignment_id": row.pk})


@scene("trafficking-change=remove")
def remove(w, at):
    return Sent({"do": "remove"}, {"assignment_id": assigned(w, at)[1].pk})


@scene("creative-bulk-take=drop")
def drop(w, at):
    return Sent({"do": "drop"}, who="C")


@scene("tag-callers=end")
def end_caller(w, at):
    calling.give("house-server", by=w.people["C"], at=at)
    return Sent({"do": "end", "caller": "house-server"})
