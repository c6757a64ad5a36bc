"""Who may do what with orders. A client sees and signs its own, whether it is the advertiser or the agency."""

from makegood.core.models import Role
from makegood.core.permissions import Rule, human, party_ids, register, roles, staff

SELLING = roles(Role.ACCOUNT_MANAGER, Role.CAMPAIGN_MANAGER, Role.SALES, Role.LEAD)
client_of_order = Rule(
    lambda actor, order: actor.is_client
    and order is not None
    and bool(party_ids(actor) & {order.advertiser_id, order.agency_id or order.advertiser_id}),
    "a contact of its advertiser or agency",
)

register(
    **{
        "orders.see": staff | client_of_order,
        "orders.import": SELLING,
        "orders.draft": SELLING,
        "orders.submit": SELLING,
        "orders.change": SELLING | roles(Role.TRAFFICKER),
        "orders.push_change": roles(Role.ACCOUNT_MANAGER, Role.CAMPAIGN_MANAGER, Role.TRAFFICKER, Role.LEAD) & human,
        "orders.sign": roles(Role.ACCOUNT_MANAGER, Role.SALES, Role.LEAD) & human,
        "orders.send_paper": roles(Role.ACCOUNT_MANAGER, Role.CAMPAIGN_MANAGER, Role.SALES, Role.LEAD) & human,
        "orders.sign_for_client": client_of_order & human,
        "orders.book": roles(Role.ACCOUNT_MANAGER, Role.CAMPAIGN_MANAGER, Role.LEAD),
        "orders.ask": roles(Role.ACCOUNT_MANAGER, Role.CAMPAIGN_MANAGER, Role.TRAFFICKER, Role.LEAD),
        "orders.run": roles(Role.CAMPAIGN_MANAGER, Role.TRAFFICKER, Role.LEAD),
        "orders.cancel": roles(Role.ACCOUNT_MANAGER, Role.CAMPAIGN_MANAGER, Role.LEAD) & human,
    }
)
