"""Verbs of core itself."""

from makegood.core.models import Role
from makegood.core.permissions import anyone, human, register, roles, staff

register(
    **{
        "core.sign_in": anyone,
        "core.see_team": staff,
        "core.administer": roles(Role.ADMIN) & human,
        "core.plan_absence": roles(Role.LEAD, Role.ADMIN),
    }
)
