"""Stages of an approval as data: whose, how many of them, within how many working hours, and who is asked when it is late.

A rule holds stages without people; a request freezes who may decide each of them on the day it was asked.
"""

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from makegood.core.errors import Invalid
from makegood.core.models import Person, Role

ANY, ALL = "any", "all"
HOURS = 8
NAMED = "named"  # the role of whoever is asked by name or for looking after the account, not for a role they have


@dataclasses.dataclass(frozen=True, slots=True)
class Around:
    """Whom a request concerns: who looks after the account, and whose team it is. Ids."""

    owner: int | None = None
    team: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Stage:
    """`need` is "any" (one of the roles), "all" (somebody of each role) or how many people. `people` and `above` are ids.

    Beside roles a stage may name people (`named`, ids) or whoever looks after the account (`owner`); `own_team` keeps its
    roles to the team of the request.
    """

    roles: tuple[str, ...] = ()
    need: str | int = ANY
    hours: int = HOURS
    escalate: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    above: tuple[int, ...] = ()
    named: tuple[int, ...] = ()
    owner: bool = False
    own_team: bool = False

    @property
    def voices(self) -> tuple[str, ...]:
        """In which roles it is decided: its own, and by name."""
        return (*self.roles, *((NAMED,) if self.named or self.owner else ()))

    def complete(self, roles_voted: Collection[str]) -> bool:
        """Whether the approvals given, a role for each distinct person, are enough."""
        if self.need == ALL:
            return set(self.voices) <= set(roles_voted)
        return len(roles_voted) >= (1 if self.need == ANY else int(self.need))

    def frozen(self, around: Around = Around()) -> "Stage":
        """The stage with everybody who may decide it now, by role or by name, and whom it goes to when late."""
        named = _active((*self.named, *((around.owner,) if self.owner and around.owner else ())))
        by_role = (_of(self.roles, around.team) if self.own_team and around.team else ()) or _of(self.roles)  # a team without such a person asks all
        people = tuple(dict.fromkeys((*by_role, *named)))
        return dataclasses.replace(self, people=people, above=_of(self.escalate), named=named)

    def to_json(self) -> dict[str, Any]:
        """As stored."""
        plain = {name: list(value) if isinstance(value, tuple) else value for name, value in dataclasses.asdict(self).items()}
        return {name: value for name, value in plain.items() if value or name not in ("named", "owner", "own_team")}

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
        if not stage.voices or unknown:
            raise Invalid(f"{', '.join(unknown) or 'nobody'} cannot approve.", place=place, remedy="Name roles of the seller's people.")
        if not stage.roles and not stage.escalate:
            raise Invalid("people by name may be away, or have made it.", place=place, remedy="Name roles it goes to when it is late.")
        if len(_active(stage.named)) != len(set(stage.named)):
            raise Invalid("somebody named for it is no active colleague.", place=place, remedy="Choose people who work here.")
        if stage.need not in (ANY, ALL) and not (isinstance(stage.need, int) and 1 <= stage.need <= 9):
            raise Invalid(f"{stage.need!r} is no number of people.", place=place, remedy="Say any, all, or 1 to 9.")
        if not 1 <= stage.hours <= 200:
            raise Invalid(f"{stage.hours} working hours cannot be kept.", place=place, remedy="Give 1 to 200.")
    return found


def one(*roles: str, need: str | int = ANY, hours: int = HOURS, escalate: Iterable[str] = ()) -> dict[str, Any]:
    """One stage as a rule stores it."""
    return Stage(tuple(map(str, roles)), need, hours, tuple(map(str, escalate))).to_json()


def _of(roles: Collection[str], team: int | None = None) -> tuple[int, ...]:
    rows = _colleagues().filter(roles__overlap=list(roles))
    rows = rows.filter(team=team) if team else rows
    return tuple(rows.order_by("pk").values_list("pk", flat=True)) if roles else ()


def _active(people: Collection[int]) -> tuple[int, ...]:
    return tuple(_colleagues().filter(pk__in=people).order_by("pk").values_list("pk", flat=True)) if people else ()


def _colleagues() -> QuerySet[Person]:
    return Person.objects.filter(is_active=True, agent_for=None).exclude(roles__contains=[Role.CLIENT])
