"""One account across every package: orders, agreements with what was booked and billed, money owed, conflicts, precedents."""

import dataclasses
import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Count, F, Q, Sum

from makegood.accounts import credit, duplicates
from makegood.accounts import queries as accounts
from makegood.accounts.models import Account, Brand, Contact, Contract, Merge, Representation
from makegood.billing.models import Invoice
from makegood.billing.queries import receivables
from makegood.billing.queries.invoices import invoice_list
from makegood.core.models import Activity, Person, StoredFile
from makegood.creatives.models import Decision
from makegood.insight import agreement, rebate
from makegood.orders import queries as orders
from makegood.orders.models import Order

ENDED = ("closed", "cancelled")
SHOWN = 12


@dataclasses.dataclass(frozen=True)
class Conflict:
    """A competitor of the same category with days in common: who, what, when; `exclusive` when a contract promises the category."""

    account_id: int
    who: str
    what: str
    start: datetime.date
    end: datetime.date
    exclusive: bool


@dataclasses.dataclass(frozen=True)
class AccountPage:
    """What the page shows. `bonds` are the agencies of an advertiser or the clients of an agency, with commission per cent;

    `effects` are the steps with whether credit lets them be; `alike` accounts that may be the same one.
    `aging` is by currency, `owed` are open invoices oldest first, `year` is net booked in the last 365 days by currency.
    """

    account: Account
    contacts: tuple[Contact, ...]
    bonds: tuple[Representation, ...]
    aliases: tuple[str, ...]
    orders: tuple[Order, ...]
    ended: int
    agreements: tuple[agreement.Progress, ...]
    rebates: tuple[rebate.Rebate, ...]
    aging: tuple[receivables.Aging, ...]
    owed: tuple[Invoice, ...]
    conflicts: tuple[Conflict, ...]
    precedents: tuple[Decision, ...]
    files: tuple[StoredFile, ...]
    history: tuple[Activity, ...]
    year: dict[str, Decimal]
    brands: tuple[Brand, ...]
    effects: tuple[tuple[str, bool], ...]
    alike: tuple[duplicates.Pair, ...]
    merges: tuple[Merge, ...]


def page(actor: Person, account_id: int, *, at: datetime.datetime) -> AccountPage:
    """The account as `actor` sees it; Account.DoesNotExist when there is none."""
    account = accounts.visible_to(actor).get(pk=account_id)
    today = at.date()
    mine = orders.order_list(actor).filter(Q(advertiser=account_id) | Q(agency=account_id))
    open_ones = tuple(mine.exclude(status__in=ENDED).order_by("start", "pk")[:40])
    owed = tuple(invoice_list(actor).filter(bill_to=account_id, status="issued").order_by("due_on", "pk"))
    decisions = Decision.objects.filter(version__creative__advertiser=account_id, guideline__isnull=False)
    history = Activity.objects.filter(Q(party=account_id) | Q(root_type="accounts.account", root_id=account_id))
    agreed = account.contracts.select_related("owner", "account__party").prefetch_related("tiers").order_by("-start")
    seen = tuple(agreement.progress(agreed, today))
    ended, year = _past(account_id, today)
    return AccountPage(
        account=account, contacts=tuple(account.contacts.order_by("name")), bonds=_bonds(account),
        aliases=tuple(account.aliases.order_by("name").values_list("name", flat=True)), orders=open_ones, ended=ended,
        agreements=seen, rebates=tuple(rebate.of(one) for one in seen if one.contract.status == "active"), aging=tuple(receivables.by_age(owed, today)), owed=owed[:SHOWN],
        conflicts=tuple(conflicts(account, open_ones, today)),
        precedents=tuple(decisions.select_related("version__creative", "guideline", "by").order_by("-at")[:6]),
        files=tuple(StoredFile.objects.filter(party=account_id).select_related("by").order_by("-at")[:SHOWN]),
        history=tuple(history.select_related("actor").order_by("-at", "-pk")[:40]), year=year, brands=tuple(account.brands.all()),
        effects=tuple(credit.effects(account)),
        alike=tuple(duplicates.find(account)), merges=tuple(account.merges.filter(undone_at=None).select_related("gone__party").order_by("-at")),
    )  # fmt: skip


def _bonds(account: Account) -> tuple[Representation, ...]:
    """Relations with dates, those of today first."""
    rows = Representation.objects.filter(Q(agency=account) | Q(advertiser=account)).select_related("agency__party", "advertiser__party")
    return tuple(rows.order_by(F("end").desc(nulls_first=True), "-start", "pk"))


def _past(account_id: int, today: datetime.date) -> tuple[int, dict[str, Decimal]]:
    """How many orders ended, and net booked in the last 365 days by currency: one query for both."""
    since = today - datetime.timedelta(days=365)
    year: dict[str, Decimal] = {}
    ended = 0
    rows = Order.objects.filter(Q(advertiser=account_id) | Q(agency=account_id)).values_list("currency", "status")
    recent = Sum("net", filter=Q(start__gt=since, status__in=agreement.BOOKED))
    for currency, status, count, net in rows.annotate(count=Count("pk"), recent=recent):
        ended += count if status in ENDED else 0
        year[currency] = year.get(currency, Decimal(0)) + (net or 0)
    return ended, {currency: net for currency, net in year.items() if net}


def conflicts(account: Account, running: Sequence[Order], today: datetime.date) -> list[Conflict]:
    """Exclusive promises of the category to others, and rivals that run on the same days as this account's open orders."""
    if not account.category:
        return []
    promised = Contract.objects.filter(status="active", exclusive_category__iexact=account.category, end__gte=today).exclude(account=account)
    found = [
        Conflict(one.account_id, str(one.account), f"{one.number} promises {one.exclusive_category} alone", one.start, one.end, True)
        for one in promised.select_related("account__party")
    ]
    if not running:
        return found
    days = Q(pk__in=[])
    for order in running:
        days |= Q(start__lte=order.end, end__gte=max(order.start, today))
    rivals = Order.objects.filter(days, advertiser__category__iexact=account.category, status__in=("signed", "booked", "live"))
    rows = rivals.exclude(advertiser=account).select_related("advertiser__party").order_by("start")[:SHOWN]
    return found + [Conflict(one.advertiser_id, str(one.advertiser), one.name, one.start, one.end, False) for one in rows]
