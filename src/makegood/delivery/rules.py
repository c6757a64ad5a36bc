"""Who may do what with delivery."""

from makegood.core.models import Role
from makegood.core.permissions import human, party_member, register, roles, staff

register(
    **{
        "delivery.see": staff | party_member,
        "delivery.backfill": roles(Role.ADMIN),
        "delivery.recount": roles(Role.FINANCE, Role.ADMIN) & human,
        "delivery.operate": roles(Role.TRAFFICKER, Role.LEAD, Role.ADMIN),
        "delivery.pace": staff,
        "delivery.recommend": staff,
        "delivery.apply": roles(Role.CAMPAIGN_MANAGER, Role.TRAFFICKER, Role.LEAD) & human,
        "delivery.compare": staff,
        "delivery.load_third_party": roles(Role.CAMPAIGN_MANAGER, Role.TRAFFICKER, Role.FINANCE),
        "delivery.offer_make_good": roles(Role.CAMPAIGN_MANAGER, Role.ACCOUNT_MANAGER, Role.LEAD) & human,
    }
)
