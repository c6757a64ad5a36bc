"""Items of work itself: tasks, approvals to decide, cases, mentions."""

import datetime
from collections.abc import Collection

from makegood.core.models import Notification, Person
from makegood.creatives.models import Version
from makegood.insight.queue.item import Item, sentence, urgency
from makegood.work import queries
from makegood.work.models import Approval, Case, Task

OWED_SHOWN = datetime.timedelta(days=2)  # what a client owes is theirs until then; the panel lists all of it
OF_KEYS = (  # beginning of a task's key -> kind and icon
    ("creative", "creatives", "photo-exclamation"), ("click_url", "creatives", "link-off"), ("setup", "creatives", "send"),
    ("qa", "creatives", "list-check"), ("live", "creatives", "broadcast"), ("po_number", "money", "file-dollar"),
    ("contact", "orders", "address-book"), ("queue.pace", "pacing", "trending-down"), ("queue.approval", "approvals", "rubber-stamp"),
    ("queue.version", "creatives", "photo-exclamation"), ("queue.invoice", "money", "file-invoice"),
)  # fmt: skip
LEADING = ("creatives.creative", "billing.invoice", "orders.order", "orders.line", "orders.changeorder", "work.case", "orders.orderimport", "accounts.account", "accounts.contract")
CASES = {"issue": ("orders", "message-report"), "incident": ("pacing", "alert-octagon"), "billing": ("money", "receipt-refund")}
TIMES = ("", "once", "twice")


def tasks(rows: Collection[Task], at: datetime.datetime) -> list[Item]:
    """Open tasks; those a client owes only when nearly due or late. One query more, for the creatives of versions."""
    shown = [task for task in rows if task.owed_by_id is None or task.due_at < at + OWED_SHOWN]
    versions = [task.subject_id for task in shown if task.subject_type == "creatives.version"]
    creatives = dict(Version.objects.filter(pk__in=versions).values_list("pk", "creative_id")) if versions else {}
    return [_task(task, _place(task, creatives), at) for task in shown]


def _place(task: Task, creatives: dict[int, int]) -> tuple[str, int]:
    """The record with a page that the task is about, else its campaign."""
    if task.subject_type == "creatives.version":
        return "creatives.creative", creatives[task.subject_id]
    if task.subject_type in LEADING:
        return task.subject_type, task.subject_id
    return (task.root_type, task.root_id) if task.root_type in LEADING else ("", 0)


def _task(task: Task, place: tuple[str, int], at: datetime.datetime) -> Item:
    kind, icon = next(((kind, icon) for start, kind, icon in OF_KEYS if task.key.startswith(start)), ("orders", "checkbox"))
    asked = TIMES[task.asked_count] if task.asked_count < len(TIMES) else f"{task.asked_count} times"
    owed = f"{task.owed_by} owes it" + (f", asked {asked}" if asked else "") if task.owed_by else ""
    whole = ", ".join(part for part in (str(task.party or ""), _campaign(task.root_label)) if part)
    leads = bool(task.action and place[1])
    return Item(
        key=f"task-{task.pk}", kind=kind, icon=icon, title=task.title, why=sentence(whole, owed or task.detail.split("\n")[0]),
        due_at=task.due_at, state="blocked" if task.owed_by_id else urgency(task.due_at, at),
        action="Remind" if task.owed_by_id else task.action if leads else "Done",
        does="ask" if task.owed_by_id else "" if leads else "done", place=place[0], place_id=place[1],
        tab="trafficking" if task.key in ("setup", "qa") else "",
        amount=task.amount, currency=task.currency, owner=str(task.owner or ""), owner_id=task.owner_id,
    )  # fmt: skip


def _campaign(label: str) -> str:
    """A root's label without its number: "MG-00012 Winter Trail" reads as the campaign."""
    head, _, rest = label.partition(" ")
    return rest if rest and any(letter.isdigit() for letter in head) else label


def approvals(actor: Person, at: datetime.datetime) -> list[Item]:
    """What this person may decide."""
    return [_approval(one, at) for one in queries.decidable(actor, at)]


def _approval(one: Approval, at: datetime.datetime) -> Item:
    asked = f"{one.requested_by} asks" if one.requested_by else ""
    whole = ", ".join(part for part in (str(one.party or ""), _campaign(one.subject_label)) if part)
    state = urgency(one.due_at, at)
    return Item(
        key=f"approval-{one.pk}", kind="approvals", icon="discount-2" if one.kind in ("discount", "floor") else "rubber-stamp",
        title=f"Approve: {one.title}", why=sentence(whole, asked), due_at=one.due_at, state="watch" if state == "ok" else state,
        action="Decide", does="decide", place=one.subject_type, place_id=one.subject_id, amount=one.amount, currency=one.currency,
    )  # fmt: skip


def cases(actor: Person, people: Collection[int], at: datetime.datetime) -> list[Item]:
    """Cases of these people that are ours to move."""
    rows = queries.case_list(actor).filter(owner__in=people, status="open")
    return [_case(one, at) for one in rows]


def _case(one: Case, at: datetime.datetime) -> Item:
    kind, icon = CASES[one.kind]
    whole = ", ".join(part for part in (str(one.party or ""), f"case {one.number}") if part)
    return Item(
        key=f"case-{one.pk}", kind=kind, icon=icon, title=one.title, why=sentence(whole, one.detail.split("\n")[0]),
        due_at=one.due_at, state="risk" if one.due_at < at or one.severity == "high" else "watch",
        action="Answer" if one.kind == "billing" else "Work on it", place="work.case", place_id=one.pk, amount=one.amount,
        currency=one.currency, owner=str(one.owner), owner_id=one.owner_id,
    )  # fmt: skip


def mentions(actor: Person, at: datetime.datetime) -> list[Item]:
    """Comments that name this person and were not read."""
    rows = Notification.objects.filter(person=actor, read_at=None, urgency="now", activity__verb="comment.added")
    return [_mention(one) for one in rows.select_related("activity__actor").order_by("-activity__at")[:20]]


def _mention(one: Notification) -> Item:
    said = one.activity
    return Item(
        key=f"mention-{one.pk}", kind="money", icon="at", title=f"{said.actor} writes: {said.why[:90]}", why=_campaign(said.subject_label),
        due_at=said.at + datetime.timedelta(days=1), state="", word="Mention", action="Reply", does="reply",
        place=said.root_type, place_id=said.root_id, tab="conversation",
    )  # fmt: skip
