"""A change order as its page places it: lines with what differs, the running list, what it comes to, the one next step."""

import dataclasses
from decimal import Decimal
from typing import Any

from makegood.core import permissions
from makegood.core.models import Person
from makegood.interfaces.web import links
from makegood.interfaces.web.orders import planned
from makegood.orders.changes import effects, pausing
from makegood.orders.changes.classes import Class, Classed
from makegood.orders.queries.changes import ChangeView
from makegood.orders.queries.wording import said, worded
from makegood.workflows.changing import Preview


@dataclasses.dataclass(frozen=True)
class LineRow:
    """A line before and after; `was` is what stood there of the fields that differ."""

    number: int
    name: str
    line: dict[str, Any]
    was: dict[str, Any]
    came: bool
    went: bool


@dataclasses.dataclass(frozen=True)
class Running:
    """An operation in the list, by its position."""

    position: int
    says: str


@dataclasses.dataclass(frozen=True)
class Shown:
    """One field that differs, in words."""

    place: str
    before: str
    after: str
    at_once: bool
    why: str


def lines(seen: ChangeView) -> list[LineRow]:
    """All lines of before and after by number."""
    old, new = ({one["number"]: one for one in state["lines"]} for state in (seen.before, seen.after))
    rows = []
    for number in sorted(old.keys() | new.keys()):
        line, was = new.get(number) or old[number], old.get(number)
        differing = {name: value for name, value in was.items() if name in line and line[name] != value} if was and number in new else {}
        rows.append(LineRow(number, line["name"], plain(line), plain(differing), was is None, number not in new))
    return rows


def plain(line: dict[str, Any]) -> dict[str, Any]:
    """Figures as figures, days as days: what the templates' filters take."""
    return {name: Decimal(value) if name in ("amount", "rate") else said(name, value) if name in ("start", "end") else value for name, value in line.items()}


def terms(seen: ChangeView) -> list[Shown]:
    """The order's own fields that differ."""
    return [_shown(one) for one in seen.rows if one.difference.line is None]


def running(seen: ChangeView) -> list[Running]:
    """What was collected, in its order."""
    return [Running(position, one.says) for position, one in enumerate(seen.operations)]


def preview(actor: Person, found: Preview) -> dict[str, Any]:
    """What the panel places."""
    seen, change = found.view, found.view.change
    verb = "send" if seen.commercial else "push"
    needs = "orders.submit" if seen.commercial else "orders.push_change"
    asks = "" if permissions.may(actor, needs, change.order) else f"Ask {permissions.VERBS[needs].who}."
    return {
        "found": found, "seen": seen, "change": change, "order": change.order, "rows": [_shown(one) for one in seen.rows], "verb": verb,
        "asks": asks, "url": links.record(change), "collecting": change.status == "collecting",
        "plan": planned.of(found.plan), "effects": [one.says for one in effects.of(seen.operations)], "pauses": any(isinstance(one, pausing.OPERATIONS) for one in seen.operations), "waits": [_stale(one) for one in seen.stale], "currency": seen.money.currency,
    }  # fmt: skip


def _shown(one: Classed) -> Shown:
    place, before, after = worded(one.difference)
    return Shown(place, before, after, one.rule.kind is Class.DELIVERY, one.rule.why)


def _stale(one: Any) -> tuple[str, str, str]:
    return worded(one)
