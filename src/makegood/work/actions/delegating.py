"""Handing one's approvals to a colleague for some days, and taking them back."""

import datetime
from collections.abc import Iterable

from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.work.models import Delegation


@verbs.whole
def delegate(
    taker: Person, start: datetime.date, end: datetime.date, *, by: Person, at: datetime.datetime, kinds: Iterable[str] = (), why: str = ""
) -> Delegation:
    """`taker` may decide what `by` may, first to last day, for the kinds named or all. What `taker` made stays refused to both."""
    permissions.check(by, "work.approvals.delegate")
    if taker.pk == by.pk or not taker.is_staff_member or not taker.is_active or taker.agent_for_id is not None:
        raise Invalid(f"{taker.name} cannot decide for you.", place="taker", remedy="Choose a colleague.")
    if end < start:
        raise Invalid(f"it ends {end}, before {start}.", place="end", remedy="Give a later last day.")
    made = Delegation.objects.create(giver=by, taker=taker, kinds=sorted(set(kinds)), start=start, end=end, why=why[:200], at=at)
    activity.record(by, "approvals.delegated", by=by, at=at, why=why, after={"to": str(taker), "start": str(start), "end": str(end), "kinds": made.kinds})
    return made


@verbs.whole
def revoke(delegation: Delegation, *, by: Person, at: datetime.datetime) -> Delegation:
    """From now on `giver` decides alone again."""
    permissions.check(by, "work.approvals.revoke", delegation)
    activity.change(delegation, "approvals.revoked", by=by, at=at, revoked_at=at)
    return delegation
