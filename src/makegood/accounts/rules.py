"""Who may do what with accounts and contracts."""

from makegood.core.models import Role
from makegood.core.permissions import human, register, roles, staff

SELLING = roles(Role.ACCOUNT_MANAGER, Role.CAMPAIGN_MANAGER, Role.SALES, Role.LEAD, Role.ADMIN)

register(
    **{
        "accounts.see_all": staff,
        "accounts.create": SELLING,
        "accounts.edit": SELLING,
        "accounts.learn_alias": SELLING,
        "accounts.set_credit": roles(Role.FINANCE, Role.ADMIN) & human,
        "accounts.set_terms": roles(Role.FINANCE, Role.ADMIN),
        "accounts.add_contact": SELLING,
        "accounts.invite": roles(Role.ACCOUNT_MANAGER, Role.LEAD, Role.ADMIN) & human,
        "accounts.represent": SELLING,
        "accounts.merge": roles(Role.LEAD, Role.ADMIN) & human,
        "accounts.draft_contract": roles(Role.ACCOUNT_MANAGER, Role.SALES, Role.LEAD, Role.ADMIN),
        "accounts.activate_contract": roles(Role.LEAD, Role.ADMIN) & human,
        "accounts.end_contract": roles(Role.LEAD, Role.ADMIN) & human,
    }
)
