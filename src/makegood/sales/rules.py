"""Who may do what with briefs, plans and holds."""

from makegood.core.models import Role
from makegood.core.permissions import human, register, roles, staff

SELLING = roles(Role.ACCOUNT_MANAGER, Role.CAMPAIGN_MANAGER, Role.SALES, Role.LEAD)

register(
    **{
        "sales.see": staff,
        "sales.brief": SELLING,
        "sales.plan": SELLING,
        "sales.hold": SELLING,
        "sales.release": SELLING,
        "sales.challenge": SELLING,
        "sales.jump": roles(Role.LEAD) & human,
        "sales.hold_rules": roles(Role.LEAD, Role.ADMIN) & human,
    }
)
