"""Posting to the double-entry ledger and reading its balances. Debits positive, credits negative."""

import datetime
from decimal import Decimal

from django.db.models import Sum

from makegood.billing.models import Entry, LedgerAccount, Posting
from makegood.core import verbs
from makegood.core.models import Person

CHART = {
    "1000": ("Cash", "asset"),
    "1200": ("Receivables", "asset"),
    "2200": ("Sales tax owed", "liability"),
    "4000": ("Advertising revenue, gross", "income"),
    "4900": ("Credits and allowances", "income"),
    "5000": ("Agency commission", "expense"),
}
CASH, RECEIVABLE, TAX, REVENUE, ALLOWANCES, COMMISSION = CHART


@verbs.whole
def post(
    kind: str, reference: str, sides: list[tuple[str, Decimal]], *, currency: str, party_id: int, by: Person | None,
    at: datetime.datetime, memo: str = "",
) -> Entry:  # fmt: skip
    """One balanced entry; `sides` are (account code, amount). The database refuses it at commit when it does not balance.

    The same kind and reference is posted once: a repeated call raises IntegrityError.
    """
    entry = Entry.objects.create(at=at, kind=kind, reference=reference, memo=memo, by=by)
    accounts = chart()
    Posting.objects.bulk_create(
        Posting(entry=entry, account=accounts[code], party_id=party_id, amount=amount, currency=currency)
        for code, amount in sides
        if amount
    )
    return entry


def chart() -> dict[str, LedgerAccount]:
    """The accounts by code, created at first use."""
    found = {account.code: account for account in LedgerAccount.objects.filter(code__in=CHART)}
    for code in CHART.keys() - found.keys():
        name, kind = CHART[code]
        found[code], _ = LedgerAccount.objects.get_or_create(code=code, defaults={"name": name, "kind": kind})
    return found


def balance(code: str, *, currency: str, party_id: int | None = None) -> Decimal:
    """Debits less credits of an account, of one party or all."""
    rows = Posting.objects.filter(account__code=code, currency=currency)
    if party_id is not None:
        rows = rows.filter(party_id=party_id)
    return rows.aggregate(total=Sum("amount"))["total"] or Decimal(0)
