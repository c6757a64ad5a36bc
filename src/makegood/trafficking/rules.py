"""Who may do what in trafficking. Clients see none of it."""

from makegood.core.models import Role
from makegood.core.permissions import human, register, roles, staff

_traffic = roles(Role.TRAFFICKER, Role.CAMPAIGN_MANAGER, Role.LEAD)

register(
    **{
        "trafficking.see": staff,
        "trafficking.assign": _traffic,
        "trafficking.check": roles(Role.TRAFFICKER, Role.CAMPAIGN_MANAGER, Role.ACCOUNT_MANAGER, Role.LEAD) & human,
        "trafficking.publish": _traffic & human,
        "trafficking.prove": roles(Role.ADMIN),
    }
)
