"""Who may do what with tasks, cases, approvals and comments."""

from makegood.core.models import Role
from makegood.core.permissions import Rule, anyone, human, party_member, register, roles, staff

owner = Rule(lambda actor, subject: subject is not None and subject.owner_id == actor.pk, "its owner")
giver = Rule(lambda actor, delegation: getattr(delegation, "giver_id", 0) == actor.pk, "whoever delegated")

register(
    **{
        "work.tasks.open": staff,
        "work.tasks.finish": staff,
        "work.tasks.snooze": owner | roles(Role.LEAD),
        "work.tasks.hand_over": owner | roles(Role.LEAD, Role.ADMIN),
        "work.tasks.ask": staff,
        "work.tasks.see": staff,
        "work.cases.open": staff | party_member,
        "work.cases.work": staff,
        "work.cases.see": staff | party_member,
        "work.approvals.request": staff | party_member,
        "work.approvals.decide": staff & human,
        "work.approvals.delegate": staff & human,
        "work.approvals.revoke": (giver | roles(Role.LEAD, Role.ADMIN)) & human,
        "work.approvals.see_rules": staff,
        "work.approvals.review": staff,
        "work.approvals.rules": roles(Role.ADMIN) & human,
        "work.comments.add": anyone,
    }
)
