"""Stages of an approval as data: whose, how many of them, within how many working hours, and who is asked when it is late.

A rule holds stages without people; a request freezes who may decide each of them on the day it was asked.
"""

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from makegood.core.errors import Invalid
from makegood.core.models import Person, Role

ANY, ALL = "any", "all"
HOURS = 8


@dataclasses.dataclass(frozen=True, slots=True)
class Stage:
    """`need` is "any" (one of the roles), "all" (somebody of each role) or how many people. `people` and `above` are ids."""

    roles: tuple[str, ...]
    need: str | int = ANY
    hours: int = HOURS
    escalate: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    above: tuple[int, ...] = ()

    def complete(self, roles_voted: Collection[str]) -> bool:
        """Whether the approvals given, a role for each distinct person, are enough."""
        if self.need == ALL:
            return set(self.roles) <= set(roles_voted)
        return len(roles_voted) >= (1 if self.need == ANY else int(self.need))

    def frozen(self) -> "Stage":
        """The stage with everybody who may decide it now, and whom it goes to when late."""
        return dataclasses.replace(self, people=_of(self.roles), above=_of(self.escalate))

    def to_json(self) -> dict[str, Any]:
        """As stored."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in dataclasses.asdict(self).items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Stage":
        """As read."""
        return cls(**{name: tuple(value) if isinstance(value, list) else value for name, value in data.items()})


def check(stages: Iterable[Stage]) -> list[Stage]:
    """The stages, if an approval can ever pass them. Raises Invalid naming the stage."""
    found = list(stages)
    if not found:
        raise Invalid("it has no stage.", place="stages", remedy="Name at least one stage with its roles.")
    for number, stage in enumerate(found, 1):
        place = f"stage {number}"
        unknown = [role for role in (*stage.roles, *stage.escalate) if role not in Role.values or role == Role.CLIENT]
        if not stage.roles or unknown:
            raise Invalid(f"{', '.join(unknown) or 'nobody'} cannot approve.", place=place, remedy="Name roles of the seller's people.")
        if stage.need not in (ANY, ALL) and not (isinstance(stage.need, int) and 1 <= stage.need <= 9):
            raise Invalid(f"{stage.need!r} is no number of people.", place=place, remedy="Say any, all, or 1 to 9.")
        if not 1 <= stage.hours <= 200:
            raise Invalid(f"{stage.hours} working hours cannot be kept.", place=place, remedy="Give 1 to 200.")
    return found


def one(*roles: str, need: str | int = ANY, hours: int = HOURS, escalate: Iterable[str] = ()) -> dict[str, Any]:
    """One stage as a rule stores it."""
    return Stage(tuple(map(str, roles)), need, hours, tuple(map(str, escalate))).to_json()


def _of(roles: Collection[str]) -> tuple[int, ...]:
    rows = Person.objects.filter(is_active=True, agent_for=None, roles__overlap=list(roles)).exclude(roles__contains=[Role.CLIENT])
    return tuple(rows.order_by("pk").values_list("pk", flat=True)) if roles else ()
