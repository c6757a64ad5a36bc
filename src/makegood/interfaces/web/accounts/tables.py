"""The lists of accounts and of agreements."""

import datetime
from typing import Any

from makegood.accounts import queries, states
from makegood.core.models import Party
from makegood.interfaces.web import links
from makegood.interfaces.web.components import Crumb, Empty
from makegood.interfaces.web.grid import Button, Column, Grid

CREDIT = {"active": "Active", "on_hold": "On hold", "stop": "Credit stop", "blocked": "Blocked", "inactive": "Inactive"}

NEW = f"{links.page('contracts')}new/"


def _credit(account: Any) -> str:
    return CREDIT[account.credit_status]


def _notice_by(contract: Any) -> datetime.date:
    return contract.end - datetime.timedelta(days=contract.notice_days)


ACCOUNTS = Grid(
    key="accounts",
    title="Accounts",
    rows=queries.account_list,
    columns=(
        Column("name", "Account", source="party.name", field="party__name", second="category", width=280),
        Column("kind", "Kind", "badge", source="party.get_kind_display", field="party__kind", choices=Party.Kind.choices, filterable=True, live=()),
        Column("owner", "Looked after by", "person", field="owner__name"),
        Column("contacts", "Contacts", "int", source="contacts_count", field="contacts_count"),
        Column("contracts", "Agreements", "int", source="contracts_active", field="contracts_active"),
        Column("credit", "Credit", "badge", source=_credit, field="credit_status", choices=states.CreditStatus.choices, filterable=True, live=()),
        Column("limit", "Credit limit", "money", source="credit_limit", decimals=0),
        Column("days", "Payment", "int", source="payment_days", unit="days", hidden=True),
        Column("category", "Category", filterable=True, hidden=True),
    ),
    default_sort="name",
    groupable=("kind", "credit"),
    search=("party__name", "legal_name", "category", "aliases__name"),
    link=links.record,
    quick=(("Advertisers", "kind=advertiser"), ("Agencies", "kind=agency"), ("Credit stopped", "credit=stop,blocked,inactive")),
    empty=Empty("No accounts yet", "The first order you import makes them, with the names it was read with.", ("Import an order.", "Confirm whom it names."), "building"),
    noun=("account", "accounts"),
    area="accounts",
    row_height=43,
)  # fmt: skip

CONTRACTS = Grid(
    key="contracts",
    title="Agreements",
    rows=queries.contract_list,
    columns=(
        Column("title", "Agreement", second="number", width=280),
        Column("account", "Account", source="account.party.name", field="account__party__name"),
        Column("status", "Status", "badge", choices=states.ContractStatus.choices, filterable=True, live=("active",)),
        Column("commitment", "Commitment", "money", total=True, decimals=0),
        Column("start", "From", "date"),
        Column("end", "Until", "date", filterable=True),
        Column("notice", "Notice by", "date", source=_notice_by, sortable=False),
        Column("owner", "Owner", "person", field="owner__name"),
    ),
    default_sort="end",
    groupable=("status", "account"),
    search=("title", "number", "account__party__name"),
    link=links.record,
    quick=(("In force", "status=active"), ("Drafts", "status=draft")),
    buttons=(Button("New agreement", NEW, "plus", primary=True),),
    empty=Empty("No agreements yet", "A year's commitment with its tiers, measured against what is booked, delivered and billed.", ("Draft it with its tiers.", "Protect its rates.", "A lead puts it in force."), "file-certificate", "New agreement", NEW),
    noun=("agreement", "agreements"),
    area="accounts",
    crumbs=(Crumb("Accounts", links.page("accounts")), Crumb("Agreements")),
    row_height=43,
)  # fmt: skip
