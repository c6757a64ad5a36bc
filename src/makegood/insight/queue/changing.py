"""Items of change orders: those not sent yet, those that wait for our signature, and what was signed and could not take effect."""

import datetime

from makegood.core import permissions
from makegood.core.models import Person
from makegood.insight.queue.item import Item, close_of, local_day, sentence, urgency
from makegood.orders import queries as orders
from makegood.orders.models import ChangeOrder

DAY = datetime.timedelta(days=1)


def changes(actor: Person, people: frozenset[int], at: datetime.datetime) -> list[Item]:
    """Change orders of these people that need one of them: two queries."""
    if not permissions.may(actor, "orders.change"):
        return []
    rows = orders.change_list(actor).filter(status__in=("collecting", "approved", "signed"))
    found = (_item(one, actor, people, at) for one in rows)
    return [item for item in found if item is not None]


def _item(one: ChangeOrder, actor: Person, people: frozenset[int], at: datetime.datetime) -> Item | None:
    order = one.order
    if one.status == "collecting":
        return _as(one, actor, at, "Finish", f"Change {one.number} is not sent", "Nothing has changed yet") if one.by_id in people else None
    if people.isdisjoint({order.account_manager_id, one.by_id}):
        return None
    if one.status == "signed":
        return _as(one, actor, at, "Look at it", f"Signed change {one.number} has no effect yet", "The order runs on as it was")
    sides = {mark.side for mark in one.revision.signatures.all()} if one.revision else set()
    if "seller" in sides or not permissions.may(actor, "orders.sign"):
        return None
    return _as(one, actor, at, "Sign", f"Sign change {one.number}", "The order runs on as it was until both sides have signed")


def _as(one: ChangeOrder, actor: Person, at: datetime.datetime, action: str, title: str, why: str) -> Item:
    due = close_of(local_day(one.at, actor) + DAY, actor)
    state = urgency(due, at)
    return Item(
        key=f"change-{one.pk}", kind="orders", icon="versions", title=title, why=sentence(f"{one.order.advertiser}, {one.order.name}", one.reason, why),
        due_at=due, state="watch" if state == "ok" else state, action=action, place="orders.changeorder", place_id=one.pk, owner=str(one.by or ""),
        owner_id=one.by_id,
    )  # fmt: skip
