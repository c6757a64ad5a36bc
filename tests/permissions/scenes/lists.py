"""Every action of every list: the rows ticked, confirmed."""

from makegood.orders.actions import running
from makegood.orders.models import Flight
from tests.factories import orders
from tests.permissions.scenes.orders import ahead
from tests.permissions.scenes.setting import Sent, scene
from tests.permissions.scenes.trafficking import behind


def many(who, action, *ids, **fields):
    """An action confirmed on rows."""
    return Sent({"action": action, "confirmed": "yes", "ids": [str(pk) for pk in ids], **fields}, who=who)


@scene("orders=submit")
def submit(w, at):
    return many("A", "submit", ahead(w, at).pk, ahead(w, at, name="Another").pk)


@scene("orders=book")
def book(w, at):
    return many("A", "book", orders.signed(ahead(w, at)).pk)


@scene("orders=book_later")
def book_later(w, at):
    return many("A", "book_later", orders.signed(ahead(w, at)).pk)


@scene("orders=give")
def give(w, at):
    return many("A", "give", ahead(w, at).pk, to=w.people["A"].pk)


@scene("orders=cancel")
def cancel(w, at):
    return many("A", "cancel", orders.booked(ahead(w, at)).pk, why="They stop")


@scene("lines=cancel")
def cancel_line(w, at):
    return many("A", "cancel", orders.booked(ahead(w, at, lines=2)).lines.latest("number").pk, why="They stop")


@scene("flights=pause")
def pause(w, at):
    return many("T", "pause", w.ids["flight_id"], why="They ask")


@scene("flights=undo")
def undo(w, at):
    client = w.clients["T"]
    sent = pause(w, at).data
    assert client.post("/flights/", sent).status_code == 303
    return Sent({}, who="T", query=f"?undo={list(client.session['undo'])[-1]}")


@scene("flights=resume")
def resume(w, at):
    running.pause(Flight.objects.get(pk=w.ids["flight_id"]), by=None, at=at, why="They ask")
    return many("T", "resume", w.ids["flight_id"])


@scene("tasks=ask")
def ask(w, at):
    return many("L", "ask", w.ids["task_id"])


@scene("tasks=hand-over")
def hand_over(w, at):
    return many("L", "hand-over", w.ids["task_id"], to=w.people["S"].pk, note="You know them")


@scene("tasks=drop")
def drop(w, at):
    return many("L", "drop", w.ids["task_id"], why="Not needed")


@scene("billing=issue")
def issue(w, at):
    return many("F", "issue", w.ids["due"])


@scene("billing=discard")
def discard(w, at):
    return many("F", "discard", w.ids["due"])


@scene("plans=propose")
def propose(w, at):
    return many("A", "propose", w.ids["brief_id"])


@scene("plans=win")
def win(w, at):
    return many("A", "win", w.ids["brief_id"])


@scene("plans=lose")
def lose(w, at):
    return many("A", "lose", w.ids["brief_id"], why="price")


@scene("holds=release")
def release(w, at):
    return many("L", "release", w.ids["hold_id"])


@scene("holds=extend")
def extend(w, at):
    return many("L", "extend", w.ids["hold_id"], days="3", why="the board")


@scene("pacing=apply")
def apply(w, at):
    return many("C", "apply", behind(w, at).pk)


@scene("reports=make")
def make(w, at):
    return many("A", "make", w.ids["order_id"])
