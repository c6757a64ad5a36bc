"""Who may do what with tasks, cases, approvals and comments."""

from makegood.core.models import Role
from makegood.core.permissions import Rule, anyone, human, party_member, register, roles, staff

owner = Rule(lambda actor, subject: subject is not None and subject.owner_id == actor.pk, "its owner")
approver = Rule(
    lambda actor, approval: approval is None or bool(set(actor.roles) & set(approval.roles)), "somebody with one of the approval's roles"
)

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
        "work.approvals.request": staff,
        "work.approvals.decide": staff & human & approver,
        "work.approvals.rules": roles(Role.ADMIN) & human,
        "work.comments.add": anyone,
    }
)
