"""The activity log as events of a history: what happened in words, who, why, and each field before and after."""

import dataclasses
import datetime
import re
from collections.abc import Iterable
from typing import Any

from makegood.core.models import Activity
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links

HIDDEN = ("snapshot", "sha256", "document_sha256", "fixes", "products", "status")  # a status is what the words say
ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?")
VERBS = {
    "order.created": "Order drafted", "order.pending": "Submitted for approval", "order.approved": "Approved", "order.signed": "Signed by both sides",
    "order.booked": "Booked, inventory reserved", "order.live": "Live: first impressions counted", "order.completed": "All lines completed",
    "order.closed": "Closed", "order.cancelled": "Cancelled", "order.reopened": "Back to draft, next revision", "order.edited": "Terms changed",
    "order.totalled": "Totals brought in line", "order.signed_by_seller": "Signed for us", "order.signed_by_client": "Signed by the client",
    "comment.added": "Wrote", "task.created": "Asked for", "task.done": "Received", "task.dropped": "No longer needed", "task.asked": "Reminded",
    "task.snoozed": "Snoozed", "task.handed_over": "Handed over", "approval.created": "Approval asked", "approval.approved": "Approval given",
    "hold.created": "Placed", "hold.held": "In force", "hold.came_up": "Came up, after who had it", "hold.sold_before": "Sold to another meanwhile",
    "hold.challenged": "Challenged: to be booked, or it goes", "hold.jumped": "Went before others", "hold.converted": "Booked",
    "approval.rejected": "Approval refused", "approval.void": "Approval void", "signing.created": "Sent to sign", "signing.code_sent": "Code mailed",
    "signing.opened": "Opened to sign", "signing.reminded": "Reminded to sign", "signing.signed": "Link signed", "signing.declined": "Declined by the client",
    "signing.expired": "Link to sign expired", "signing.withdrawn": "Link to sign ended", "signing.answered": "Told whoever sent it",
    "order.paper_read": "Copy taken", "order.paper_language": "Language of papers",
}  # fmt: skip
OF_THE_ORDER = ("order.", "comment.", "signing.")


def events(rows: Iterable[Activity]) -> list[c.Event]:
    """Newest first, as given."""
    return [event(row) for row in rows]


def short(rows: Iterable[Activity]) -> list[c.Event]:
    """The same without values before and after."""
    return [dataclasses.replace(event(row), changes=()) for row in rows]


def event(row: Activity) -> c.Event:
    """One activity."""
    changes = [] if row.verb.startswith("comment.") else _changes(row.before, row.after)
    url = "" if row.subject_type == row.root_type else links.to(row.subject_type, row.subject_id)
    who = row.actor.name if row.actor else "Makegood"
    return c.Event(row.at, words(row), who, row.why, url, changes, row.visible_to_client)


def words(row: Activity) -> str:
    """What happened: "Line 2 Run of site: paused"."""
    said = VERBS.get(row.verb)
    if said is None:
        said = row.verb.partition(".")[2].replace("_", " ")
        said = said[:1].upper() + said[1:]
    if row.verb.startswith(OF_THE_ORDER) or not row.subject_label or row.subject_type == row.root_type:
        return said
    return f"{row.subject_label}: {said[:1].lower()}{said[1:]}"


def _changes(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    names = [name for name in after if name not in HIDDEN and not name.endswith("_id")]
    return [(name.replace("_", " ").capitalize(), _short(before.get(name, "")), _short(after[name])) for name in names if before.get(name) != after[name]]


def _short(value: Any) -> str:
    """A value of the log as people read it: days and moments on their clock, yes and no, the rest up to sixty characters."""
    text = "" if value is None else ("no", "yes")[value] if isinstance(value, bool) else str(value)
    if ISO.fullmatch(text):
        return _dated(text)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _dated(text: str) -> str:
    try:
        at = datetime.datetime.fromisoformat(text)
    except ValueError:  # written like a day, and none
        return text
    return formats.day(at.date()) if at.tzinfo is None else f"{formats.day(at)} {formats.local(at):%H:%M}"
