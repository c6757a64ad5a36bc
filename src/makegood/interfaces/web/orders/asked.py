"""Approvals asked for an order as its page shows them: facts in words, and who may decide."""

import dataclasses
import datetime
from collections.abc import Sequence
from typing import Any

from makegood.core.models import Person
from makegood.orders.queries import steps
from makegood.work import queries as work
from makegood.work import waiting
from makegood.work.models import Approval


@dataclasses.dataclass(frozen=True)
class Asked:
    """An approval to decide: its facts in words, and why this person may not, when so."""

    approval: Approval
    facts: list[tuple[str, str]]
    needs: str
    waits: waiting.Waits | None = None

    @classmethod
    def all(cls, asked: Sequence[Approval], actor: Person, at: datetime.datetime) -> list["Asked"]:
        """Each with where it is: whose turn, since when, until when."""
        where = waiting.of(asked)
        return [dataclasses.replace(cls.of(one, actor, at), waits=where[one.pk]) for one in asked]

    @classmethod
    def of(cls, one: Approval, actor: Person, at: datetime.datetime) -> "Asked":
        """As `actor` sees it at a moment."""
        made = actor.pk == one.requested_by_id or any(maker.pk == actor.pk for maker in one.makers.all())
        needs = f"You made or asked for it: {steps.who(one)} decides." if made else ""
        if not made and not work.may_decide(one, actor, at):
            needs = f"{steps.who(one).capitalize()} decides."
        return cls(one, [(name.replace("_", " ").capitalize(), _plain(value)) for name, value in one.facts.items()], needs)


def _plain(value: Any) -> str:
    """A fact's value in words."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_plain(part)}" for key, part in value.items())
    return ", ".join(_plain(part) for part in value) if isinstance(value, list) else str(value)
