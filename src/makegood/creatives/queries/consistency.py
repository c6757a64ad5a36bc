"""Do reviewers decide alike? By rule and reviewer: how much may run, against what colleagues let run under the same rule, and
how often a lead decided otherwise. And pairs that look the same and were decided differently.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Sequence

from makegood.core.models import Person
from makegood.creatives.models import Decision
from makegood.creatives.queries import likeness
from makegood.creatives.queries.disagreeing import RUNS

FEW = 5  # decisions below which a share says nothing
FAR = 0.2  # difference of shares from which it is worth a talk
COMPARED = 400


@dataclasses.dataclass(frozen=True)
class Row:
    """One reviewer under one rule; shares are None where too few were decided, `overturned` counts a lead's other decisions."""

    rule: str
    reviewer: str
    decided: int
    ran: float | None
    others: float | None
    overturned: int

    @property
    def apart(self) -> float | None:
        """How much more (or less) this reviewer lets run than colleagues do."""
        return None if self.ran is None or self.others is None else self.ran - self.others

    @property
    def tone(self) -> str:
        """watch when it is worth a talk."""
        return "watch" if self.apart is not None and abs(self.apart) >= FAR else ""


@dataclasses.dataclass(frozen=True)
class Pair:
    """Two decisions on pictures that look the same, one that runs and one that does not."""

    ran: Decision
    stopped: Decision
    alike: int


def report(actor: Person) -> list[Row]:
    """Every reviewer under every rule, the most apart first; for the seller's people only."""
    decisions = _decisions(actor)
    by_rule: dict[str, dict[Person, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for one in decisions:
        by_rule[one.guideline.code if one.guideline else "Spec alone"][one.by].append(one.outcome in RUNS)
    overturned = _overturned(decisions)
    rows = [_row(rule, person, people, overturned) for rule, people in by_rule.items() for person in people]
    return sorted(rows, key=lambda row: (-abs(row.apart or 0), row.rule, row.reviewer))


def pairs(actor: Person, limit: int = 12) -> list[Pair]:
    """Pictures alike, decided differently under the same rule by two people; the most alike first."""
    pictured = [one for one in _decisions(actor) if one.version.dhash and len(set(one.version.dhash)) > 1][-COMPARED:]
    ran, stopped = ([one for one in pictured if (one.outcome in RUNS) is runs] for runs in (True, False))
    found = [
        Pair(one, other, likeness.percent(apart))
        for one in ran for other in stopped
        if one.by_id != other.by_id and one.guideline_id == other.guideline_id and one.version.creative_id != other.version.creative_id
        and (apart := (int(one.version.dhash, 16) ^ int(other.version.dhash, 16)).bit_count()) <= likeness.NEAR
    ]  # fmt: skip
    return sorted(found, key=lambda pair: -pair.alike)[:limit]


def _decisions(actor: Person) -> list[Decision]:
    if not actor.is_staff_member:
        return []
    return list(Decision.objects.select_related("guideline", "by", "version__creative__advertiser__party").order_by("at", "pk"))


def _row(rule: str, person: Person, people: dict[Person, list[bool]], overturned: dict[tuple[str, int], int]) -> Row:
    own, others = people[person], [ran for other, found in people.items() if other.pk != person.pk for ran in found]
    return Row(rule, person.name, len(own), _share(own), _share(others), overturned.get((rule, person.pk), 0))


def _share(ran: Sequence[bool]) -> float | None:
    return sum(ran) / len(ran) if len(ran) >= FEW else None


def _overturned(decisions: Sequence[Decision]) -> dict[tuple[str, int], int]:
    """{(rule, reviewer): how many of their decisions a lead changed on the same bytes}."""
    last: dict[tuple[int, str], Decision] = {}
    found: dict[tuple[str, int], int] = defaultdict(int)
    for one in decisions:
        before = last.get((one.version.creative_id, one.sha256))
        if before and before.by_id != one.by_id and one.by.has_role("lead") and (before.outcome in RUNS) != (one.outcome in RUNS):
            found[before.guideline.code if before.guideline else "Spec alone", before.by_id] += 1
        last[one.version.creative_id, one.sha256] = one
    return found
