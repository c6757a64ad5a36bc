"""Where a pending approval is: its stage, who has it, since when, until when. Reads only."""

import dataclasses
import datetime
from collections.abc import Sequence

from makegood.core.models import Activity, Person
from makegood.work.approving import powers
from makegood.work.models import Approval

SHOWN = 3


@dataclasses.dataclass(frozen=True)
class Waits:
    """`stage` counts from 1; `people` may decide it now (makers left out), `since` it is their turn, `due_at` by the agreed hours."""

    approval_id: int
    stage: int
    stages: int
    people: tuple[str, ...]
    since: datetime.datetime
    due_at: datetime.datetime
    escalated: bool

    @property
    def who(self) -> str:
        """The people in words."""
        more = len(self.people) - SHOWN
        names = ", ".join(self.people[:SHOWN]) + (f" and {more} more" if more > 0 else "")
        return names or "nobody who is here"


def of(asked: Sequence[Approval]) -> dict[int, Waits]:
    """{approval id: where it is} of pending approvals, in three queries however many."""
    stages = {one.pk: powers.stage_of(one) for one in asked}
    ids = {pk for stage in stages.values() for pk in stage.people}
    names = dict(Person.objects.filter(pk__in=ids, is_active=True, agent_for=None).order_by("name").values_list("pk", "name"))
    makers = set(Approval.makers.through.objects.filter(approval__in=stages).values_list("approval_id", "person_id"))
    turns = Activity.objects.filter(subject_type="work.approval", subject_id__in=stages, verb="approval.advanced").order_by("at")
    since = dict(turns.values_list("subject_id", "at"))
    return {
        one.pk: Waits(
            one.pk, one.stage + 1, len(one.stages),
            tuple(name for pk, name in names.items() if pk in stages[one.pk].people and (one.pk, pk) not in makers and pk != one.requested_by_id),
            since.get(one.pk, one.requested_at), one.due_at, one.escalated_at is not None,
        )
        for one in asked
    }  # fmt: skip
