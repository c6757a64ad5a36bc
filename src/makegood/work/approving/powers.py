"""In whose name somebody may decide at a moment: their own, that of who delegated to them, that of an absent person they cover.

Never passed on: who decides for another cannot hand that to a third.
"""

import dataclasses
import datetime
import zoneinfo
from collections.abc import Sequence

from makegood.core import queries
from makegood.core.models import Absence, Person
from makegood.work.approving.stages import NAMED, Stage
from makegood.work.models import Approval, Delegation


@dataclasses.dataclass(frozen=True, slots=True)
class Name:
    """Somebody in whose name another may decide: of which kinds (all when empty), and whether by covering an absence."""

    person: Person
    kinds: tuple[str, ...] = ()
    by_cover: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Power:
    """A role somebody decides in; `acted_for` is whose it is when not their own, `by_cover` whether by an absence."""

    role: str
    acted_for: Person | None = None
    by_cover: bool = False


def stage_of(asked: Approval) -> Stage:
    """The stage that waits; those it was escalated to belong to it once it was."""
    stage = Stage.from_json(asked.stages[asked.stage])
    if asked.escalated_at is None:
        return stage
    return dataclasses.replace(stage, people=(*stage.people, *stage.above), roles=(*stage.roles, *stage.escalate))


def names(by: Person, at: datetime.datetime) -> tuple[Name, ...]:
    """In whose name `by` may decide at a moment: their own first, then of those who delegated, then of the absent they cover."""
    day = at.astimezone(zoneinfo.ZoneInfo(queries.zone())).date()
    given = Delegation.objects.filter(taker=by, start__lte=day, end__gte=day, revoked_at=None).select_related("giver").order_by("pk")
    away = Absence.objects.filter(cover=by, start__lte=day, end__gte=day).select_related("person").order_by("pk")
    return (Name(by), *(Name(one.giver, tuple(one.kinds)) for one in given), *(Name(one.person, by_cover=True) for one in away))


def find(asked: Approval, held: Sequence[Name]) -> list[Power]:
    """The powers that fit the waiting stage, the own one first: of people named when it was asked who still have the role."""
    stage = stage_of(asked)
    return [
        Power(role, None if number == 0 else one.person, one.by_cover)
        for number, one in enumerate(held)
        if one.person.pk in stage.people and one.person.is_active and one.person.agent_for_id is None and (not one.kinds or asked.kind in one.kinds)
        for role in stage.voices
        if (one.person.pk in stage.named if role == NAMED else role in one.person.roles)
    ]  # fmt: skip
