"""Duties kept apart: each guard refuses one way in which people come to approve their own work. All of them are asked, always."""

import dataclasses
import datetime
from collections.abc import Callable, Iterable

from makegood.core.errors import NotAllowed
from makegood.core.models import Activity, Person
from makegood.work.approving.powers import Power, stage_of
from makegood.work.models import Approval


@dataclasses.dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody about to decide, with the powers they have for it; `makers` are ids, agents' people among them."""

    asked: Approval
    by: Person
    powers: tuple[Power, ...]
    makers: frozenset[int]
    at: datetime.datetime


def makers(people: Iterable[Person]) -> list[Person]:
    """Everybody who counts as a maker: the people, whoever they act for as software, and the software of each."""
    found = {person.pk for person in people}
    found |= set(Person.objects.filter(pk__in=found).exclude(agent_for=None).values_list("agent_for", flat=True))
    found |= set(Person.objects.filter(agent_for__in=found).values_list("pk", flat=True))
    return list(Person.objects.filter(pk__in=found).order_by("pk"))


def no_software(attempt: Attempt) -> None:
    """Agents and keys prepare; people decide."""
    if attempt.by.agent_for_id is not None:
        raise NotAllowed(f"{attempt.by.name} is software and decides nothing.", place=str(attempt.asked), remedy=f"Ask {others(attempt.asked)}.")


def no_maker(attempt: Attempt) -> None:
    """Whoever edited what is to be approved, or asked for it, is not who approves it."""
    if attempt.by.pk in attempt.makers or attempt.by.pk == attempt.asked.requested_by_id:
        raise NotAllowed("whoever made or asked for it may not decide it.", place=str(attempt.asked), remedy=f"Ask {others(attempt.asked)}.")


def entitled(attempt: Attempt) -> None:
    """Named when it was asked, and still of the role: neither a new role nor an edited list lets anybody in."""
    if not attempt.powers:
        roles = " or ".join(role.replace("_", " ") for role in stage_of(attempt.asked).roles) or "approver by name"
        raise NotAllowed(
            f"{attempt.by.name} was no {roles} when it was asked, or is none now.", place=str(attempt.asked), remedy=f"Ask {others(attempt.asked)}."
        )


def not_for_a_maker(attempt: Attempt) -> None:
    """A maker's right to approve rests with nobody, however it was handed on."""
    if attempt.powers and all(power.acted_for and power.acted_for.pk in attempt.makers | {attempt.asked.requested_by_id} for power in attempt.powers):
        raise NotAllowed("it would be decided in its maker's name.", place=str(attempt.asked), remedy=f"Ask {others(attempt.asked)}.")


def not_arranged_by_a_maker(attempt: Attempt) -> None:
    """An absence that a maker entered makes nobody an approver of the maker's work."""
    names = [power.acted_for.pk for power in attempt.powers if power.acted_for and power.by_cover]
    planned = Activity.objects.filter(verb="absence.planned", subject_type="core.person", subject_id__in=names, actor__in=attempt.makers)
    if len(names) == len(attempt.powers) and names and planned.filter(after__cover=str(attempt.by)).exists():
        raise NotAllowed("whoever made it entered the absence you cover.", place=str(attempt.asked), remedy=f"Ask {others(attempt.asked)}.")


def one_voice(attempt: Attempt) -> None:
    """A person decides once in all stages, in whosever name."""
    voices = {attempt.by.pk} | {power.acted_for.pk for power in attempt.powers[:1] if power.acted_for}
    for vote in attempt.asked.votes.all():
        if voices & {vote.person_id, vote.acted_for_id}:
            raise NotAllowed(f"{vote.person.name} has decided on it already.", place=str(attempt.asked), remedy=f"Ask {others(attempt.asked)}.")


GUARDS: dict[str, Callable[[Attempt], None]] = {
    "no_software": no_software, "no_maker": no_maker, "entitled": entitled, "not_for_a_maker": not_for_a_maker,
    "not_arranged_by_a_maker": not_arranged_by_a_maker, "one_voice": one_voice,
}  # fmt: skip


def check(attempt: Attempt) -> None:
    """Raise NotAllowed by the first guard that refuses."""
    for guard in GUARDS.values():
        guard(attempt)


def others(asked: Approval) -> str:
    """Who can decide instead, in words."""
    people = Person.objects.filter(pk__in=stage_of(asked).people, is_active=True, agent_for=None)
    names = people.exclude(pk__in=asked.makers.values("pk")).exclude(pk=asked.requested_by_id or 0).order_by("name").values_list("name", flat=True)[:3]
    return " or ".join(names) or "an administrator to give somebody else the role, then have it asked anew"
