"""Who may do what with bills and money."""

from makegood.core.models import Role
from makegood.core.permissions import human, party_member, register, roles, staff

register(
    **{
        "billing.see": staff | party_member,
        "billing.prepare": roles(Role.FINANCE, Role.CAMPAIGN_MANAGER, Role.ACCOUNT_MANAGER),
        "billing.issue": roles(Role.FINANCE) & human,
        "billing.discard": roles(Role.FINANCE),
        "billing.record_payment": roles(Role.FINANCE) & human,
        "billing.refund": roles(Role.FINANCE) & human,
        "billing.credit": roles(Role.FINANCE) & human,
        "billing.dispute": staff | party_member,
        "billing.settle_dispute": roles(Role.FINANCE, Role.LEAD) & human,
        "billing.adjust": roles(Role.FINANCE, Role.ADMIN),
        "billing.close": roles(Role.FINANCE, Role.CAMPAIGN_MANAGER, Role.ACCOUNT_MANAGER, Role.LEAD, Role.LEADERSHIP, Role.ADMIN),
        "billing.ledger": roles(Role.FINANCE, Role.LEADERSHIP, Role.ADMIN),
    }
)
