"""Who may do what with creatives."""

from makegood.core.models import Role
from makegood.core.permissions import human, party_member, register, roles, staff

_reviewers = roles(Role.REVIEWER, Role.LEAD)

register(
    **{
        "creatives.see": staff | party_member,
        "creatives.review": staff,
        "creatives.upload": staff | party_member,
        "creatives.decide": _reviewers & human,
        "creatives.except": roles(Role.LEAD) & human,
        "creatives.ask_exception": staff | party_member,
        "creatives.show_evidence": staff | party_member,
        "creatives.pin": staff | party_member,
        "creatives.brief": roles(Role.ACCOUNT_MANAGER, Role.CAMPAIGN_MANAGER, Role.TRAFFICKER, Role.LEAD),
        "creatives.withdraw": roles(Role.REVIEWER, Role.LEAD, Role.CAMPAIGN_MANAGER, Role.TRAFFICKER) & human,
        "creatives.reconsider": staff,
        "creatives.succeed": roles(Role.TRAFFICKER, Role.CAMPAIGN_MANAGER, Role.LEAD),
    }
)
