"""The seller's rules of holds: how long, how much longer by role, and how soon a challenged hold is booked."""

import datetime

from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person, Role
from makegood.sales import queries
from makegood.sales.models import HoldPolicy


@verbs.whole
def change(
    *, longest_days: int, challenge_days: int, extend_days: dict[str, int], by: Person | None, at: datetime.datetime, why: str = ""
) -> HoldPolicy:
    """Change the rules; holds in force keep what they have."""
    permissions.check(by, "sales.hold_rules")
    if not 1 <= longest_days <= 365 or not 1 <= challenge_days <= 20:
        raise Invalid("a hold lasts 1 to 365 days, a challenge 1 to 20 business days.", place="days", remedy="Give numbers in that range.")
    strange = [role for role, days in extend_days.items() if role not in Role.values or isinstance(days, bool) or not isinstance(days, int) or days < 0]
    if strange:
        raise Invalid(f"{', '.join(strange)}: no role, or no number of days.", place="extend_days", remedy="Give whole days for each role.")
    policy = queries.policy()
    if policy.pk is None:
        policy.save()
    activity.change(policy, "hold_rules.changed", by=by, at=at, why=why, longest_days=longest_days, challenge_days=challenge_days, extend_days=extend_days)
    return policy
