"""Who owes what, and since when."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from makegood.billing import balances
from makegood.billing.models import Invoice
from makegood.core import visibility
from makegood.core.models import Person

BUCKETS = ("current", "1-30", "31-60", "61-90", "over 90")


@dataclasses.dataclass(frozen=True)
class Aging:
    """Open money of one account in one currency by days overdue."""

    account_id: int
    name: str
    currency: str
    buckets: dict[str, Decimal]

    @property
    def total(self) -> Decimal:
        """All of it."""
        return sum(self.buckets.values(), Decimal(0))


def aging(actor: Person, today: datetime.date) -> list[Aging]:
    """Open invoices by account and currency, the largest first."""
    rows = visibility.scoped(Invoice.objects.filter(status="issued"), actor, "bill_to_id")
    return by_age(balances.with_balance(rows).select_related("bill_to__party"), today)


def by_age(rows: Iterable[Invoice], today: datetime.date) -> list[Aging]:
    """Invoices that carry their balance, by account and currency, the largest first."""
    sums: dict[tuple[int, str, str], dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(BUCKETS, Decimal(0)))
    for invoice in rows:
        sums[invoice.bill_to_id, invoice.bill_to.party.name, invoice.currency][bucket(invoice.due_on, today)] += invoice.balance  # type: ignore[attr-defined]
    found = [Aging(*key, buckets) for key, buckets in sums.items()]
    return sorted(found, key=lambda row: (-row.total, row.name))


def bucket(due_on: datetime.date | None, today: datetime.date) -> str:
    """The aging bucket of a due date."""
    late = (today - due_on).days if due_on else 0
    return BUCKETS[0 if late <= 0 else 1 if late <= 30 else 2 if late <= 60 else 3 if late <= 90 else 4]
