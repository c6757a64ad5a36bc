"""Beside the list of invoices: what stands out, receivables by age, who owes most, who has money on account."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from makegood.billing.queries import on_account, receivables
from makegood.core import permissions
from makegood.interfaces.web import formats, links

NAMES = {"current": "Not yet due", "1-30": "1 to 30 days", "31-60": "31 to 60 days", "61-90": "61 to 90 days", "over 90": "Over 90 days"}
STATES = {"current": "bar", "1-30": "watch", "31-60": "watch", "61-90": "risk", "over 90": "risk"}
MOST = 6


def beside(request: HttpRequest) -> dict[str, Any]:
    """The panel's context: bars by age for each currency, the accounts that owe most, and what is on account by payer."""
    kept = on_account.by_payer(request.user)  # type: ignore[arg-type]
    rows = receivables.aging(request.user, timezone.localdate())  # type: ignore[arg-type]
    codes = sorted({row.currency for row in rows})
    return {
        "aging": [_bars(code, [row for row in rows if row.currency == code]) for code in codes],
        "owing": [(row, _overdue(row), f"?bill_to={row.name}&status=issued") for row in rows[:MOST]],
        "more": max(0, len(rows) - MOST), "facts": [_said(code, [row for row in rows if row.currency == code]) for code in codes],
        "kept": [(one, f"{links.page('payments')}?{urlencode({'payer': one.name, 'currency': one.currency})}") for one in kept[:MOST]],
        "kept_more": max(0, len(kept) - MOST), "payments_url": links.page("payments"),
        "may_close": permissions.may(request.user, "billing.close"),  # type: ignore[arg-type]
    }  # fmt: skip


def _overdue(row: receivables.Aging) -> Decimal:
    return row.total - row.buckets["current"]


def _said(code: str, rows: list[receivables.Aging]) -> tuple[str, str]:
    """Owed and overdue, as money in words."""
    owed, late = sum((row.total for row in rows), Decimal(0)), sum((_overdue(row) for row in rows), Decimal(0))
    return formats.money(owed, code, decimals=0), formats.money(late, code, decimals=0) if late else ""


def _bars(code: str, rows: list[receivables.Aging]) -> dict[str, Any]:
    """Open money of one currency by days late, each bar as a share of the longest."""
    sums = {bucket: sum((row.buckets[bucket] for row in rows), Decimal(0)) for bucket in receivables.BUCKETS}
    late, whole, top = sum(sums.values()) - sums["current"], sum(sums.values()) or Decimal(1), max(sums.values()) or Decimal(1)
    return {
        "title": f"{formats.money(late, code, decimals=0)} is overdue" if late else "Nothing is overdue", "currency": code,
        "rows": [
            (NAMES[bucket], amount, formats.percent(amount / whole, 0), f"{100 * amount / top:.1f}%", STATES[bucket]) for bucket, amount in sums.items()
        ],
    }  # fmt: skip
