"""Readiness: what a campaign needs, which of it holds, who owes the rest. Computed from facts, never ticked.

It lives here because its facts come from orders, creatives, trafficking and work, which may not know one another.
"""

import dataclasses
import datetime
from collections.abc import Callable
from decimal import Decimal

from makegood.core.models import Person
from makegood.orders import queries
from makegood.orders.models import Order
from makegood.work.models import Task
from makegood.workflows.ordering import facts
from makegood.workflows.ordering.facts import Fact

PROVIDERS: tuple[Callable[[Order, datetime.datetime], list[Fact]], ...] = (facts.agreed, facts.paperwork, facts.lines, facts.launch)


@dataclasses.dataclass(frozen=True)
class ReadinessItem:
    """One fact: held or not; when it was asked for, who owes it by when, and the money it holds back."""

    key: str
    title: str
    held: bool
    detail: str
    owner: str
    owed_by: str
    due_at: datetime.datetime | None
    amount: Decimal | None
    task_id: int | None
    subject_type: str
    subject_id: int

    def late(self, at: datetime.datetime) -> bool:
        """Whether it is missing past its due date."""
        return not self.held and self.due_at is not None and self.due_at < at


@dataclasses.dataclass(frozen=True)
class Readiness:
    """All facts, the missing ones first by due date. `held_back` is the money the missing ones keep from running or billing."""

    items: tuple[ReadinessItem, ...]
    held: int
    held_back: Decimal

    @property
    def missing(self) -> tuple[ReadinessItem, ...]:
        """What is not there yet."""
        return tuple(item for item in self.items if not item.held)

    @property
    def says(self) -> str:
        """The sentence over the list."""
        return f"{self.held} of {len(self.items)} facts hold"


def of(order: Order, *, at: datetime.datetime) -> Readiness:
    """The order's readiness at a moment."""
    tasks = {
        (task.subject_type, task.subject_id, task.key): task
        for task in Task.objects.filter(root_type="orders.order", root_id=order.pk).select_related("owner", "owed_by").order_by("pk")
    }
    found = [_item(fact, tasks) for provide in PROVIDERS for fact in provide(order, at)]
    far = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    items = tuple(sorted(found, key=lambda item: (item.held, item.due_at or far)))
    lines = {(item.subject_type, item.subject_id): item.amount for item in items if not item.held and item.amount}
    return Readiness(items, sum(item.held for item in items), max(_line_money(lines), Decimal(0)))


def seen_by(actor: Person, order_id: int, *, at: datetime.datetime) -> Readiness:
    """The same for a page: Order.DoesNotExist when `actor` may not see the order; clients see what they owe."""
    order = queries.visible_to(actor).get(pk=order_id)
    whole = of(order, at=at)
    if actor.is_staff_member:
        return whole
    theirs = tuple(item for item in whole.items if item.owed_by)
    return Readiness(theirs, sum(item.held for item in theirs), whole.held_back)


def _item(fact: Fact, tasks: dict[tuple[str, int, str], Task]) -> ReadinessItem:
    task = tasks.get((fact.subject._meta.label_lower, fact.subject.pk, fact.key))
    owner = task.owner if task else fact.owner
    owed_by = (str(task.owed_by) if task and task.owed_by else "") or (str(fact.owed_by) if fact.owed_by else "")
    return ReadinessItem(
        fact.key, fact.title, fact.held, fact.detail, owner.name if owner else "", owed_by, task.due_at if task else None,
        fact.amount, task.pk if task and task.status == "open" else None, fact.subject._meta.label_lower, fact.subject.pk,
    )  # fmt: skip


def _line_money(missing: dict[tuple[str, int], Decimal | None]) -> Decimal:
    """Money held back, each line once: by its lines, or by the order's own papers when those are all that is missing."""
    lines = sum((amount for (kind, _), amount in missing.items() if kind == "orders.line" and amount), Decimal(0))
    return lines or max((amount for amount in missing.values() if amount), default=Decimal(0))
