"""Addresses of accounts and agreements, and what they add to the palette."""

from django.urls import path, re_path

from makegood.accounts import queries
from makegood.core import permissions
from makegood.core.models import Person
from makegood.interfaces.web import links, palette
from makegood.interfaces.web.accounts import agreed, agreeing, trade, views
from makegood.interfaces.web.accounts.tables import ACCOUNTS, CONTRACTS
from makegood.interfaces.web.grid import grid_view

urlpatterns = [
    path("accounts/", grid_view(ACCOUNTS, verb="accounts.see_all"), name="accounts"),
    path("accounts/<int:account_id>/", views.account, name="account"),
    path("accounts/<int:account_id>/credit/", views.credit, name="account-credit"),
    path("accounts/<int:account_id>/contacts/", views.contact, name="account-contact"),
    path("accounts/<int:account_id>/relations/", trade.relation, name="account-relation"),
    path("accounts/<int:account_id>/brands/", trade.brand, name="account-brand"),
    path("accounts/<int:account_id>/roles/", trade.roles, name="account-roles"),
    path("accounts/<int:account_id>/merge/", trade.merge, name="account-merge"),
    path("accounts/<int:account_id>/unmerge/", trade.unmerge, name="account-unmerge"),
    path("accounts/<int:account_id>/prepay/", trade.prepay, name="account-prepay"),
    path("contracts/new/", agreeing.new, name="contract-new"),
    path("contracts/<int:contract_id>/terms/", agreeing.terms, name="contract-terms"),
    path("contracts/<int:contract_id>/rates/", agreed.protect, name="contract-rate"),
    path("contracts/<int:contract_id>/rates/<int:rate_id>/out/", agreed.unprotect, name="contract-rate-out"),
    path("contracts/<int:contract_id>/rates/<int:rate_id>/end/", agreed.end_rate, name="contract-rate-end"),
    path("contracts/<int:contract_id>/cancelling/", agreed.cancelling, name="contract-cancelling"),
    path("contracts/<int:contract_id>/discard/", agreeing.discard, name="contract-discard"),
    path("contracts/<int:contract_id>/rebate/", views.credit_rebate, name="contract-rebate"),
    path("contracts/", grid_view(CONTRACTS, verb="accounts.see_all"), name="contracts"),
    path("contracts/<int:contract_id>/", views.contract, name="contract"),
    re_path(r"^contracts/(?P<contract_id>\d+)/(?P<verb>activate|end|notice)/$", views.move, name="contract-move"),
]


@palette.register
def find(actor: Person, q: str) -> list[palette.Entry]:
    """Accounts and agreements whose name holds what was typed."""
    if not q:
        return []
    accounts = queries.account_list(actor).filter(party__name__icontains=q)[: palette.LIMIT]
    contracts = queries.contract_list(actor).filter(title__icontains=q)[:4]
    return [
        *(palette.Entry(str(one), links.record(one), "Accounts", one.category, "building") for one in accounts),
        *(palette.Entry(str(one), links.record(one), "Agreements", str(one.account), "file-certificate") for one in contracts),
        *([palette.Entry("New agreement", f"{links.page('contracts')}new/", "Do", icon="file-certificate")] if palette.matches(q, "New agreement contract") and permissions.may(actor, "accounts.draft_contract") else []),
        *([palette.Entry("All agreements", links.page("contracts"), "Go to", icon="file-certificate")] if palette.matches(q, "All agreements contracts") else []),
    ]
