"""Reads of accounts as far as an actor may see. Orders and invoices of an account are told by their own packages."""

import dataclasses
import datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from makegood.accounts.models import Account, Contract
from makegood.core import visibility
from makegood.core.models import Person


@dataclasses.dataclass(frozen=True)
class ContactView:
    """A person at the client; `signs_in` when invited."""

    id: int
    name: str
    email: str
    phone: str
    does: str
    signs_in: bool


@dataclasses.dataclass(frozen=True)
class ContractView:
    """An agreement with its tiers (spend from, rebate per cent) and the last day to give notice."""

    id: int
    number: str
    title: str
    start: datetime.date
    end: datetime.date
    commitment: Decimal
    currency: str
    status: str
    status_label: str
    notice_by: datetime.date
    owner: str
    tiers: tuple[tuple[Decimal, Decimal], ...]


@dataclasses.dataclass(frozen=True)
class AccountView:
    """One account: the record, its people, agreements, agencies or clients, and other names it goes by."""

    account: Account
    name: str
    kind: str
    contacts: tuple[ContactView, ...]
    contracts: tuple[ContractView, ...]
    agencies: tuple[tuple[int, str, Decimal], ...]
    clients: tuple[tuple[int, str, Decimal], ...]
    aliases: tuple[str, ...]


def visible_to(actor: Person) -> QuerySet[Account]:
    """The accounts `actor` may see."""
    return visibility.scoped(Account.objects.select_related("party", "owner"), actor, "party_id")


def account_list(actor: Person) -> QuerySet[Account]:
    """For the grid: with contacts_count and contracts_active."""
    return visible_to(actor).filter(merged_into=None).annotate(
        contacts_count=Count("contacts", distinct=True),
        contracts_active=Count("contracts", filter=Q(contracts__status="active"), distinct=True),
    ).order_by("party__name")  # fmt: skip


def agencies(actor: Person) -> list[tuple[int, str]]:
    """Agencies to choose from: (id, name)."""
    return list(visible_to(actor).filter(merged_into=None, party__kind="agency").order_by("party__name").values_list("pk", "party__name"))


def contract_list(actor: Person) -> QuerySet[Contract]:
    """Agreements for the grid, by end."""
    rows = Contract.objects.select_related("account__party", "owner")
    return visibility.scoped(rows, actor, "account_id").order_by("end")


def account(actor: Person, account_id: int) -> AccountView:
    """One account in full; Account.DoesNotExist when there is none `actor` may see."""
    found = visible_to(actor).get(pk=account_id)
    return AccountView(
        account=found, name=found.party.name, kind=found.party.kind,
        contacts=tuple(
            ContactView(one.pk, one.name, one.email, one.phone, one.does, one.person_id is not None)
            for one in found.contacts.order_by("name")
        ),
        contracts=tuple(contract_view(one) for one in found.contracts.select_related("owner").prefetch_related("tiers").order_by("-start")),
        agencies=tuple(
            (bond.agency_id, bond.agency.party.name, bond.commission_pct)
            for bond in found.agencies.select_related("agency__party").order_by("pk")
        ),
        clients=tuple(
            (bond.advertiser_id, bond.advertiser.party.name, bond.commission_pct)
            for bond in found.clients.select_related("advertiser__party").order_by("pk")
        ),
        aliases=tuple(found.aliases.order_by("name").values_list("name", flat=True)),
    )  # fmt: skip


def contract_view(one: Contract) -> ContractView:
    """An agreement as shown."""
    return ContractView(
        id=one.pk, number=one.number, title=one.title, start=one.start, end=one.end, commitment=one.commitment,
        currency=one.currency, status=one.status, status_label=one.get_status_display(),
        notice_by=one.end - datetime.timedelta(days=one.notice_days), owner=one.owner.name if one.owner else "",
        tiers=tuple((tier.spend_from, tier.rebate_pct) for tier in one.tiers.all()),
    )  # fmt: skip
