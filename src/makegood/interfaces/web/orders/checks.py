"""Readiness as the panel shows it: missing facts first with owner, due and what they hold back; held ones quiet below."""

import datetime
from typing import Any

from makegood.core import permissions
from makegood.core.models import Person
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links
from makegood.orders.models import Order
from makegood.workflows.readiness import Readiness, ReadinessItem

ASKED_IN = ("draft", "cancelled", "closed", "completed")  # nothing is asked for before submission and after the end


def context(actor: Person, order: Order, ready: Readiness, *, at: datetime.datetime) -> dict[str, Any]:
    """What the panel's template places."""
    facts = [_fact(item, order, at) for item in ready.items]
    return {
        "ready": ready, "pips": facts, "missing": [(item, fact) for item, fact in zip(ready.items, facts, strict=True) if not item.held],
        "held": _together([(item, fact) for item, fact in zip(ready.items, facts, strict=True) if item.held]), "may_ask": permissions.may(actor, "orders.ask", order),
        "unasked": sum(not item.held and item.task_id is None and item.key not in ("signed", "booked") for item in ready.items),
        "asking": order.status not in ASKED_IN,
    }  # fmt: skip


MANY = {"creative": "creatives approved and assigned", "click_url": "click URLs known", "live": "lines live and counted"}


def _together(held: list[tuple[ReadinessItem, c.Fact]]) -> list[c.Fact]:
    """Held facts of one kind as one, so that what is missing stands out."""
    kinds: dict[str, list[c.Fact]] = {}
    for item, fact in held:
        kinds.setdefault(item.key.partition(":")[0], []).append(fact)
    told = []
    for kind, facts in kinds.items():
        told += facts if len(facts) < 2 or kind not in MANY else [c.Fact(f"{len(facts)} {MANY[kind]}", "ok")]
    return told


def state(item: ReadinessItem, at: datetime.datetime) -> str:
    """ok, watch, or risk once it is late."""
    return "ok" if item.held else "risk" if item.late(at) else "watch"


def _fact(item: ReadinessItem, order: Order, at: datetime.datetime) -> c.Fact:
    who = item.owed_by or item.owner
    if item.held:
        return c.Fact(item.title, "ok", item.detail)
    via = f"{item.owed_by}, {item.owner} asks" if item.owed_by and item.owner else who
    due = f"Due {formats.moment(item.due_at)}, {formats.due(item.due_at, at)}" if item.due_at else ""
    holds = f"Holds {formats.money(item.amount, order.currency, decimals=0)}" if item.amount else ""
    said = ". ".join(part for part in (via, due, item.detail.rstrip("."), holds) if part)
    return c.Fact(item.title, state(item, at), said, who, _where(item, order))


def _where(item: ReadinessItem, order: Order) -> str:
    """The page on which the fact is supplied."""
    if item.key.startswith("creative"):
        return links.record(order, "creatives")
    if item.key in ("setup", "qa", "live"):
        return links.part("trafficking", order.pk)
    if item.key == "po_number":
        return links.record(order, "money")
    if item.key == "contact":
        return links.record(order.bill_to)
    return ""
