"""What may be done to many orders, lines or flights at once. Each row is one action call."""

import datetime
from typing import TYPE_CHECKING, Any

from django import forms

from makegood.core import permissions, queries
from makegood.interfaces.web.grid import BulkAction
from makegood.orders import jobs
from makegood.orders.actions import approval, booking, cancelling, drafting, running

if TYPE_CHECKING:
    from makegood.core.models import Person

    Fields = dict[str, Any]


class Why(forms.Form):
    """The reason, which the history and the client see."""

    why = forms.CharField(label="Why", max_length=300, help_text="Stands in the history; the client sees a cancellation's.")


class Manager(forms.Form):
    """Who runs it from now on."""

    to = forms.ModelChoiceField(label="Campaign manager", queryset=None, empty_label="Choose a colleague")

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["to"].queryset = queries.staff()  # type: ignore[attr-defined]


def _only(verb: str, *states: str, of: str = "") -> Any:
    """A check: the row's status is one of `states` and the actor may do `verb` to its order (at path `of`)."""

    def check(row: Any, actor: "Person") -> str:
        order = row
        for name in of.split("."):
            order = getattr(order, name) if name else order
        if not permissions.may(actor, verb, order):
            return f"{permissions.VERBS[verb].who} may"
        return "" if row.status in states else f"is {row.get_status_display().lower()}"

    return check


def _submit(row: Any, actor: "Person", at: datetime.datetime, asked: "Fields") -> None:
    approval.submit(row, by=actor, at=at)


def _book(row: Any, actor: "Person", at: datetime.datetime, asked: "Fields") -> None:
    booking.book(row, by=actor, at=at)


def _book_later(row: Any, actor: "Person", at: datetime.datetime, asked: "Fields") -> None:
    jobs.book.defer(order_id=row.pk, actor_id=actor.pk)  # in the transaction of the row: queued with it or not at all


def _cancel(row: Any, actor: "Person", at: datetime.datetime, asked: "Fields") -> None:
    cancelling.cancel(row, by=actor, at=at, why=asked["why"])


def _give(row: Any, actor: "Person", at: datetime.datetime, asked: "Fields") -> None:
    drafting.edit(row, by=actor, at=at, campaign_manager=asked["to"])


def _cancel_line(row: Any, actor: "Person", at: datetime.datetime, asked: "Fields") -> None:
    cancelling.cancel_line(row, by=actor, at=at, why=asked["why"])


def _pause(row: Any, actor: "Person", at: datetime.datetime, asked: "Fields") -> None:
    running.pause(row, by=actor, at=at, why=asked["why"])


def _resume(row: Any, actor: "Person", at: datetime.datetime, asked: "Fields") -> None:
    running.resume(row, by=actor, at=at)


NOT_OVER = ("draft", "pending", "approved", "signed", "booked", "live")
ORDERS = (
    BulkAction("submit", "Submit for approval", _submit, check=_only("orders.submit", "draft"), verb="orders.submit", icon="send"),
    BulkAction("book", "Book", _book, check=_only("orders.book", "signed"), verb="orders.book", icon="lock-check",
               consequence="Reserves the inventory; what somebody else has is refused by name."),
    BulkAction("book_later", "Book in the background", _book_later, check=_only("orders.book", "signed"), verb="orders.book", icon="clock-play",
               consequence="For many at once: each is booked within minutes; one that is refused comes back to you as a notice."),
    BulkAction("give", "Change who runs it", _give, check=_only("orders.draft", *NOT_OVER, "completed"), form=Manager, verb="orders.draft",
               icon="user-share"),
    BulkAction("cancel", "Cancel", _cancel, check=_only("orders.cancel", *NOT_OVER), form=Why, verb="orders.cancel", icon="ban",
               consequence="The client sees it. What was delivered is billed as it was."),
)  # fmt: skip
LINES = (
    BulkAction("cancel", "Cancel", _cancel_line, check=_only("orders.cancel", "booked", "ready", "live", "paused", of="order"), form=Why,
               verb="orders.cancel", icon="ban", consequence="The client sees it. Reserved inventory is free again."),
)  # fmt: skip
FLIGHTS = (
    BulkAction("pause", "Pause", _pause, check=_only("orders.run", "live", of="line.order"), undo=_resume, form=Why, verb="orders.run",
               icon="player-pause", consequence="Stops with the next plan published."),
    BulkAction("resume", "Resume", _resume, check=_only("orders.run", "paused", of="line.order"), verb="orders.run", icon="player-play"),
)  # fmt: skip
