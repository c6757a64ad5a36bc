"""Who may see which picture."""

from makegood.core.models import Role
from makegood.core.permissions import party_member, register, roles, staff

register(
    **{
        "insight.report": staff,
        "insight.see_report": staff | party_member,
        "insight.team": staff,
        "insight.process": staff,
        "insight.leadership": roles(Role.LEADERSHIP, Role.LEAD, Role.SALES, Role.FINANCE, Role.ADMIN),
        "insight.goals": staff,
        "insight.set_goal": roles(Role.LEADERSHIP, Role.ADMIN),
    }
)
