"""Who may change what is for sale."""

from makegood.core.models import Role
from makegood.core.permissions import human, register, roles, staff

register(
    **{
        "catalog.see": staff,
        "catalog.edit": roles(Role.LEAD, Role.ADMIN),
        "catalog.set_rates": roles(Role.LEAD, Role.ADMIN) & human,
        "catalog.set_clauses": roles(Role.LEAD, Role.ADMIN) & human,
        "catalog.set_policy": roles(Role.LEAD, Role.ADMIN) & human,
        "catalog.learn_alias": roles(
            Role.ACCOUNT_MANAGER, Role.CAMPAIGN_MANAGER, Role.SALES, Role.TRAFFICKER, Role.LEAD, Role.ADMIN
        ),
        "catalog.record_supply": roles(Role.ADMIN),
    }
)
